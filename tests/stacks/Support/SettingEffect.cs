using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rehearsal.Planning;

namespace Tests.Stacks.Support;

/// <summary>What a plan does to what is deployed, in the words of the column "when changed".</summary>
internal static partial class SettingEffect
{
    public const string Refused = "refused, because data would be lost";

    private const int Most = 3;

    private const string Pods = "its pods are replaced one after another";

    private static readonly string[] Clusters = ["aws:eks/cluster:Cluster", "gcp:container/cluster:Cluster"];

    // Values that numbers make anew, objects whose name Pulumi chooses, and patches that settle by replacement: what their readers do is what is noticed
    private static readonly string[] Unnoticed = ["random:", "tls:", "kubernetes:core/v1:Secret", "kubernetes:core/v1:ConfigMap"];

    /// <summary>The effect; null for a plan that changes nothing.</summary>
    public static string? Of(Plan plan)
    {
        var steps = plan.Steps
            .Where(step => step.Operation is not (Operation.Same or Operation.Read) && !step.Type.StartsWith("platform:", StringComparison.Ordinal)
                && step.Type != "pulumi:pulumi:Stack").ToList();
        var replaced = Types(steps, Operation.Replace).Where(type => !type.EndsWith("Patch", StringComparison.Ordinal)).ToList();
        if (replaced.Intersect(Clusters).Any())
        {
            return "replaces the cluster, with all on it";
        }

        ImmutableArray<string?> parts =
        [
            Listed("replaces", replaced),
            Named("restarts", steps.Where(step => Restarts.Of(step) == Pods || step.Operation == Operation.Replace && IsPatched(step))),
            .. steps.Select(step => (Said: Restarts.Of(step), step.Type)).Where(step => step.Said is not null && step.Said != Pods)
                .Select(step => step.Said!.Replace("its ", $"the {Noun(step.Type)}'s ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal),
            Named("upgrades the release", steps.Where(step => step.Operation == Operation.Update && step.Type == "kubernetes:helm.sh/v3:Release")),
            Listed("adds", Types(steps, Operation.Create)),
            Listed("removes", Types(steps, Operation.Delete)),
        ];
        var said = string.Join("; ", parts.OfType<string>());
        return steps.Count == 0 ? null : said.Length == 0 ? "in place" : said;
    }

    /// <summary>How much of a platform an effect touches, to tell which of two is to be said.</summary>
    public static int Weight(string effect) => Array.FindIndex(["in place", "adds", "removes", "upgrades", "restarts", "the ", "replaces", "refused"],
        beginning => effect.StartsWith(beginning, StringComparison.Ordinal));

    private static IEnumerable<string> Types(List<PlanStep> steps, Operation operation) => steps
        .Where(step => step.Operation == operation).Select(step => step.Type)
        .Where(type => !Array.Exists(Unnoticed, beginning => type.StartsWith(beginning, StringComparison.Ordinal)))
        .Distinct(StringComparer.Ordinal);

    private static bool IsPatched(PlanStep step) => step.Type == "kubernetes:apps/v1:DeploymentPatch";

    private static string? Listed(string verb, IEnumerable<string> types)
    {
        var nouns = types.Select(Noun).Distinct(StringComparer.Ordinal).ToList();
        return nouns.Count == 0 ? null
            : $"{verb} the {string.Join(", ", nouns.Take(Most))}{(nouns.Count > Most ? " and more" : "")}";
    }

    private static string? Named(string verb, IEnumerable<PlanStep> steps)
    {
        var names = steps.Select(step => Prefix().Replace(step.Name, "")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? null : $"{verb} {string.Join(", ", names.Take(Most))}{(names.Count > Most ? " and more" : "")}";
    }

    // "aws:eks/nodeGroup:NodeGroup" is a node group
    private static string Noun(string type) => Capital().Replace(type[(type.LastIndexOf(':') + 1)..], match => $" {match.Value.ToLowerInvariant()}").Trim();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Capital();

    [GeneratedRegex("^platform-(?=backend|cron)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();
}
