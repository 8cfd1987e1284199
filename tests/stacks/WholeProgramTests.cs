using Infra.Clusters;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.Policies;
using Rehearsal.Rendering;
using Rehearsal.Wire;
using Rehearsal;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;
using Tests.Rehearsal.Support;
using Tests.Stacks.Settings;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks;

// Promise: the built program, run by the embedded engine as users run it, plans every stack file of this repository and shows no secret.
public sealed class WholeProgramTests
{
    private static readonly string TopLevelKeys = string.Join(
        ", ",
        SettingsCatalog
            .Platform.Settings.Select(setting => setting.Key)
            .Concat(SettingsCatalog.Secrets.Select(entry => entry.Setting.SecretKey))
            .Order(StringComparer.Ordinal));

    public static TheoryData<string> Paths => [.. StackMoment.Both(StackFilesTests.Files.Cast<object[]>().Select(row => (string)row[0]))];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task StackFile_IsPlanned_WithoutShowingSecrets(string path)
    {
        var (request, result, events) = await RehearsedStack.Of(path);

        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        result.Outcome.ShouldBe(RehearsalOutcome.Succeeded);
        result.Plan.Steps.ShouldAllBe(step => step.Operation == Operation.Create || step.Operation == Operation.Read);
        result.Plan.Steps.Select(step => step.Urn.Value).ShouldBeUnique();
        events.ShouldAllBe(happened => !happened.ToString().Contains(RehearsedStack.Marker, StringComparison.Ordinal));
        Shown(request, result).ShouldNotContain(RehearsedStack.Marker);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task APlan_KeepsTheRules_OrIsWaived(string path)
    {
        var (request, result, _) = await RehearsedStack.Of(path);
        var waivers = Waiver.Read(request.Config.GetValueOrDefault("platform:policy"), "platform:policy");

        var check = PolicyCheck.Run(result.Plan.Steps.Where(step => step.Operation == Operation.Create).Select(step => step.New!), waivers, EksVersion.AsOf);

        check.Open.Select(finding => $"{finding.Id} {finding.Urn?.Name} {finding.Path} {finding.Found}").ShouldBeEmpty();
    }

    // What ./platform config --check shows is what the program has to say of its settings, and a preview shows that and no more
    [Theory]
    [MemberData(nameof(Paths))]
    public async Task APreview_WarnsOfWhatACheckOfTheSettingsShows(string path) => WarningsAreTheChecks(await RehearsedStack.Of(path));

    [Theory]
    [InlineData("Pulumi.dev.yaml", "aws:region", "eu-west-1")]
    [InlineData("Pulumi.dev.yaml", "platform:redisClientKey", RehearsedStack.Marker)]
    [InlineData("Pulumi.dev.yaml", "platform:gcp", """{"project":"studios","region":"europe-west4"}""")]
    [InlineData("stacks/examples/Pulumi.studios-gke.yaml", "aws:region", "eu-west-1")]
    public async Task APreview_WarnsOfWhatACheckOfTheSettingsShows_WhereThereIsSomething(string path, string key, string value)
    {
        var request = RehearsedStack.RequestFor(path);
        request = request with
        {
            Config = request.Config.SetItem(key, value),
            SecretKeys = value == RehearsedStack.Marker ? request.SecretKeys.Add(key) : request.SecretKeys,
        };

        WarningsAreTheChecks(await RehearsedStack.RunAsync(request)).ShouldNotBeEmpty();
    }

    private static string[] WarningsAreTheChecks(RehearsedStack rehearsed)
    {
        var (request, result, _) = rehearsed;
        // What a rehearsal cannot know is about no setting
        var shown = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.Message.TrimEnd())
            .Where(message => !message.StartsWith("Only its provider can answer ", StringComparison.Ordinal)).ToArray();
        var read = SettingsValidation.Read(
            new RawSettings(request.Config, request.SecretKeys), Today.From(Environment.GetEnvironmentVariable));

        shown.ShouldBe(read.Warnings.Select(warning => warning.ToString()), ignoreOrder: true);
        return shown;
    }

    // What the other tests of this kind rest on: they run the program in a process that has run it before
    [Fact]
    public async Task AProcessOfItsOwn_PlansTheSame()
    {
        var (request, result, _) = await RehearsedStack.Of("Pulumi.dev.yaml");

        var alone = await new RehearsalHost().RunAsync(request, new RecordingProgress(), CancellationToken.None);

        Shown(request, alone with { Plan = alone.Plan.Ordered(), Duration = result.Duration })
            .ShouldBe(Shown(request, result with { Plan = result.Plan.Ordered() }));
    }

    [Fact]
    public async Task OutputNames_DoNotChange()
    {
        var stacks = await Task.WhenAll(Paths.Cast<object[]>().Select(row => RehearsedStack.Of((string)row[0])));

        Snapshot.ShouldMatch("output-names", stacks.SelectMany(stack => OutputNames.Of(stack.Result.Outputs)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task GivenSecrets_ReachTheEngine_AsSecrets()
    {
        var dev = await RehearsedStack.Of("Pulumi.dev.yaml");
        var provider = dev.Result.Plan.Steps.Single(step => step.Name == "cluster-provider").New!;

        provider.Inputs["kubeconfig"].ShouldBe(new SecretProperty(new StringProperty(dev.Request.Config[RehearsedStack.Kubeconfig])));
    }

    // Nobody can read a token that Kubernetes has not made yet: the first preview announces its Secret, and what follows from it is unknown.
    [Fact]
    public async Task ATokenOfALauncher_CanBePreviewed()
    {
        var dev = await RehearsedStack.Of("Pulumi.dev.yaml");
        var steps = dev.Result.Plan.Steps.Where(step => step.Name.StartsWith("tower-research-launcher-token", StringComparison.Ordinal)).ToList();
        var environments = (ObjectProperty)dev.Result.Outputs["towerEnvironments"];

        steps.Select(step => $"{step.Operation} {step.Type}").ShouldBe(
            ["Create kubernetes:core/v1:Secret", "Create platform:tower:LauncherToken"], ignoreOrder: true);
        Differ.Opened(((ObjectProperty)environments.Properties["research"]).Properties["token"]).ShouldBe(UnknownProperty.Instance);
    }

    [Fact]
    public async Task WrongSettings_EndTheProgram_WithEveryProblem_AndNoStackTrace()
    {
        var request = RehearsedStack.RequestFor("Pulumi.dev.yaml");
        request = request with { Config = request.Config.SetItem("platform:production", "yes").SetItem("platform:extra", RehearsedStack.Marker) };

        var result = (await RehearsedStack.RunAsync(request)).Result;

        result.Outcome.ShouldBe(RehearsalOutcome.ProgramFailed);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldHaveSingleItem().Message.TrimEnd().ShouldBe($"""
            2 settings of the stack are wrong:

            platform:extra: is not a key of this platform
              allowed: {TopLevelKeys}
              fix:     remove the key

            platform:production: is not true or false
              given:   yes
              allowed: true or false
              fix:     write production: true or production: false
            """);
        // The first exception ends a program, whether the stack itself is registered by then or not
        result.Plan.Steps.Select(step => step.Type).ShouldBeSubsetOf(["pulumi:pulumi:Stack"]);
    }

    // Everything that a terminal or a pipe may get.
    private static string Shown(RehearsalRequest request, RehearsalResult result)
    {
        using var output = new StringWriter();
        PreviewJson.Write(output, request, result);
        PreviewRenderer.Write(new Terminal(output, output, colouredOutput: false, colouredError: false), result, verbose: true);
        return output.ToString();
    }
}
