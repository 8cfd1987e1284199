using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Stacks.CodeStudios;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Tests.Stacks.CodeStudios;

// Promise: what an archive of DSS says comes back from the stack file as it was, or is refused by name; a bad archive is refused before anything is written.
public sealed class TemplateArchiveTests : IDisposable
{
    // Every block whose form is public, with a value in every field (facts of Dataiku, §1 and §3).
    private const string Template = """
        {
          "type": "block_based", "label": "Notebooks", "shortDesc": "Notebooks and an app", "icon": "icon-book", "tags": ["lab"], "isEditor": false,
          "reattachOnRestart": true, "permissions": [{"group": "lab", "use": true}], "allowContainerConfOverride": false, "allContainerConfs": false,
          "containerConfs": ["gpu"], "inheritGlobalCodeEnvsExtraSettings": false,
          "codeEnvsExtraSettings": {
            "condaInstallExtraOptions": [], "condaCreateExtraOptions": [], "pipInstallExtraOptions": ["--prefer-binary"],
            "virtualenvCreateExtraOptions": ["--system-site-packages"], "cranMirrorURL": "https://cran.example.com", "useConda": false
          },
          "params": { "blocks": [
            { "type": "dss_base_image", "params": {
              "syncedZones": [
                { "zone": "code_studio_versioned", "subpath": "app", "pathInContainer": "/home/dataiku/workspace/code_studio-versioned", "oneWay": true },
                { "zone": "user_versioned", "pathInContainer": "/home/dataiku/workspace/user-versioned", "oneWay": false },
                { "zone": "code_studio_resources", "pathInContainer": "/home/dataiku/workspace/code_studio-resources", "oneWay": false }],
              "excludedFromSync": ["node_modules/", "__pycache__/"] } },
            { "type": "simple_deployment", "params": {
              "useTcpReadiness": true, "readinessProbeUrl": "http://localhost:9000${baseUrlPort9000}/ready",
              "readinessProbeHeaders": [{ "key": "Accept", "value": "text/plain" }],
              "exposedPorts": [{ "label": "metrics", "port": 9100, "exposeHtml": false, "proxiedUrlSuffix": "/",
                "exposition": { "type": "port_forward", "params": {} }, "allowExpositionOverride": true, "containerPort": 9101 }],
              "exposedServices": [], "annotations": [{ "key": "example.com/team", "value": "lab" }], "labels": [{ "key": "team", "value": "lab" }],
              "initialSyncTimeoutInMinutes": 20 } },
            { "type": "add_codeenv", "params": { "envName": "my env", "envLang": "PYTHON", "versionId": "v3", "envDir": "" } },
            { "type": "add_codeenv", "params": { "envName": "r-env", "envLang": "R", "versionId": "Latest", "envDir": "models" } },
            { "type": "append_dockerfile",
                "params": { "label": "tools", "dockerfile": "# tools\nUSER root\nRUN yum install -y jq\n\nCOPY jq.sh /usr/bin/\n", "runAsRoot": true,
              "resources": [{ "src": "${template.resources}/jq.sh", "dest": "jq.sh" }] } },
            { "type": "entrypoint", "params": { "label": "App", "entrypoint": "/home/dataiku/start.sh --port 9000", "useInWebapps": true,
              "scripts": [{ "src": "${template.resources}/start.sh", "dest": "start.sh" }],
              "exposedPort": { "label": "App", "port": 9000, "exposeHtml": true, "proxiedUrlSuffix": "/$request_uri",
                "exposition": { "type": "port_forward", "params": {} }, "allowExpositionOverride": false, "containerPort": 9002 } } },
            { "type": "pycdstdioblk_code-studio-blocks_vscode", "params": { "config": {
              "useInWebapps": true, "settingsPath": "__USER_VERSIONED__/s", "extensionsPath": "__CODE_STUDIO_RESOURCES__/e",
              "machineSettingsPath": "__CODE_STUDIO_VERSIONED__/m",
              "openInPath": "/home/dataiku/workspace", "port": 8081, "startScript": "/opt/dataiku/vs", "installCodeAssistant": true, "showAdvancedParams": true,
              "codeServerVersion": "4.90.0", "pythonExtensionVersion": "2024.8.0", "jupyterExtensionVersion": "2024.4.0",
              "additionalExtensions": ["a.b@1.0"] } } },
            { "type": "pycdstdioblk_code-studio-blocks_jupyterlab",
                "params": { "config": { "port": 8890, "useInWebapps": false, "pythonModules": "jupyterlab-git==0.50.0 nbdime" } } }
          ] },
          "versionTag": { "versionNumber": 7, "lastModifiedBy": { "login": "admin" } }, "creationTag": { "versionNumber": 0 }
        }
        """;

