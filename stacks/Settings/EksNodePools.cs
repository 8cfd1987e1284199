using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A managed node group.</summary>
public sealed record EksNodePoolSettings : IChecked
{
    [Setting(
        "EC2 instance types, all x86-64 or all Arm, all with the same kind of accelerator or all without; several for spot capacity.", Example = "[m7i.large, m6i.large]")]
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

    [Setting("Taints of the nodes.", Absent = "none; nvidia.com/gpu=true with GPUs, aws.amazon.com/neuron=true with Neuron devices, both noSchedule")]
    public ImmutableArray<NodeTaintSettings>? Taints { get; init; }

    [Setting("Operating system of the nodes. Another one makes the pool anew.")]
    public NodeSystem OperatingSystem { get; init; }

    [Setting(
        "Release of the image; nodes change when this line does. docs/aws.md says where to find the newest.",
        Absent = "the newest one when the pool is made or the Kubernetes version changes",
        Example = "1.35.6-20260728")]
    public string? Release { get; init; }

    [Setting("An image of your own, built from the one of EKS for this operating system.", Absent = "the image of EKS", Example = "ami-0123456789abcdef0")]
    [Form(Form.Ec2Image)]
    public string? Image { get; init; }

    [Setting(
        "What nodes are told when they start, in the open: for Amazon Linux parts that each are a NodeConfig of nodeadm, a shell script or a cloud-config; "
            + "for Bottlerocket one text, its settings in TOML.",
        Absent = "nothing further")]
    public ImmutableArray<string> UserData { get; init; } = [];

    [Setting("Put images, logs and emptyDir volumes on the disks that the machine itself has, as one array.")]
    public bool LocalDisks { get; init; }

    [Setting("Most nodes of a hundred that an update takes away at once, and never less than one node.")]
    [Range(1, 100)]
    public int MaxUnavailablePercent { get; init; } = EksNodePool.DefaultMaxUnavailablePercent;

    [Setting("What an update does first: add nodes, or remove them where a quota or scarce machines leave no others.")]
    public NodeUpdateStrategy UpdateStrategy { get; init; }

    /// <summary>What the instance types make of the image.</summary>
    internal EksNodeImage NodeImage
    {
        get
        {
            var family = Families.FirstOrDefault();
            return new(OperatingSystem, family?.IsArm ?? false, family?.Accelerator ?? Accelerator.None);
        }
    }

    /// <summary>The taints given, or what keeps nodes with accelerators for pods that ask for them.</summary>
    internal ImmutableArray<NodeTaintSettings> EffectiveTaints => Taints ?? NodeImage.Accelerator switch
    {
        Accelerator.Nvidia => [new() { Key = "nvidia.com/gpu", Value = "true" }],
        Accelerator.Neuron => [new() { Key = "aws.amazon.com/neuron", Value = "true" }],
        _ => [],
    };

    /// <summary>The families of the instance types, each once.</summary>
    internal IEnumerable<InstanceFamily> Families => InstanceTypes.Select(InstanceFamily.Of).Distinct();

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (InstanceTypes.IsEmpty)
        {
            yield return new(at[nameof(InstanceTypes)], "is empty", "one instance type or more", "instanceTypes: [m7i.large]");
        }

        if (Minimum > Maximum || Desired < Minimum || Desired > Maximum)
        {
            yield return new(
                at[nameof(Desired)], "does not lie between the fewest and the most nodes", $"{Minimum} to {Maximum}, with minimum not above maximum",
                "raise maximum or lower minimum", $"minimum {Minimum}, desired {Desired?.ToString() ?? "not given"}, maximum {Maximum}");
        }

        if (platform.Cluster is EksClusterSettings { Autoscaler: false } && Maximum != EksNodePool.DefaultMaximum && Maximum > (Desired ?? Minimum))
        {
            yield return SettingsProblem.Warning(
                at[nameof(Maximum)], "is read by nothing: without an autoscaler the pool keeps its number of nodes", "given with autoscaler: true",
                $"autoscaler: true, or desired: {Maximum}", $"{Maximum}");
        }

        foreach (var problem in EksImageRules.Broken(this, (platform.Cluster as EksClusterSettings)?.Version, at).Concat(EksPoolRules.Broken(this, at)))
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

        foreach (var problem in Metadata(pool.Labels, pool.EffectiveTaints, at))
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
