using System.Collections.Immutable;
using Rehearsal.Comparing;

namespace Rehearsal.Auditing;

/// <summary>What is worth a second look in a comparison, the gravest first; the same for the same comparison, byte for byte.</summary>
internal sealed record Audit(Comparison Comparison, ImmutableArray<Finding> Findings)
{
    /// <summary>Applies every rule to every change.</summary>
    public static Audit Of(Comparison comparison)
    {
        var findings = from change in comparison.Changes
                       from rule in Rules.All
                       from detail in rule.Find(change).Distinct(StringComparer.Ordinal)
                       select new Finding(rule, change, detail);
        // A stable sort: within a severity in the order of the tree
        return new Audit(comparison, [.. findings.OrderByDescending(finding => finding.Severity)]);
    }

    /// <summary>How many findings there are of each severity, the gravest first.</summary>
    public IEnumerable<(Severity Severity, int Count)> Counts => Findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key)
        .Select(group => (group.Key, group.Count()));

    /// <summary>The findings in one line: <c>1 critical, 3 low</c>.</summary>
    public string Summary => Findings.IsEmpty ? "no findings" : string.Join(", ", Counts.Select(count => $"{count.Count} {count.Severity.Word()}"));

    /// <summary>Whether a finding is as grave as that, or graver.</summary>
    public bool Reaches(Severity? limit) => limit is { } grave && Findings.Any(finding => finding.Severity >= grave);
}

/// <summary>A rule that a change of a resource meets.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Change">The change.</param>
/// <param name="Detail">What it was, without any secret: a property, a value; empty when the change itself is.</param>
internal sealed record Finding(Rule Rule, ResourceChange Change, string Detail)
{
    public Severity Severity => Rule.Severity;
}

/// <summary>One kind of risk.</summary>
/// <param name="Id">Its name in reports: never changes once it is given.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Title">What happens, in a few words.</param>
/// <param name="Reason">Why that is worth a look, in one sentence.</param>
/// <param name="Find">What of a change meets it; nothing when none does.</param>
internal sealed record Rule(string Id, Severity Severity, string Title, string Reason, Func<ResourceChange, IEnumerable<string>> Find);

/// <summary>How grave a finding is.</summary>
internal enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>The words of severities.</summary>
internal static class Severities
{
    public static readonly ImmutableArray<string> Words = [.. Enum.GetValues<Severity>().Select(Word)];

    public static string Word(this Severity severity) => severity switch
    {
        Severity.Low => "low",
        Severity.Medium => "medium",
        Severity.High => "high",
        _ => "critical",
    };
}