    private const string Manifest = """{ "dssVersion": "13.5.4", "confVersion": "60000", "exporter": "admin", "templateDataModelVersion": "1" }""";
    private const string ExportSpec = """
        { "resourcesMap": { "a": [1, 2] }, "usedCodeEnvRefs": [{ "envLang": "PYTHON", "envName": "my env" }, { "envLang": "R", "envName": "r-env" }] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("archive-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnArchive_ComesBackAsItWas()
    {
        var archive = TemplateArchive.Read(Written(Entries()));
        var imported = ImportedTemplate.Of(archive, "notebooks");
        var exported = Exported(imported);

        JsonNode.DeepEquals(exported.Template, archive.Template).ShouldBeTrue(exported.Template.ToJsonString());
        JsonNode.DeepEquals(exported.Manifest, archive.Manifest).ShouldBeTrue(exported.Manifest.ToJsonString());
        JsonNode.DeepEquals(exported.ExportSpec, archive.ExportSpec).ShouldBeTrue(exported.ExportSpec.ToJsonString());
        exported.Resources.Select(file => (file.Key, Encoding.UTF8.GetString(file.Value.Span))).ShouldBe([("jq.sh", "jq"), ("start.sh", "#!/bin/sh\n")]);
    }

    [Fact]
    public void TheStackFile_IsValid_AndSaysTheSame()
    {
        var imported = ImportedTemplate.Of(TemplateArchive.Read(Written(Entries())), "notebooks");
        var file = Path.Combine(_folder, "stack.yaml");
        File.WriteAllText(file, imported.Yaml);
        var read = global::Rehearsal.StackFiles.StackFile.Read(file, "platform").Config.Single();

        read.Key.ShouldBe("platform:codeStudios");
        JsonNode.DeepEquals(JsonNode.Parse(read.Value.Text),
            new JsonObject { ["templates"] = new JsonObject { ["notebooks"] = imported.Settings.DeepClone() } })
            .ShouldBeTrue($"{imported.Yaml}\n{read.Value.Text}");
        imported.Problems.Select(problem => $"{problem.Path.Text}: {problem.What}").ShouldBeEmpty();
    }

    [Fact]
    public void AnArchive_IsTheSameBytesEveryTime()
    {
        var exported = Exported(ImportedTemplate.Of(TemplateArchive.Read(Written(Entries())), "notebooks"));
        var (one, other) = (Path.Combine(_folder, "one.zip"), Path.Combine(_folder, "other.zip"));
        exported.Save(one);
        exported.Save(other);
        exported.Save(other);

        File.ReadAllBytes(one).ShouldBe(File.ReadAllBytes(other));
        JsonNode.DeepEquals(TemplateArchive.Read(one).Template, exported.Template).ShouldBeTrue();
    }

    [Fact]
    public void Rejects_ToWriteOverAnotherFile()
    {
        var path = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(path, "kept");

        Should.Throw<StudioException>(() =>
            TemplateArchive.Read(Written(Entries())).Save(path)).Message.ShouldBe($"{path} is there, and is no archive of a template.");
        File.ReadAllText(path).ShouldBe("kept");
    }

    [Theory]
    [InlineData("\"label\": \"Notebooks\"", "\"label\": \"Notebooks\", \"colour\": \"red\"", "template.colour is a field that this program does not know")]
    [InlineData("block_based", "dockerfile_based", "template.type is not block_based")]
    [InlineData("\"useConda\": false", "\"useConda\": true",
        "template.codeEnvsExtraSettings.useConda speaks of conda, and images here have environments of venv")]
    [InlineData("\"condaCreateExtraOptions\": []", "\"condaCreateExtraOptions\": [\"-y\"]",
        "template.codeEnvsExtraSettings.condaCreateExtraOptions speaks of conda, and images here have environments of venv")]
    [InlineData("\"type\": \"append_dockerfile\"", "\"type\": \"pycdstdioblk_lab_thing\"",
        "blocks[4] is of type pycdstdioblk_lab_thing, whose form is not public, or which comes with a plugin of the node")]
    [InlineData("\"exposedServices\": []", "\"exposedServices\": [{}]",
        "blocks[1] (simple_deployment).exposedServices is not empty, and what its entries hold is not public")]
    [InlineData("\"runAsRoot\": true", "\"runAsRoot\": true, \"cache\": 1", "blocks[4] (append_dockerfile).cache is a field that this program does not know")]
    [InlineData("\"zone\": \"user_versioned\"", "\"zone\": \"attic\"",
        "blocks[0] (dss_base_image).syncedZones[1].zone names the zone 'attic', which is none of ")]
    [InlineData("{ \"type\": \"port_forward\", \"params\": {} }, \"allowExpositionOverride\": false",
        "{ \"type\": \"lb\", \"params\": {\"a\": 1} }, \"allowExpositionOverride\": false",
        "blocks[5] (entrypoint).exposedPort.exposition has parameters, whose names are not public")]
    [InlineData("[{ \"key\": \"team\", \"value\": \"lab\" }]", "[{ \"key\": \"team\", \"value\": \"lab\" }, { \"key\": \"team\", \"value\": \"x\" }]",
        "blocks[1] (simple_deployment).labels has an entry without key and value, or a key twice")]
    [InlineData("\"envName\": \"r-env\"", "\"envName\": \"other\"", "usedCodeEnvRefs of exportSpec.json are not those of the blocks")]
    [InlineData("\"pythonModules\":", "\"pythonFlavour\":",
        "blocks[7] (pycdstdioblk_code-studio-blocks_jupyterlab).config.pythonFlavour is a field that this program does not know")]
    public void Rejects_WhatItCannotKeep_ByName(string text, string instead, string lost)
    {
        Template.ShouldContain(text);
        var archive = TemplateArchive.Read(Written(Entries(template: Template.Replace(text, instead, StringComparison.Ordinal))));

        Should.Throw<StudioException>(() =>
            ImportedTemplate.Of(archive, "x")).Message.ShouldStartWith($"The archive holds what a stack file has no words for:\n  {lost}");
    }

    [Fact]
    public void Rejects_ToExportWhatArchivesHaveNoWordsFor()
    {
        var settings = Read("""
            { "blocks": [{ "fileSynchronization": {} }, { "kubernetesParameters": {} }, { "codeEnvironment": { "name": "a", "packages": ["pandas"] } },
                { "streamlit": {} },
              { "jupyterLab": { "settingsPath": "/srv" } }],
              "baseImage": "registry.example.com/debian:12", "permissions": { "everyone": true } }
            """);

        var refusal = Should.Throw<StudioException>(() => TemplateArchive.Of("x", settings, TemplateArchive.Read(Written(Entries())).Resources));
        refusal.Message.ShouldBe("""
            The template x has what archives of DSS have no words for:
              permissions: how they write grants of groups is not public
              baseImage: images of DSS start from that of its node
              blocks[2].codeEnvironment.packages: DSS keeps packages on its node
              blocks[3].streamlit: the name and the fields of this type are not public
              blocks[4].jupyterLab.settingsPath: the name of this field is not public
            """);
        refusal.Fix.ShouldBe(
            "Leave it out knowingly with --leave-out permissions --leave-out baseImage --leave-out packages "
                + "--leave-out streamlit --leave-out settingsPath, and add it in DSS.");

        var archive = TemplateArchive.Of("x", settings, TemplateArchive.Read(Written(Entries())).Resources,
            ["permissions", "baseImage", "packages", "streamlit", "settingsPath"]);
        archive.Template["params"]!["blocks"]!.AsArray().Select(block => (string?)block!["type"])
            .ShouldBe(["dss_base_image", "simple_deployment", "add_codeenv", "pycdstdioblk_code-studio-blocks_jupyterlab"]);
        archive.Template["params"]!["blocks"]![0]!["params"]!["syncedZones"]!.AsArray().Count.ShouldBe(8);
    }

    [Theory]
    [InlineData("template-resources/../../etc/passwd")]
    [InlineData("../template.json")]
    [InlineData("/etc/passwd")]
    [InlineData("template-resources//a")]
    [InlineData("template-resources/./a")]
    [InlineData("template-resources\\..\\a")]
    [InlineData("C:/a")]
    public void Rejects_PathsThatLeadElsewhere(string name) =>
        Should.Throw<StudioException>(() => TemplateArchive.Read(Written([.. Entries(), (name, "x"u8.ToArray(), 0)])))
        .Message.ShouldContain("a path that leads out of the folder it is unpacked in, or is none");

    [Theory]
    [InlineData("template-resources/link", 0xA1FF, "a link")]
    [InlineData("template-resources/pipe", 0x11FF, "which is no file")]
    [InlineData("template-resources/device", 0x61FF, "which is no file")]
    [InlineData("secrets.txt", 0, "which no archive of a template does")]
    [InlineData("template-resources/jq.sh", 0, "twice, or as a file and as a folder")]
    [InlineData("template-resources/jq.sh/inner", 0, "twice, or as a file and as a folder")]
    public void Rejects_WhatIsNoFileOfATemplate(string name, int mode, string what) =>
        Should.Throw<StudioException>(() => TemplateArchive.Read(Written([.. Entries(), (name, "x"u8.ToArray(), mode)]))).Message.ShouldContain(what);

    [Theory]
    [InlineData("../out")]
    [InlineData("My Template")]
    [InlineData("9lives")]
    [InlineData("")]
    public void Rejects_ANameThatIsNone(string name) =>
        Should.Throw<StudioException>(() =>
            ImportedTemplate.Of(TemplateArchive.Read(Written(Entries())), name)).Message.ShouldStartWith($"'{name}' is no name of a template");

    [Theory]
    [InlineData("/a/b/My Template (2).zip", "my-template-2")]
    [InlineData("9lives.zip", "template-9lives")]
    [InlineData(".zip", "imported")]
    public void ANameIsMadeOfThatOfTheFile(string path, string name) => ImportedTemplate.NameOf(path).ShouldBe(name);

    // Whatever stands where something else is expected: it is kept or refused by name, and never a defect.
    [Fact]
    public void AnyValueAnywhere_IsKeptOrRefused()
    {
        var archive = TemplateArchive.Read(Written(Entries()));
        string[] junk = ["null", "[]", "{}", "5", "\"x\"", "[{}]", "{\"type\": 1}", "[[1]]", "true"];
        var number = 0;
        foreach (var path in Paths(archive.Template).ToList())
        {
            var broken = archive.Template.DeepClone();
            var value = JsonNode.Parse(junk[number++ % junk.Length]);
            if (path[^1] is int index)
            {
                At(broken, path[..^1])![index] = value;
            }
            else
            {
                At(broken, path[..^1])![(string)path[^1]] = value;
            }

            try
            {
                _ = ImportedTemplate.Of(archive with { Template = broken.AsObject() }, "x").Problems;
            }
            catch (StudioException exception)
            {
                exception.Message.ShouldStartWith("The archive holds what a stack file has no words for:\n");
            }
        }

        number.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Rejects_ABomb()
    {
        var path = Written([.. Entries(), ("template-resources/zeros", new byte[40 * 1024 * 1024], 0)]);
        new FileInfo(path).Length.ShouldBeLessThan(200 * 1024);

        Should.Throw<StudioException>(() => TemplateArchive.Read(path)).Message.ShouldBe(
            $"{path} is a bomb, or far too large: unpacked it is more than 256 MiB, or more than 200 times as large as packed.");
    }

    [Fact]
    public void Rejects_TooManyFiles() => Should.Throw<StudioException>(() => TemplateArchive.Read(Written(
        [.. Entries(), .. Enumerable.Range(0, StudioFolder.MostFiles).Select(number => ($"template-resources/{number}", Array.Empty<byte>(), 0))])))
        .Message.ShouldContain("has more than 10000 files");

    [Fact]
    public void Rejects_WhatIsNoArchive()
    {
        var path = Written(Entries());
        var bytes = File.ReadAllBytes(path);
        // Cut at every tenth of it, and with a byte changed in the middle: never an archive that seems whole.
        foreach (var part in Enumerable.Range(0, 10))
        {
            File.WriteAllBytes(path, bytes[..(bytes.Length * part / 10)]);
            Should.Throw<StudioException>(() => TemplateArchive.Read(path), $"{part} tenths");
        }

        File.WriteAllText(path, "not a zip file");
        Should.Throw<StudioException>(() => TemplateArchive.Read(path)).Message.ShouldContain("is no zip file, or a part of it is missing or damaged");
        Should.Throw<StudioException>(() => TemplateArchive.Read(_folder)).Message.ShouldContain("cannot be read");
        Should.Throw<StudioException>(() => TemplateArchive.Read(Path.Combine(_folder, "lost.zip"))).Message.ShouldContain("cannot be read");
    }

    [Theory]
    [InlineData("[]", "template.json in ")]
    [InlineData("{ \"a\": 1, \"a\": 2 }", "template.json in ")]
    [InlineData("{", "template.json in ")]
    [InlineData(null, " has no template.json")]
    public void Rejects_AnArchiveOfSomethingElse(string? template, string what)
    {
        var entries = Entries().Where(entry => template is not null || entry.Name != "template.json")
            .Select(entry => entry.Name == "template.json" ? (entry.Name, Encoding.UTF8.GetBytes(template!), 0) : entry);

        Should.Throw<StudioException>(() => TemplateArchive.Read(Written([.. entries]))).Message.ShouldContain(what);
    }

    private static (string Name, byte[] Bytes, int Mode)[] Entries(string template = Template) =>
    [
        ("manifest.json", Encoding.UTF8.GetBytes(Manifest), 0), ("exportSpec.json", Encoding.UTF8.GetBytes(ExportSpec), 0),
        ("template.json", Encoding.UTF8.GetBytes(template), 0x81A4), ("template-resources/", [], 0x41ED),
            ("template-resources/jq.sh", "jq"u8.ToArray(), 0x81A4),
        ("template-resources/start.sh", "#!/bin/sh\n"u8.ToArray(), 0x81ED),
    ];

    private string Written((string Name, byte[] Bytes, int Mode)[] entries)
    {
        var path = Path.Combine(_folder, $"{Path.GetRandomFileName()}.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes, mode) in entries)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            entry.ExternalAttributes = mode << 16;
            using var stream = entry.Open();
            stream.Write(bytes);
        }

        return path;
    }

    private static IEnumerable<object[]> Paths(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => Paths(entry.Value).Select(path => (object[])[entry.Key, .. path]).Prepend([entry.Key])),
        JsonArray list => list.SelectMany((item, index) => Paths(item).Select(path => (object[])[index, .. path]).Prepend([index])),
        _ => [],
    };

    private static JsonNode? At(JsonNode node, object[] path) => path.Aggregate((JsonNode?)node, (at, key) => key is int index ? at![index] : at![(string)key]);

    private static TemplateArchive Exported(ImportedTemplate imported) =>
        TemplateArchive.Of(imported.Name, Read(imported.Settings.ToJsonString()), imported.Resources);

    private static CodeStudioTemplateSettings Read(string template)
    {
        var read = SettingsValidation.Read(
            new RawSettings(new Dictionary<string, string> { ["platform:codeStudios"] = $$"""{ "templates": { "notebooks": {{template}} } }""" }, []), null);
        read.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        return read.Settings.CodeStudios!.Templates["notebooks"];
    }
}
