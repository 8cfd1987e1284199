using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Rehearsal.Comparing;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Auditing;

/// <summary>What runs: which software, in how many copies, with which rights, and what of it goes down.</summary>
internal static partial class WorkloadRules
{
    private static readonly FrozenDictionary<string, Safe> Rights = new Dictionary<string, Safe>(StringComparer.Ordinal)
    {
        ["privileged"] = Safe.Off,
        ["allowPrivilegeEscalation"] = Safe.Off,
        ["hostNetwork"] = Safe.Off,
        ["hostPID"] = Safe.Off,
        ["hostIPC"] = Safe.Off,
        ["automountServiceAccountToken"] = Safe.Off,
        ["runAsNonRoot"] = Safe.On,
        ["readOnlyRootFilesystem"] = Safe.On,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Versions = FrozenSet.Create(StringComparer.Ordinal, "engineVersion", "databaseVersion", "redisVersion",
        "minMasterVersion", "kubernetesVersion", "releaseVersion", "addonVersion", "majorEngineVersion", "maintenanceVersion", "nodeVersion",
        "platformVersion", "runtime");

    private static readonly FrozenSet<string> Versioned = FrozenSet.Create(StringComparer.Ordinal, "Cluster", "NodeGroup", "NodePool", "Domain", "Broker");

    public static IEnumerable<string> Image(ResourceChange change) => WeakenedRules.Changed(change).Where(property => Images().IsMatch(property.Path)
        && property.New is not null)
        .Select(WeakenedRules.Told);

    public static IEnumerable<string> Chart(ResourceChange change) => Types.Is(change.Type, "kubernetes", "Release", "Chart")
        ? WeakenedRules.Changed(change).Where(property => property.Path is "version" or "chart" or "repositoryOpts.repo").Select(WeakenedRules.Told) : [];

    public static IEnumerable<string> Version(ResourceChange change) => WeakenedRules.Changed(change).Where(property => !property.IsOption
        && (Versions.Contains(property.Path) || (property.Path == "version" && Versioned.Contains(Types.Kind(change.Type))))).Select(WeakenedRules.Told);

    public static IEnumerable<string> Restarted(ResourceChange change) => change.Restarts is { } words ? [words] : [];

    public static IEnumerable<string> Replaced(ResourceChange change) => change.Kind == ChangeKind.Replace && Types.Is(change.Type, "kubernetes",
        "Deployment", "StatefulSet", "DaemonSet", "Service", "Ingress", "Pod") ? [$"because of {string.Join(", ", change.Reasons)}"] : [];

    public static IEnumerable<string> Privileges(ResourceChange change)
    {
        if (Types.Package(change.Type) != "kubernetes" || change.New is null)
        {
            yield break;
        }
        // A new workload says what it needs: only rights that others have taken care not to give
        var isNew = change.Old is null;
        var changed = isNew ? PropertyChanges.All(change.New.Inputs(), DifferenceKind.Add) : WeakenedRules.Changed(change);
        foreach (var property in changed)
        {
            var name = property.Path[(property.Path.LastIndexOf('.') + 1)..];
            if (Rights.TryGetValue(name, out var safe) && WeakenedRules.IsWeaker(safe, property.Old, property.New) && (!isNew
                || name is not "automountServiceAccountToken"))
            {
                yield return WeakenedRules.Told(property);
            }
            else if (property.New is not null && (property.Path.Contains("capabilities.add", StringComparison.Ordinal)
                || (property.Path.EndsWith("hostPath.path", StringComparison.Ordinal) && !change.Type.EndsWith(":PersistentVolume", StringComparison.Ordinal))))
            {
                yield return WeakenedRules.Told(property);
            }
        }
    }

    /// <summary>What has no second one beside it while it restarts.</summary>
    public static IEnumerable<string> Downtime(ResourceChange change)
    {
        if (change.Restarts is null || change is not { Old: { } before, New: { } after })
        {
            return [];
        }
        var (old, @new) = (before.Inputs, after.Inputs);
        return (Types.Package(change.Type), Types.Kind(change.Type)) switch
        {
            ("kubernetes", "StatefulSet") when Replicas(old, absent: 1) == 1 && Replicas(@new, absent: 1) == 1 => ["spec.replicas: 1"],
            // A Deployment starts the new pod first, unless it is told not to
            ("kubernetes", "Deployment") when Replicas(old, absent: null) == 1 && Replicas(@new, absent: null) == 1 && StopsFirst(@new) => ["spec.replicas: 1"],
            ("aws", "Instance") when change.Type.Contains("rds/", StringComparison.Ordinal) && !@new.IsOn("multiAz") => ["multiAz is off"],
            ("aws", "ReplicationGroup") when @new.Number("numCacheClusters") == 1 || (@new.At("numCacheClusters") is null
                && !@new.IsOn("automaticFailoverEnabled"))
                => ["it has no node to fail over to"],
            ("aws", "Instance") => ["it is one machine"],
            ("gcp", "Instance") when change.Type.Contains("redis/", StringComparison.Ordinal)
                && @new.Text("tier") != "STANDARD_HA" => [$"tier: {@new.Text("tier") ?? "BASIC"}"],
            ("gcp", "DatabaseInstance") when @new.Text("settings.availabilityType") != "REGIONAL" => ["settings.availabilityType is not REGIONAL"],
            _ => [],
        };
    }

    private static double? Replicas(PropertyMap inputs, double? absent) => inputs.At("spec.replicas") is null ? absent : inputs.Number("spec.replicas");

    private static bool StopsFirst(PropertyMap inputs) => inputs.Text("spec.strategy.type") == "Recreate"
        || inputs.Number("spec.strategy.rollingUpdate.maxUnavailable") >= 1 || inputs.Text("spec.strategy.rollingUpdate.maxUnavailable") == "100%";

    [GeneratedRegex(@"(^|\.)(image|imageUri|imageId|ami|containers\[\d+\]\.image|image\.(tag|repository|digest))$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Images();
}
