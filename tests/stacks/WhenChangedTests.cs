using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.State;
using Rehearsal.Wire;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;
using Tests.Stacks.Settings;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks;

// Promise: what docs/configuration.md says of a changed setting is what a plan against the state before does.
[Trait(Long.Category, Long.Name)]
public sealed class WhenChangedTests
{
    private const string File = "stacks/Settings/Generating/when-changed.txt";

    private const string Production = "platform:production";

    // By day a few lines of a few stacks, by night every one; the same few as long as the lines are the same
    private const int Sample = 4;

    private static readonly string[] Representative =
        ["Pulumi.dev.yaml", StackMoment.Installed("Pulumi.prod.yaml"), "stacks/examples/Pulumi.workbench-gke.yaml"];

    // How many stack files are asked about one setting, since it may do more in the second than in the first
    private const int Asked = 2;

    private const int Values = 3;

    private static readonly ConcurrentDictionary<string, Lazy<Task<(Checkpoint State, PropertyMap Outputs)>>> States = new(StringComparer.Ordinal);

    // A rehearsal knows the account from this line alone, so that what follows from it is another value in its plan and none in the cloud's
    private static readonly string[] OfTheRehearsal = ["platform:aws.accountIds"];

    private static readonly ImmutableArray<CatalogEntry> Settings =
    [
        .. SettingsCatalog.Platform.Settings.SelectMany(concept => SettingsCatalog.Entries(concept))
            .Where(entry => !entry.IsGroup && !OfTheRehearsal.Contains(entry.At.Text)),
    ];

    public static TheoryData<string> Lines
    {
        get
        {
            var lines = Read().Where(line => RehearsedStack.Nightly || Representative.Contains(line.Stack)).ToList();
            var step = RehearsedStack.Nightly ? 1 : Math.Max(1, lines.Count / Sample);
            return [.. lines.Where((_, index) => index % step == 0).Select(line => line.Setting)];
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task ALine_IsWhatAPlanDoes(string setting)
    {
        var line = Read().Single(line => line.Setting == setting);

        (await EffectOf(line)).ShouldBe(line.Effect, "PLATFORM_ACCEPT=1 ./platform test WhenChanged writes what plans do now, in a quarter of an hour");
    }

    // Writes the lines anew, and looks for a change of each setting that has none
    [Fact]
    public async Task Lines_AreWritten_WhenTheyAreAccepted()
    {
        if (Environment.GetEnvironmentVariable("PLATFORM_ACCEPT") != "1")
        {
            return;
        }
        var known = Read().ToDictionary(line => line.Setting, StringComparer.Ordinal);
        var lines = await Task.WhenAll(Settings.Select(entry => Task.Run(async () => known.TryGetValue(entry.At.Text, out var line)
            ? await EffectOf(line) is { } effect ? line with { Effect = effect } : await FoundAsync(entry)
            : await FoundAsync(entry))));

        await System.IO.File.WriteAllLinesAsync(Path.Combine(Repository.Root, File), lines.OfType<Line>().Select(line => line.ToString()));
    }

    private static IEnumerable<Line> Read() => System.IO.File.ReadLines(Path.Combine(Repository.Root, File)).Select(Line.Parse);

    // The change that touches most, of the first valid one in each of some stack files
    private static async Task<Line?> FoundAsync(CatalogEntry entry)
    {
        Line? most = null;
        var asked = 0;
        foreach (var stack in StackFiles())
        {
            if (OtherValues.Place(entry, RequestFor(stack).Config) is not { } place)
            {
                continue;
            }
            var lines = OtherValues.Of(entry, Given(RequestFor(stack), place))
                .Select(value => new Line(entry.At.Text, "", stack, place.Concept, place.Path, value ?? "-", place.Group ?? "-"));
            foreach (var line in lines.Where(line => IsValid(line.Before) && IsValid(line.After)).Take(Values))
            {
                // What changes nothing may be what holds without the setting: another value says more
                if (await EffectOf(line) is { } effect)
                {
                    most = most is null || SettingEffect.Weight(effect) > SettingEffect.Weight(most.Effect) ? line with { Effect = effect } : most;
                    asked++;
                    break;
                }
            }
            if (asked == Asked)
            {
                break;
            }
        }
        return most;
    }

    private static async Task<string?> EffectOf(Line line)
    {
        var (state, outputs) = await States.GetOrAdd($"{line.Stack} {line.Concept} {line.Group}", _ => new(() => DeployedAsync(line.Before))).Value;
        return SettingEffect.Of((await RehearsedStack.RunAsync(line.After with { State = state })).Result, outputs);
    }

    private static async Task<(Checkpoint State, PropertyMap Outputs)> DeployedAsync(RehearsalRequest request)
    {
        var (state, _) = await RehearsedStack.UpdatedAsync(request, Checkpoint.Empty);
        return (state, (await RehearsedStack.RunAsync(request with { State = state })).Result.Outputs);
    }

    // Where nothing is protected, so that the plan says what the change is and not that it is refused
    private static RehearsalRequest RequestFor(string stack)
    {
        var request = RehearsedStack.RequestFor(stack);
        var open = request with { Config = request.Config.SetItem(Production, "false") };
        return IsValid(open) ? open : request;
    }

    private static IEnumerable<string> StackFiles() => StackFilesTests.Files.Cast<object[]>().Select(row => (string)row[0])
        .Select(path => StackMoment.IsEarly(path) ? StackMoment.Installed(path) : path);

    private static JsonNode? Given(RehearsalRequest request, (string Concept, string Path, string? Group) place) => place.Path.Split('.')
        .Aggregate(JsonNode.Parse(request.Config[$"platform:{place.Concept}"]), (node, key) => node is JsonObject map ? map[key] : null);

    private static bool IsValid(RehearsalRequest request) => SettingsValidation.Read(new RawSettings(request.Config, request.SecretKeys)).Problems.IsEmpty;

    // A setting, what a change of it does, and the change that shows it
    private sealed record Line(string Setting, string Effect, string Stack, string Concept, string Path, string Value, string Group)
    {
        // The group without a word in it, where the stack file leaves it out: what it brings by itself is no change of the setting
        public RehearsalRequest Before => Group == "-" ? RequestFor(Stack) : RequestFor(Stack).With(Concept, Group, "{}");

        public RehearsalRequest After => Before.With(Concept, Path, Value == "-" ? null : Value);

        public static Line Parse(string text) => text.Split('\t') is [var setting, var effect, var stack, var concept, var path, var value, var group]
            ? new(setting, effect, stack, concept, path, value, group) : throw new FormatException($"{File}: '{text}' has not seven fields.");

        public override string ToString() => string.Join('\t', Setting, Effect, Stack, Concept, Path, Value, Group);
    }
}
