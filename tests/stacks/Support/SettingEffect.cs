using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Tests.Stacks.Support;

/// <summary>What a plan does to what is deployed, in the words of the column "when changed".</summary>
internal static partial class SettingEffect
{
    private const string Refused = "refused: data would be lost";

    private const string OutputsAlone = "outputs alone";

    private const int Most = 3;

    // The words of Rehearsal.Planning.Restarts for pods, of which the workload's name says more
    private const string Rolls = "its pods are replaced one after another";
    private const string Stops = "all its pods stop before new ones start";

    // Values that numbers make anew, and objects whose name Pulumi chooses: what their readers do is what is noticed
    private static readonly string[] Unnoticed = ["random:", "tls:", "kubernetes:core/v1:Secret", "kubernetes:core/v1:ConfigMap"];

    // What is named first when more is replaced than can be named
    private static readonly string[] First =
    [
        "cluster", "VPC", "network", "subnetwork", "subnet", "database instance", "rds instance", "lustre file system", "file system", "filestore instance",
        "redis instance", "ec2 instance", "replication group", "zone", "managed zone", "node group", "node pool", "stateful set", "persistent volume claim",
        "persistent volume", "load balancer", "listener", "target group", "bucket", "certificate", "global address", "namespace", "service", "deployment", "service account", "role",
    ];

    // How the program refuses a change that Kubernetes would refuse, or that begins with an empty volume
    private static readonly string[] Refusals = ["it would be empty", "Kubernetes refuses", "cannot be changed"];

    /// <summary>The effect; null where the plan changes nothing, or fails for another reason than the data that would go.</summary>
    /// <param name="result">What the preview of the change gave.</param>
    /// <param name="before">The outputs without the change.</param>
    public static string? Of(RehearsalResult result, PropertyMap before)
    {
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            return result.Diagnostics.Any(said => said.Severity == DiagnosticSeverity.Error
                && Array.Exists(Refusals, words => said.Message.Contains(words, StringComparison.Ordinal))) ? Refused : null;
        }
        var steps = result.Plan.Steps
            .Where(step => step.Operation is not (Operation.Same or Operation.Read) && !step.Type.StartsWith("platform:", StringComparison.Ordinal)
                && step.Type != "pulumi:pulumi:Stack").ToList();
        var replaced = Nouns(steps, Operation.Replace);
        if (replaced.Contains("cluster"))
        {
            return "replaces the cluster, with all on it";
        }
        if (steps.Exists(step => step.Operation == Operation.Replace && step.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal)))
        {
            return "replaces all that stands there";
        }

        ImmutableArray<string?> first =
        [
            Listed("replaces", replaced),
            Named("restarts", steps.Where(step => Restarts.Of(step) == Rolls || step.Operation == Operation.Replace && IsPatched(step))),
            Named("stops, then starts", steps.Where(step => Restarts.Of(step) == Stops)),
            .. steps.Select(step => (Said: Restarts.Of(step), step.Type)).Where(step => step.Said is not (null or Rolls or Stops))
                .Select(step => Possessive().Replace(step.Said!, $"the {Noun(step.Type)}'s ")).Distinct(StringComparer.Ordinal),
            Named("upgrades the release", steps.Where(step => step.Operation == Operation.Update && step.Type == "kubernetes:helm.sh/v3:Release")),
        ];
        string?[] others = [Listed("adds", Nouns(steps, Operation.Create)), Listed("removes", Nouns(steps, Operation.Delete))];
        return string.Join("; ", first.OfType<string>()) is { Length: > 0 } noticed ? noticed
            : string.Join("; ", others.OfType<string>()) is { Length: > 0 } comes ? comes
            : steps.Count > 0 ? "in place"
            : Differ.Compare(before, result.Outputs).Count > 0 ? OutputsAlone
            : null;
    }

    /// <summary>How much of a platform an effect touches, to tell which of two is to be said.</summary>
    public static int Weight(string effect) => Array.FindIndex(
        [OutputsAlone, "in place", "adds", "removes", "upgrades", "restarts", "stops", "the ", "replaces", "refused"],
        beginning => effect.StartsWith(beginning, StringComparison.Ordinal));

    private static List<string> Nouns(List<PlanStep> steps, Operation operation) =>
    [
        .. steps.Where(step => step.Operation == operation && !step.Type.EndsWith("Patch", StringComparison.Ordinal)).Select(step => step.Type)
            .Where(type => !Array.Exists(Unnoticed, beginning => type.StartsWith(beginning, StringComparison.Ordinal)))
            .Select(Noun).Distinct(StringComparer.Ordinal)
            .OrderBy(noun => Array.IndexOf(First, noun) is >= 0 and var place ? place : First.Length),
    ];

    private static bool IsPatched(PlanStep step) => step.Type == "kubernetes:apps/v1:DeploymentPatch";

    private static string? Listed(string verb, List<string> nouns) => nouns.Count switch
    {
        0 => null,
        <= 2 => $"{verb} the {string.Join(", ", nouns)}",
        _ => $"{verb} the {nouns[0]} and more",
    };

    private static string? Named(string verb, IEnumerable<PlanStep> steps)
    {
        var names = steps.Select(step => Prefix().Replace(step.Name, "")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? null : $"{verb} {string.Join(", ", names.Take(Most))}{(names.Count > Most ? " and more" : "")}";
    }

    // "aws:eks/nodeGroup:NodeGroup" is a node group, "gcp:redis/instance:Instance" a redis instance
    private static string Noun(string type) =>
        Capital().Replace(type[(type.LastIndexOf(':') + 1)..], match => $" {match.Value.ToLowerInvariant()}").Trim() switch
        {
            "instance" => $"{type.Split(':', '/')[1]} instance",
            "vpc" or "eip" => type[(type.LastIndexOf(':') + 1)..].ToUpperInvariant(),
            var noun => noun,
        };

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Capital();

    [GeneratedRegex("^platform-(?=backend|cron)|^code-studio-.*-(?=studio$|webapp$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^its ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Possessive();
}
