using System.Collections.Immutable;
using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using Rehearsal.Graph;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Policies;

/// <summary>An exception from a rule that somebody took responsibility for.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Resources">Which resources: patterns with <c>*</c> over names, or over <c>type::name</c>.</param>
/// <param name="Reason">Why it is right here.</param>
/// <param name="Expires">The last day on which it holds.</param>
/// <param name="MayBeUnused">Whether it is for what a later update brings, and no finding until then.</param>
internal sealed record Waiver(string Rule, ImmutableArray<string> Resources, string Reason, DateOnly Expires, bool MayBeUnused = false)
{
    /// <summary>Name of the setting, in the project's namespace.</summary>
    public const string Setting = "policy";

    /// <summary>Whether it speaks of a resource.</summary>
    public bool Names(Urn urn) => Resources.Any(pattern => FileSystemName.MatchesSimpleExpression(
        pattern, pattern.Contains("::", StringComparison.Ordinal) ? $"{urn.Type}::{urn.Name}" : urn.Name, ignoreCase: false));

    /// <summary>The waivers of a stack file.</summary>
    /// <param name="text">What the key <c>PROJECT:policy</c> holds, as JSON; null when it is not there.</param>
    /// <param name="key">The key, for messages.</param>
    /// <param name="places">Where the settings stand; null when it does not matter.</param>
    /// <exception cref="BadInputException">It has another form; every problem is in the message.</exception>
    public static ImmutableArray<Waiver> Read(string? text, string key, ConfigPlaces? places = null)
    {
        // What a project declares without a default comes as an empty text
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }
        var problems = new WaiverProblems(places ?? ConfigPlaces.None);
        var waivers = ImmutableArray.CreateBuilder<Waiver>();
        foreach (var (item, at) in Items(text, key, problems))
        {
            if (Read(item, at, problems) is { } waiver)
            {
                waivers.Add(waiver);
            }
        }
        return problems.All.Count == 0
            ? waivers.ToImmutable()
            : throw new BadInputException(
                problems.All,
                "A waiver is `rule: kubernetes/read-only-root`, `resources: [redis]`, `reason: …` and `expires: \"2027-06-30\"`; "
                    + "`./platform policy STACK --rules` lists the rules.");
    }

    private static List<(JsonElement Item, string At)> Items(string text, string key, WaiverProblems problems)
    {
        var found = new List<(JsonElement, string)>();
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepthRead });
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("waivers", out var list)
                || list.ValueKind != JsonValueKind.Array)
            {
                problems.Add(key, "has to be an object with the list `waivers`.");
                return found;
            }
            found.AddRange(list.EnumerateArray().Select((item, index) => (item.Clone(), $"{key}.waivers[{index}]")));
        }
        catch (JsonException)
        {
            problems.Add(key, "has to be an object with the list `waivers`.");
        }
        return found;
    }

    private static Waiver? Read(JsonElement item, string at, WaiverProblems problems)
    {
        var before = problems.All.Count;
        var rule = Text(item, "rule");
        if (rule is null || PolicyRules.All.All(known => known.Id != rule))
        {
            problems.Add($"{at}.rule", rule is null
                ? "is missing."
                : $"is '{rule}', and there is no such rule. {Nearest.DidYouMean(rule, PolicyRules.All.Select(known => known.Id))}".TrimEnd());
        }
        ImmutableArray<string> resources = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("resources", out var list)
            && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(pattern => pattern.ToString())] : [];
        if (resources.IsEmpty || resources.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add($"{at}.resources", "has to list names of resources, with * for any letters: a waiver of everything says [\"*\"].");
        }
        var reason = Text(item, "reason");
        if (string.IsNullOrWhiteSpace(reason))
        {
            problems.Add($"{at}.reason", "is missing.");
        }
        // Without quotes YAML reads a day as a time
        if (!DateOnly.TryParseExact(Text(item, "expires")?.Replace("T00:00:00Z", "", StringComparison.Ordinal), "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var expires))
        {
            problems.Add($"{at}.expires", "has to be a day, as 2027-06-30.");
        }
        var mayBeUnused = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("mayBeUnused", out var flag) && flag.ValueKind == JsonValueKind.True;
        return problems.All.Count == before ? new Waiver(rule!, resources, reason!, expires, mayBeUnused) : null;
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What is wrong with waivers, and where.</summary>
internal sealed class WaiverProblems(ConfigPlaces places)
{
    public List<FileProblem> All { get; } = [];

    public void Add(string key, string clause) => All.Add(places.About(key, clause));
}
