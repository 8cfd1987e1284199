using Infra.CodeStudios;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings.CodeStudios;

// Promise: a stack file says a template as the model takes it, and every problem names the block's position, its kind and the field.
public sealed class CodeStudioSettingsTests
{
    private const string Locked = """{ "fileSynchronization": {} }, { "kubernetesParameters": {} }""";

    [Fact]
    public void Problems_NamePositionKindAndField() =>
        Messages($$"""{ "blocks": [{{Locked}}, { "jupyterLab": {} }, { "entrypoint": { "command": "serve", "exposedPort": { "port": 8888 } } }] }""")
        .ShouldBe([
            """
            platform:codeStudios.templates.lab.blocks[3].entrypoint.exposedPort.port: is taken by an earlier block (JupyterLab)
              given:   8888
              allowed: a port of its own in the template
              fix:     take another port, for example 8889
            """,
        ]);

    [Fact]
    public void Problems_OfTheWhole_NameTheList() => Messages("""{ "blocks": [{ "jupyterLab": { "settingsPath": "/srv" } }] }""")
        .Select(message => message.Split('\n')[0]).ShouldBe([
        "platform:codeStudios.templates.lab.blocks: have no fileSynchronization",
        "platform:codeStudios.templates.lab.blocks: have no kubernetesParameters",
    ]);

    [Fact]
    public void Rejects_AnEntryOfTwoKinds() => Messages($$"""{ "blocks": [{{Locked}}, { "jupyterLab": {}, "rStudio": {} }] }""")
        .ShouldHaveSingleItem().ShouldStartWith("platform:codeStudios.templates.lab.blocks[2]: ");

    [Fact]
    public void Rejects_AnUnknownKind() => Messages($$"""{ "blocks": [{{Locked}}, { "jupyter": {} }] }""").ShouldNotBeEmpty();

    [Fact]
    public void Rejects_BlocksThatReadResourcesOfNoFolder() => Messages($$"""
        { "blocks": [{{Locked}}, { "jupyterLab": {} },
            { "starterFiles": { "zone": "userVersioned", "files": [{ "source": "${template.resources}/a", "destination": "a" }] } }] }
        """).ShouldBe([
        """
        platform:codeStudios.templates.lab.resources: is missing, and blocks read files of it
          allowed: a folder beside the stack file
          fix:     for example resources: code-studios/files
        """,
    ]);

    [Fact]
    public void Rejects_OptionsThatAreNone() =>
        Messages($$"""{ "blocks": [{{Locked}}, { "jupyterLab": {} }], "codeEnvsExtraSettings": { "pipOptions": ["pandas"] } }""")
        .ShouldHaveSingleItem().ShouldStartWith("platform:codeStudios.templates.lab.codeEnvsExtraSettings.pipOptions[0]: is no option\n");

    [Fact]
    public void Rejects_GroupsAndEveryone() =>
        Messages($$"""{ "blocks": [{{Locked}}, { "jupyterLab": {} }], "permissions": { "everyone": true, "groups": ["lab"] } }""").ShouldNotBeEmpty();

    [Theory]
    [InlineData("[]", "is empty, so that nobody but administrators could use the template")]
    [InlineData("""["lab", "lab"]""", "names a group twice")]
    public void Rejects_GroupsThatAreNone(string groups, string what) =>
        Messages($$"""{ "blocks": [{{Locked}}, { "jupyterLab": {} }], "permissions": { "groups": {{groups}} } }""")
            .ShouldHaveSingleItem().ShouldStartWith($"platform:codeStudios.templates.lab.permissions.groups: {what}");

    [Fact]
    public void Rejects_NoTemplate() => Read("{ \"templates\": {} }").Problems.Select(problem => problem.What).ShouldBe(["are none"]);

    [Fact]
    public void ATemplate_IsThatOfTheModel()
    {
        var settings = Read($$"""
            { "templates": { "lab": {
              "label": "Lab", "description": "All of it", "resources": "files", "permissions": { "groups": ["lab"] },
              "codeEnvsExtraSettings": { "pipOptions": ["--prefer-binary"], "venvOptions": ["--copies"], "cranMirror": "https://cran.example.com" },
              "dss": { "icon": "icon-book", "tags": ["x"] },
              "blocks": [
                { "fileSynchronization": { "zones": [{ "zone": "userVersioned", "oneWay": true },
                    { "zone": "recipes", "path": "/srv/recipes", "subpath": "python" }], "exclusions": ["*.log"] } },
                { "kubernetesParameters": { "useTcpReadiness": true, "readinessProbeUrl": "http://localhost:9000/",
                    "readinessProbeHeaders": { "Accept": "text/plain" },
                  "annotations": { "a/b": "c" }, "labels": { "d": "e" }, "initialSyncTimeoutInMinutes": 3 } },
                { "entrypoint": { "label": "App", "command": "serve", "useInWebapps": true,
                    "exposedPort": { "port": 9000, "proxiedUrlSuffix": "$request_uri" } } },
                { "customAction": { "name": "key", "command": "make-key", "behaviour": "runInBackground" } }] } } }
            """);
        settings.Problems.ShouldBeEmpty();
        var template = settings.Settings.CodeStudios!.Templates["lab"].Template("lab");
        var state = template.Build().State;

        (template.Label, template.Description, template.Icon, template.Tags.Single()).ShouldBe(("Lab", "All of it", "icon-book", "x"));
        (template.Permissions!.Everyone, template.Permissions.Groups.Single()).ShouldBe((false, "lab"));
        (template.Options.Pip.Single(), template.Options.Venv.Single(),
            template.Options.CranMirror).ShouldBe(("--prefer-binary", "--copies", "https://cran.example.com"));
        state.Zones.ShouldBe([
            new(FileZone.UserVersioned, "/home/dataiku/workspace/user-versioned", OneWay: true), new(FileZone.Recipes, "/srv/recipes", "python"),
        ]);
        state.Exclusions.ShouldBe(["*.log"]);
        state.Ports.ShouldBe([new(9000, "App") { ProxiedUrlSuffix = "$request_uri", UseInWebapps = true, IsPrefixBound = true }]);
        state.Processes.ShouldBe([new("app", "serve", true, 9000)]);
        (state.Readiness.Tcp, state.Readiness.Url, state.Readiness.Headers["Accept"]).ShouldBe((true, "http://localhost:9000/", "text/plain"));
        (state.Annotations["a/b"], state.Labels["d"], state.InitialSyncMinutes).ShouldBe(("c", "e", 3));
        state.Actions.ShouldBe([new() { Name = "key", Command = "make-key", Behaviour = ActionBehaviour.RunInBackground }]);
        state.Context["actions/key"].Text.ShouldBe("#!/usr/bin/env bash\nexec bash -c make-key\n");
    }

    private static IEnumerable<string> Messages(string template) => Read($$"""{ "templates": { "lab": {{template}} } }""").Problems
        .Select(problem => problem.ToString());

    private static ReadSettings Read(string codeStudios) =>
        SettingsValidation.Read(new RawSettings(new Dictionary<string, string> { ["platform:codeStudios"] = codeStudios }, []), null);
}
