using System.Collections.Immutable;
using Rehearsal.Auditing;
using Rehearsal.Graph;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Policies;

/// <summary>A place of a plan that breaks a rule.</summary>
/// <param name="Rule">The rule; null for a waiver that expired or that nothing needs.</param>
/// <param name="Urn">The resource; null as above.</param>
/// <param name="Path">The property.</param>
/// <param name="Found">What is there, without secrets: <c>is absent</c>, <c>is true</c>.</param>
/// <param name="Waiver">Who took responsibility for it; null when nobody did.</param>
internal sealed record PolicyFinding(PolicyRule? Rule, Urn? Urn, string Path, string Found, Waiver? Waiver)
{
    /// <summary>Ids of findings about waivers themselves.</summary>
    public const string ExpiredWaiver = "policy/expired-waiver";

    public const string UnusedWaiver = "policy/unused-waiver";

    public string Id { get; init; } = Rule?.Id ?? "";

    public Severity Severity { get; init; } = Rule?.Severity ?? Severity.Medium;

    /// <summary>Where the waiver stands that it is about; null of a resource.</summary>
    public FilePlace? Place { get; init; }

    /// <summary>Whether somebody has to look at it.</summary>
    public bool IsOpen { get; init; } = Waiver is null;
}

/// <summary>What came of a check.</summary>
/// <param name="Findings">By resource, place and rule; those that are waived too.</param>
/// <param name="Resources">How many resources were looked at.</param>
/// <param name="Unknown">How many of their properties only a deployment knows; no rule is broken by those.</param>
internal sealed record PolicyResult(ImmutableArray<PolicyFinding> Findings, int Resources, int Unknown)
{
    public IEnumerable<PolicyFinding> Open => Findings.Where(finding => finding.IsOpen);

    /// <summary>The same, with the places of waivers.</summary>
    /// <param name="key">The key that holds them.</param>
    /// <param name="places">Where the settings stand.</param>
    public PolicyResult At(string key, ConfigPlaces places) => this with
    {
        Findings = [.. Findings.Select(finding => finding.Rule is null ? finding with { Place = places.Find($"{key}.{finding.Path}") } : finding)],
    };
}

/// <summary>Holds a plan to the rules.</summary>
internal static class PolicyCheck
{
    /// <summary>Checks.</summary>
    /// <param name="states">What the plan leaves behind.</param>
    /// <param name="waivers">Exceptions.</param>
    /// <param name="today">The day on which they have to hold.</param>
    public static PolicyResult Run(IEnumerable<ResourceState> states, ImmutableArray<Waiver> waivers, DateOnly today)
    {
        var plan = new PolicyPlan(states);
        var rules = PolicyRules.All.SelectMany(rule => rule.Types.Select(type => (type, rule))).ToLookup(entry => entry.type, entry => entry.rule,
            StringComparer.Ordinal);
        var used = new HashSet<Waiver>(ReferenceEqualityComparer.Instance);
        var findings = new List<PolicyFinding>();
        foreach (var resource in plan.Resources)
        {
            foreach (var rule in rules[resource.Type])
            {
                var waiver = waivers.FirstOrDefault(entry => entry.Rule == rule.Id && entry.Names(resource.Urn));
                foreach (var place in rule.Find(resource, plan).Distinct())
                {
                    if (waiver is not null)
                    {
                        used.Add(waiver);
                    }
                    findings.Add(new PolicyFinding(rule, resource.Urn, place.Path, Words(rule, place), waiver?.Expires < today ? null : waiver));
                }
            }
        }
        var ordered = findings.OrderBy(finding => finding.Urn!.Value, StringComparer.Ordinal).ThenBy(finding => finding.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal);
        return new PolicyResult(
            [.. ordered, .. waivers.SelectMany((waiver, index) => About(waiver, index, used.Contains(waiver), today))],
            plan.Resources.Length,
            plan.Resources.Count(resource => resource.State.Inputs.ContainsUnknowns));
    }

    private static IEnumerable<PolicyFinding> About(Waiver waiver, int index, bool isUsed, DateOnly today)
    {
        var at = $"waivers[{index}]";
        if (waiver.Expires < today)
        {
            yield return new PolicyFinding(Rule: null, Urn: null, at, $"of {waiver.Rule} expired on {waiver.Expires:yyyy-MM-dd}", Waiver: null)
            {
                Id = PolicyFinding.ExpiredWaiver,
            };
        }
        if (!isUsed && !waiver.MayBeUnused)
        {
            yield return new PolicyFinding(Rule: null, Urn: null, at, $"of {waiver.Rule} for {string.Join(", ", waiver.Resources)} is needed by nothing",
                Waiver: null)
            {
                Id = PolicyFinding.UnusedWaiver,
                Severity = Severity.Low,
            };
        }
    }

    // A value is shown where it is short: what a policy document says is a page
    private static string Words(PolicyRule rule, PropertyPlace place)
    {
        const int Longest = 60;
        if (place.IsAbsent)
        {
            return "is absent";
        }
        // What a rule about secrets finds in the open is one all the same
        var isSecret = place.Found is { ContainsSecrets: true } || (place.Text is not null && rule.Id.StartsWith(SecretRules.Set, StringComparison.Ordinal));
        var text = isSecret ? PropertyMask.Text : place.Found!.ToString();
        return text.Length <= Longest ? $"is {text}" : "is broader";
    }
}
