using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Rendering;
using Rehearsal.Wire;
using Stacks.Settings;
using Stacks.Settings.Reading;
using Tests.Stacks.Settings;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks;

// Promise: raising any rotation number, in production too, makes exactly one value anew and restarts who reads it; nothing that serves or holds data goes,
// no protection is lifted, and a stack that did not change announces nothing.
public sealed class RotationsTests
{
    // Per setting: the generator, and everything else that changes; a name twice where a component and its child share it.
    private static readonly Dictionary<string, (string Generator, string[] Changed)> Rotations = new(StringComparer.Ordinal)
    {
        ["platform:redis.elastiCache.passwordRotation"] = ("redis-password-value", ["connect-proxy", "connect-server", "redis", "redis-password"]),
        ["platform:redis.inCluster.passwordRotation"] = ("redis-password-value", ["connect-proxy", "connect-server", "redis", "redis-password"]),
        ["platform:studios.registrationToken.rotation"] = (
            "registration-token-token-value", ["connect-proxy", "platform-backend", "registration-token-token"]),
        ["platform:studios.signingKey.rotation"] = ("signing-key-pair", ["platform-backend", "platform-cron", "signing-key", "signing-key"]),
        ["platform:studios.ssh.hostKeyRotation"] = (
            "ssh-host-key-pair", ["connect-proxy", "platform-backend", "platform-cron", "platform-variables", "ssh-host-key", "ssh-host-key"]),
        ["platform:workbench.cookieKeyRotation"] = ("workbench-keys-cookie-value", ["workbench", "workbench-keys-cookie"]),
        ["platform:workbench.launcherKeyRotation"] = (
            "workbench-keys-launcher-pair", ["workbench", "workbench-keys", "workbench-keys-launcher"]),
    };

    private static readonly (string Name, string Property)[] Seen =
    [
        ("redis-password-value", "keepers"), ("registration-token-token-value", "keepers"), ("signing-key", "rotation"), ("ssh-host-key", "rotation"),
    ];

    // What may be another one: patches settle by replacement, and a Secret whose name Pulumi chose is made before its predecessor goes.
    private static readonly string[] Replaceable = ["kubernetes:apps/v1:DeploymentPatch", "kubernetes:core/v1:Secret"];

    // Each has what no other has, in production: Redis of AWS and in the cluster, a Platform that others change, Workbench. All the others are rehearsed at
    // night, and `.ci/unchanged` asks each of them on the command line.
    private static readonly string[] Representative =
    [
        StackMoment.Installed("Pulumi.prod.yaml"), "stacks/examples/Pulumi.studios-path-routing.yaml",
        "stacks/examples/Pulumi.workbench-existing-traefik.yaml",
    ];

    // PostgresSecondDayTests rotate the two databases' in production; WorkbenchProgramTests the tokens of a provider that no stack file has;
    // ComposeSecondDayTests what a host by Docker Compose holds.
    private static readonly string[] Elsewhere =
    [
        "platform:compose.registrationToken.rotation", "platform:compose.signingKey.rotation",
        "platform:workbench.database.cloudSql.passwordRotation", "platform:workbench.database.rds.passwordRotation",
        "platform:workbench.signIn.oidc.scimTokenRotation", "platform:workbench.signIn.saml.scimTokenRotation",
    ];

