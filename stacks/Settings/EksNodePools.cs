using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A managed node group.</summary>
public sealed record EksNodePoolSettings : IChecked
{
    [Setting("EC2 instance types, all x86-64 or all Graviton; several for spot capacity.", Example = "[m7i.large, m6i.large]")]
    [Form(Form.Ec2InstanceType)]
    [Fewest(1)]
    public required ImmutableArray<string> InstanceTypes { get; init; }

    [Setting("Fewest nodes.")]
    [Range(0, 450)]
    public int Minimum { get; init; } = EksNodePool.DefaultMinimum;

    [Setting("Most nodes.")]
    [Range(1, 450)]
    public int Maximum { get; init; } = EksNodePool.DefaultMaximum;

    [Setting("Nodes: at first with autoscaler: true, which decides afterwards; always without it.", Absent = "the fewest")]
    [Range(0, 450)]
    public int? Desired { get; init; }

    [Setting("Use spare capacity, which is cheap and which AWS takes back at two minutes' notice.")]
    public bool Spot { get; init; }

    [Setting("Disk of each node in GiB, for images, logs and emptyDir volumes.")]
    [Range(20, 16384)]
    public int DiskGiB { get; init; } = EksNodePool.DefaultDiskGiB;

    [Setting("Labels of the nodes.", Absent = "none", Example = "{ workload: pipelines }")]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Taints of the nodes.", Absent = "none")]
    public ImmutableArray<NodeTaintSettings> Taints { get; init; } = [];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (InstanceTypes.IsEmpty)
        {
            yield return new(at[nameof(InstanceTypes)], "is empty", "one instance type or more", "instanceTypes: [m7i.large]");
        }

        if (InstanceTypes.Select(ProcessorArchitecture.IsArm).Distinct().Count() > 1)
        {
            yield return new(
                at[nameof(InstanceTypes)], "mixes x86-64 and Graviton, and one node group has one machine image", "instance types of one architecture",
                "make a pool for each", string.Join(", ", InstanceTypes));
        }

        if (Minimum > Maximum || Desired < Minimum || Desired > Maximum)
        {
            yield return new(
                at[nameof(Desired)], "does not lie between the fewest and the most nodes", $"{Minimum} to {Maximum}, with minimum not above maximum",
                "raise maximum or lower minimum", $"minimum {Minimum}, desired {Desired?.ToString() ?? "not given"}, maximum {Maximum}");
        }

        foreach (var (index, type) in InstanceTypes.Index().Where(entry => ProcessorArchitecture.Accelerator(entry.Item) is not null))
        {
            yield return new(
                at[nameof(InstanceTypes)][index],
                $"has {ProcessorArchitecture.Accelerator(type)}, and the image of these nodes has no driver for them, so that pods would never see one",
                "instance types without accelerators",
                "for example m7i.xlarge; run work on accelerators in an environment of AWS Batch (docs/aws.md, Not supported)",
                type);
        }

        if (platform.Cluster is EksClusterSettings { Autoscaler: false } && Maximum != EksNodePool.DefaultMaximum && Maximum > (Desired ?? Minimum))
        {
            yield return SettingsProblem.Warning(
                at[nameof(Maximum)], "is read by nothing: without an autoscaler the pool keeps its number of nodes", "given with autoscaler: true",
                $"autoscaler: true, or desired: {Maximum}", $"{Maximum}");
        }

        foreach (var problem in EksPoolRules.Broken(this, at))
        {
            yield return problem;
        }
    }
}

/// <summary>Keeps pods that do not tolerate it away from a node.</summary>
public sealed record NodeTaintSettings
{
    [Setting("Key of the taint.", Example = "workload")]
    [Length(1, 63)]
    public required string Key { get; init; }

    [Setting("Value of the taint.", Absent = "no value")]
    public string Value { get; init; } = "";

    [Setting("What happens to pods without a toleration.")]
    public NodeTaintEffect Effect { get; init; } = NodeTaintEffect.NoSchedule;

    internal NodeTaint Taint => new(Key, Value, Effect);
}

/// <summary>What EKS and Kubernetes refuse of node groups, beyond the single values.</summary>
internal static partial class EksPoolRules
{
    // EKS user guide, "Managed node group capacity types": 20 at most.
    private const int MostInstanceTypes = 20;

    // Kubernetes documentation, "Labels and Selectors".
    private const int LongestValue = 63;

    public static IEnumerable<SettingsProblem> Broken(EksNodePoolSettings pool, SettingPath at)
    {
        if (pool.InstanceTypes.Length > MostInstanceTypes)
        {
            yield return new(
                at[nameof(pool.InstanceTypes)], "has more entries than EKS takes", $"1 to {MostInstanceTypes} instance types",
                "keep those with the most spare capacity, or make a second pool", $"{pool.InstanceTypes.Length}");
        }

        foreach (var problem in Metadata(pool.Labels, pool.Taints, at))
        {
            yield return problem;
        }
    }

    /// <summary>What is no label or taint of a node.</summary>
    public static IEnumerable<SettingsProblem> Metadata(
        ImmutableSortedDictionary<string, string> labels, ImmutableArray<NodeTaintSettings> taints, SettingPath at)
    {
        foreach (var (key, value) in labels)
        {
            if (!Key().IsMatch(key) || IsReserved(key))
            {
                yield return new(
                    at[nameof(EksNodePoolSettings.Labels)].Entry(key),
                    IsReserved(key) ? "has a prefix that Kubernetes keeps for itself, and the nodes would never join" : "is no key of a Kubernetes label",
                    "up to 63 letters, digits, inner hyphens, dots and underscores, with or without a domain of your own and a slash before them",
                    "for example workload, or example.com/workload");
            }
            else if (value.Length > LongestValue || !Value().IsMatch(value))
            {
                yield return new(
                    at[nameof(EksNodePoolSettings.Labels)].Entry(key), "is no value of a Kubernetes label", "up to 63 letters, digits, inner hyphens, dots and underscores",
                    "for example pipelines", value);
            }
        }

        foreach (var (index, taint) in taints.Index())
        {
            var place = at[nameof(EksNodePoolSettings.Taints)][index];
            if (!Key().IsMatch(taint.Key))
            {
                yield return new(
                    place[nameof(taint.Key)],
                    "is no key of a Kubernetes taint",
                    "up to 63 letters, digits, inner hyphens, dots and underscores, with or without a domain and a slash before them",
                    "for example workload",
                    taint.Key);
            }

            if (taint.Value.Length > LongestValue || !Value().IsMatch(taint.Value))
            {
                yield return new(
                    place[nameof(taint.Value)], "is no value of a Kubernetes taint", "up to 63 letters, digits, inner hyphens, dots and underscores",
                    "for example pipelines", taint.Value);
            }
        }
    }

    // Kubelet refuses its own domains in --node-labels, but for these two prefixes (Kubernetes documentation, "Well-Known Labels"; KEP 279); EKS refuses its
    // domain.
    public static bool IsReserved(string key)
    {
        var prefix = key.Contains('/', StringComparison.Ordinal) ? key[..key.IndexOf('/', StringComparison.Ordinal)] : "";
        return prefix is not ("node.kubernetes.io" or "kubelet.kubernetes.io")
            && new[] { "kubernetes.io", "k8s.io", "eks.amazonaws.com" }.Any(domain => prefix == domain || prefix.EndsWith(
                $".{domain}",
                StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\A([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
