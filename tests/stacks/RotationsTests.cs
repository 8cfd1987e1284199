using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Rendering;
using Rehearsal.State;
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
    private const string Production = "platform:production";

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
    };

    // What may be another one: patches settle by replacement, and a Secret whose name Pulumi chose is made before its predecessor goes.
    private static readonly string[] Replaceable = ["kubernetes:apps/v1:DeploymentPatch", "kubernetes:core/v1:Secret"];

    private static readonly ConcurrentDictionary<(string Path, bool Production), Lazy<Task<Checkpoint>>> Known = [];

    [Fact]
    public void EveryRotationSetting_IsTested() => Rotations.Keys.Order(StringComparer.Ordinal).ShouldBe(
        File.ReadLines(Path.Combine(Repository.Root, "tests", "Snapshots", "config-keys.txt"))
            .Where(key => key.EndsWith("otation", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryRotation_IsTestedInProduction() => Cases
        .Select(row => ((string, string, bool))(row[0], row[1], row[2]))
        .Where(row => row.Item3)
        .Select(row => row.Item2).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .ShouldBe(Rotations.Keys.Order(StringComparer.Ordinal));

    // Every stack file, in production wherever it may be: what is protected there shows what protection hinders.
    public static TheoryData<string, bool> Stacks
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (var path in StackFilesTests.Files.Cast<object[]>().Select(row => (string)row[0]))
            {
                rows.Add(path, IsValid(RequestFor(path, production: true)));
            }

            return rows;
        }
    }

    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var rows = new TheoryData<string, string, bool>();
            foreach (var (path, production) in Stacks.Cast<object[]>().Select(row => ((string)row[0], (bool)row[1])))
            {
                foreach (var rotation in Rotations.Keys.Where(key => Raised(RequestFor(path, production), key) is { } raised && IsValid(raised)))
                {
                    rows.Add(path, rotation, production);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task AStackThatDidNotChange_AnnouncesNothing(string path, bool production)
    {
        var plan = await Previewed(RequestFor(path, production), await Up(path, production));

        plan.Steps.Where(step => step.Operation is not (Operation.Same or Operation.Read)).Select(step => $"{step.Operation} {step.Name}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task ARotation_ReplacesItsGenerator_AndRestartsItsReaders(string path, string rotation, bool production)
    {
        var (generator, changed) = Rotations[rotation];
        var settings = StackFilesTests.Read(path).Settings.Studios!.Platform;
        var without = settings.Install switch
        {
            // The operator changes the Platform.
            PlatformInstall.None => ["platform-backend", "platform-cron", "platform-variables"],
            // The chart's cron does not read the backend's variables.
            PlatformInstall.Helm when rotation.EndsWith("hostKeyRotation", StringComparison.Ordinal) => ["platform-cron"],
            _ => Array.Empty<string>(),
        };

        var plan = await Previewed(Raised(RequestFor(path, production), rotation)!, await Up(path, production));
        var steps = plan.Steps.Where(step => step.Operation is not (Operation.Same or Operation.Read)).ToList();

        steps.Where(step => step.Name == generator).Select(step => step.Operation).ToArray()
            .ShouldBe([Operation.CreateReplacement, Operation.Replace, Operation.DeleteReplaced], ignoreOrder: true);
        steps.Where(step => step.Name != generator && step.Operation is not (Operation.Update or Operation.Replace or Operation.CreateReplacement
            or Operation.DeleteReplaced)).Select(step => $"{step.Operation} {step.Name}").ShouldBeEmpty();
        steps.Where(step => step.Name != generator && step.Operation != Operation.Update).Select(step => step.Type).Except(Replaceable).ShouldBeEmpty();
        steps.Where(step => step.Name != generator && step.Operation is Operation.Update or Operation.Replace)
            .Select(step => step.Name).Order(StringComparer.Ordinal)
            .ShouldBe(changed.Except(without).Concat(changed.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
                .Order(StringComparer.Ordinal));
        steps.Where(step => step is { Old: { } old, New: { } @new } && old.Protect && !@new.Protect).Select(step => step.Name).ShouldBeEmpty();
    }

    // By what somebody who reviews the plan reads: the generator's own keepers, or the inputs of the component around the key.
    [Theory]
    [InlineData("platform:redis.inCluster.passwordRotation", "redis-password-value", "keepers")]
    [InlineData("platform:studios.registrationToken.rotation", "registration-token-token-value", "keepers")]
    [InlineData("platform:studios.signingKey.rotation", "signing-key", "rotation")]
    [InlineData("platform:studios.ssh.hostKeyRotation", "ssh-host-key", "rotation")]
    public async Task ARotation_IsSeen_InTextAndJson(string rotation, string name, string property)
    {
        const string Dev = "Pulumi.dev.yaml";
        var request = Raised(RequestFor(Dev, production: false), rotation)! with { State = await Up(Dev, production: false) };
        var result = (await RehearsedStack.RunAsync(request)).Result;
        using var text = new StringWriter();
        PreviewRenderer.Write(
            new Terminal(text, text, colouredOutput: false, colouredError: false), result, verbose: false, diff: true);
        using var json = new StringWriter();
        PreviewJson.Write(json, request, result);
        var step = JsonNode.Parse(json.ToString())!["steps"]!.AsArray().First(step =>
            ((string)step!["urn"]!).EndsWith($"::{name}", StringComparison.Ordinal) && ((string)step["op"]! is "update" or "replace")
            && step["newState"]!["inputs"]![property] is not null)!;

        text.ToString().Split('\n')
            .Where(line => line.Contains("otation", StringComparison.Ordinal) && line.Contains('1') && line.Contains('2')).ShouldNotBeEmpty();
        var (old, @new) = (step["oldState"]!["inputs"]![property]!, step["newState"]!["inputs"]![property]!);
        (Number(old), Number(@new)).ShouldBe(("1", "2"));

        static string Number(JsonNode node) => (node is JsonObject keepers ? keepers["rotation"]! : node).ToString();
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task AfterAllRotations_NothingIsLeftToDo(string path, bool production)
    {
        var raised = Rotations.Keys.Aggregate(
            RequestFor(path, production), (request, key) => Raised(request, key) is { } next && IsValid(next) ? next : request);
        var state = await Updated(raised, await Up(path, production));

        (await Previewed(raised, state)).Steps.Where(step => step.Operation is not (Operation.Same or Operation.Read))
            .Select(step => $"{step.Operation} {step.Name}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task EveryKubernetesObject_HasAProviderThatChangesInPlace_AndNoFixedNameIsImmutable(string path, bool production)
    {
        var resources = (await Up(path, production)).Resources;
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
        var patches = (await Up(path, production)).Resources.Where(resource =>
            resource.Type.EndsWith("Patch", StringComparison.Ordinal) && HoldsList(new ObjectProperty(resource.Inputs))).ToList();

        foreach (var patch in patches)
        {
            Annotation(patch, "pulumi.com/patchFieldManager").ShouldNotBeNull().ShouldMatch("^studio-platform-[0-9a-f]{16}$", patch.Urn.Name);
            Annotation(patch, "pulumi.com/patchForce").ShouldBe("true", patch.Urn.Name);
            Annotation(patch, "studio-platform/sets").ShouldNotBeNullOrEmpty(patch.Urn.Name);
            patch.IgnoreChanges.ShouldBe(["spec"]);
            patch.ReplaceOnChanges.ShouldBe(["metadata.annotations"]);
        }

        var patched = StackFilesTests.Read(path).Settings.Studios is { Platform.Install: not PlatformInstall.None };
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

    private static Task<Checkpoint> Up(string path, bool production) =>
        Known.GetOrAdd((path, production), key => new(() => Updated(RequestFor(key.Path, key.Production), Checkpoint.Empty))).Value;

    private static async Task<Checkpoint> Updated(RehearsalRequest request, Checkpoint state)
    {
        var kept = state;
        var result = (await RehearsedStack.RunAsync(request with { Kind = OperationKind.Update, State = state, Save = saved => kept = saved })).Result;
        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        return kept;
    }

    private static async Task<Plan> Previewed(RehearsalRequest request, Checkpoint state)
    {
        var result = (await RehearsedStack.RunAsync(request with { State = state })).Result;
        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        return result.Plan;
    }

    private static RehearsalRequest RequestFor(string path, bool production)
    {
        var request = RehearsedStack.RequestFor(path);
        return production ? request with { Config = request.Config.SetItem(Production, "true") } : request;
    }

    private static bool IsValid(RehearsalRequest request) => SettingsValidation.Read(new RawSettings(request.Config, request.SecretKeys)).Problems.IsEmpty;

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