    [Fact]
    public void EveryRotationSetting_IsTested() => Rotations.Keys.Concat(Elsewhere).Order(StringComparer.Ordinal).ShouldBe(
        File.ReadLines(Path.Combine(Repository.Root, "tests", "Snapshots", "config-keys.txt"))
            .Where(key => key.EndsWith("otation", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryRotation_IsTestedInProduction() => Cases
        .Select(row => ((string, string, bool))(row[0], row[1], row[2]))
        .Where(row => row.Item3)
        .Select(row => row.Item2).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .ShouldBe(Rotations.Keys.Order(StringComparer.Ordinal));

    // With the Platform installed, since nothing else reads a rotated value; in production wherever it may be: that shows what protection hinders.
    public static TheoryData<string, bool> Stacks
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (var path in RehearsedStack.Nightly ? StackFilesTests.Files.Cast<object[]>().Select(row => Installed((string)row[0])) : Representative)
            {
                rows.Add(path, IsValid(RehearsedStack.RequestFor(path, production: true)));
            }

            return rows;
        }
    }

    // Each rotation alone: at night in every stack, else in the first that has it in production.
    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var rows = new TheoryData<string, string, bool>();
            var all = Stacks.Cast<object[]>().Select(row => (Path: (string)row[0], Production: (bool)row[1]))
                .SelectMany(stack => RotationsOf(stack.Path, stack.Production).Select(rotation => (stack.Path, rotation, stack.Production)));
            foreach (var (path, rotation, production) in RehearsedStack.Nightly ? all : all.Where(row => row.Production).DistinctBy(row => row.rotation))
            {
                rows.Add(path, rotation, production);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task ARotation_ReplacesItsGenerator_AndRestartsItsReaders(string path, string rotation, bool production) => ShouldRotate(
        await RehearsedStack.PreviewedAsync(
            Raised(RehearsedStack.RequestFor(path, production), rotation)!, await RehearsedStack.Deployed(path, production)),
        path, [rotation]);

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task AStackThatDidNotChange_SinceAllItsRotations_AnnouncesNothing(string path, bool production)
    {
        var (request, state) = (RehearsedStack.RequestFor(path, production), await RehearsedStack.Deployed(path, production));
        if (RotationsOf(path, production) is { Count: > 0 } rotations)
        {
            request = rotations.Aggregate(request, (before, key) => Raised(before, key)!);
            (state, var plan) = await RehearsedStack.UpdatedAsync(request, state);
            ShouldRotate(plan, path, rotations);
        }

        (await RehearsedStack.PreviewedAsync(request, state)).Steps.Where(step => step.Operation is not (Operation.Same or Operation.Read))
            .Select(step => $"{step.Operation} {step.Name}").ShouldBeEmpty();
    }

    // By what somebody who reviews the plan reads: the generator's own keepers, or the inputs of the component around the key.
    [Fact]
    public async Task ARotation_IsSeen_InTextAndJson()
    {
        const string Dev = "Pulumi.dev.yaml";
        var request = RotationsOf(Dev, production: false).Aggregate(RehearsedStack.RequestFor(Dev), (before, key) => Raised(before, key)!) with
        {
            State = await RehearsedStack.Deployed(Dev),
        };
        var result = (await RehearsedStack.RunAsync(request)).Result;
        using var text = new StringWriter();
        PreviewRenderer.Write(
            new Terminal(text, text, colouredOutput: false, colouredError: false), result, verbose: false, diff: true);
        using var json = new StringWriter();
        PreviewJson.Write(json, request, result);
        var steps = JsonNode.Parse(json.ToString())!["steps"]!.AsArray();

        text.ToString().Split('\n')
            .Count(line => line.Contains("otation", StringComparison.Ordinal) && line.Contains('1') && line.Contains('2'))
            .ShouldBeGreaterThanOrEqualTo(Seen.Length);
        Seen.Select(seen => (seen.Name, Numbers(seen.Name, seen.Property))).ShouldBe(Seen.Select(seen => (seen.Name, ("1", "2"))));

        (string, string) Numbers(string name, string property)
        {
            var step = steps.First(step => ((string)step!["urn"]!).EndsWith($"::{name}", StringComparison.Ordinal)
                && ((string)step["op"]! is "update" or "replace") && step["newState"]!["inputs"]![property] is not null)!;
            return (Number(step["oldState"]!["inputs"]![property]!), Number(step["newState"]!["inputs"]![property]!));
        }

        static string Number(JsonNode node) => (node is JsonObject keepers ? keepers["rotation"]! : node).ToString();
    }

    [Theory]
    [MemberData(nameof(WholeProgramTests.Paths), MemberType = typeof(WholeProgramTests))]
    public async Task EveryKubernetesObject_HasAProviderThatChangesInPlace_AndNoFixedNameIsImmutable(string path)
    {
        var resources = (await RehearsedStack.Of(path)).Result.Plan.Steps.Select(step => step.New).OfType<ResourceState>().ToList();
        var providers = resources.Where(resource => resource.Type == "pulumi:providers:kubernetes").ToList();

        providers.Where(provider => provider.Inputs.OpenText("enableSecretMutable") != "true" || provider.Inputs.OpenText("enableConfigMapMutable") != "true")
            .Select(provider => provider.Urn.Name).ShouldBeEmpty();
        resources.Where(resource => resource.Type.StartsWith("kubernetes:", StringComparison.Ordinal)
                && !providers.Exists(provider => resource.Provider.StartsWith($"{provider.Urn.Value}::", StringComparison.Ordinal)))
            .Select(resource => resource.Urn.Name).ShouldBeEmpty();
        resources.Where(resource => resource.Inputs.Flag("immutable", otherwise: false) && Annotation(resource, "pulumi.com/autonamed") != "true")
            .Select(resource => resource.Urn.Name).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task EveryPatchWithAList_Settles(string path, bool production)
    {
        var patches = (await RehearsedStack.Deployed(path, production)).Resources.Where(resource =>
            resource.Type.EndsWith("Patch", StringComparison.Ordinal) && HoldsList(new ObjectProperty(resource.Inputs))).ToList();

        foreach (var patch in patches)
        {
            Annotation(patch, "pulumi.com/patchFieldManager").ShouldNotBeNull().ShouldMatch("^studio-platform-[0-9a-f]{16}$", patch.Urn.Name);
            Annotation(patch, "pulumi.com/patchForce").ShouldBe("true", patch.Urn.Name);
            Annotation(patch, "studio-platform/sets").ShouldNotBeNullOrEmpty(patch.Urn.Name);
            patch.IgnoreChanges.ShouldBe(["spec"]);
            patch.ReplaceOnChanges.ShouldBe(["metadata.annotations"]);
        }

        var patched = StudiosOf(path) is { Platform.Install: not PlatformInstall.None };
        patches.Select(patch => patch.Urn.Name).Order(StringComparer.Ordinal).ShouldBe(patched ? ["platform-backend", "platform-cron"] : []);
    }

    private static bool HoldsList(PropertyValue value) => Differ.Opened(value) switch
    {
        ListProperty => true,
        ObjectProperty map => map.Properties.Values.Any(HoldsList),
        _ => false,
    };

    private static string? Annotation(ResourceState resource, string name) =>
        Differ.Opened(resource.Inputs.Find("metadata")) is ObjectProperty metadata
        && Differ.Opened(metadata.Properties.Find("annotations")) is ObjectProperty annotations
            ? annotations.Properties.OpenText(name) : null;

    private static void ShouldRotate(Plan plan, string path, IReadOnlyCollection<string> rotations)
    {
        var generators = rotations.Select(rotation => Rotations[rotation].Generator).ToArray();
        var steps = plan.Steps.Where(step => step.Operation is not (Operation.Same or Operation.Read)).ToList();
        var (made, others) = (steps.Where(step => generators.Contains(step.Name)).ToList(), steps.Where(step => !generators.Contains(step.Name)).ToList());

        made.Select(step => (step.Name, step.Operation)).ShouldBe(
            generators.SelectMany(name => new[] { Operation.CreateReplacement, Operation.Replace, Operation.DeleteReplaced }.Select(step => (name, step))),
            ignoreOrder: true);
        others.Where(step => step.Operation is not (Operation.Update or Operation.Replace or Operation.CreateReplacement or Operation.DeleteReplaced))
            .Select(step => $"{step.Operation} {step.Name}").ShouldBeEmpty();
        others.Where(step => step.Operation != Operation.Update).Select(step => step.Type).Except(Replaceable).ShouldBeEmpty();
        var install = StudiosOf(path)?.Platform.Install ?? PlatformInstall.None;
        var changed = rotations.SelectMany(rotation => Rotations[rotation].Changed.Except(Without(install, rotation))).Distinct(StringComparer.Ordinal);
        var twice = rotations.SelectMany(rotation => Rotations[rotation].Changed.GroupBy(name => name).Where(group => group.Count() > 1));
        others.Where(step => step.Operation is Operation.Update or Operation.Replace).Select(step => step.Name).Order(StringComparer.Ordinal)
            .ShouldBe(changed.Concat(twice.Select(group => group.Key)).Order(StringComparer.Ordinal));
        steps.Where(step => step is { Old: { } old, New: { } @new } && old.Protect && !@new.Protect).Select(step => step.Name).ShouldBeEmpty();
    }

    private static string[] Without(PlatformInstall install, string rotation) => install switch
    {
        // The operator changes the Platform.
        PlatformInstall.None => ["platform-backend", "platform-cron", "platform-variables"],
        // The chart's cron does not read the backend's variables.
        PlatformInstall.Helm when rotation.EndsWith("hostKeyRotation", StringComparison.Ordinal) => ["platform-cron"],
        _ => [],
    };

    private static string Installed(string path) => StackMoment.IsEarly(path) ? StackMoment.Installed(path) : path;

    private static StudiosSettings? StudiosOf(string path)
    {
        var request = RehearsedStack.RequestFor(path);
        return SettingsValidation.Read(new RawSettings(request.Config, request.SecretKeys)).Settings.Studios;
    }

    private static bool IsValid(RehearsalRequest request) => SettingsValidation.Read(new RawSettings(request.Config, request.SecretKeys)).Problems.IsEmpty;

    private static List<string> RotationsOf(string path, bool production) =>
        [.. Rotations.Keys.Where(key => Raised(RehearsedStack.RequestFor(path, production), key) is { } raised && IsValid(raised))];

    // The next number of a setting; null where the stack has nothing that it rotates.
    private static RehearsalRequest? Raised(RehearsalRequest request, string key)
    {
        var steps = key.Split('.');
        if (request.Config.GetValueOrDefault(steps[0]) is not { Length: > 0 } concept || JsonNode.Parse(concept) is not JsonObject root)
        {
            return null;
        }

        var node = root;
        foreach (var step in steps[1..^1])
        {
            if (node[step] is not JsonObject below)
            {
                // Both of these are there without a word, and everything else is not.
                if (step is not ("registrationToken" or "signingKey"))
                {
                    return null;
                }

                below = [];
                node[step] = below;
            }

            node = below;
        }

        node[steps[^1]] = (int.TryParse(node[steps[^1]]?.ToString(), out var number) ? number : 1) + 1;
        return request with { Config = request.Config.SetItem(steps[0], root.ToJsonString()) };
    }
}
