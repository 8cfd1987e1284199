using System.Collections.Immutable;

namespace Infra.Clusters;

/// <summary>One managed node group.</summary>
/// <param name="Name">Its key in the stack file and part of its name.</param>
/// <param name="InstanceTypes">EC2 instance types; several for spot capacity, so that one being scarce does not matter.</param>
public sealed record EksNodePool(string Name, ImmutableArray<string> InstanceTypes)
{
    public const int DefaultMinimum = 1;
    public const int DefaultMaximum = 3;
    public const int DefaultDiskGiB = 80;

    /// <summary>Fewest nodes; 0 only where an autoscaler can add the first one. Default 1.</summary>
    public int Minimum { get; init; } = DefaultMinimum;

    /// <summary>Most nodes. Default 3.</summary>
    public int Maximum { get; init; } = DefaultMaximum;

    /// <summary>Nodes at first; an autoscaler decides afterwards. Default 2.</summary>
    public int Desired { get; init; } = 2;

    /// <summary>Spare capacity that AWS takes back at two minutes' notice. Default false.</summary>
    public bool Spot { get; init; }

    /// <summary>Size of the node's disk in GiB, for images, logs and emptyDir volumes. Default 80.</summary>
    public int DiskGiB { get; init; } = DefaultDiskGiB;

    /// <summary>Graviton processors. Default false: Seqera's connect images are made for x86-64 only.</summary>
    public bool Arm { get; init; }

    /// <summary>Labels of the nodes. Default none.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Taints of the nodes. Default none.</summary>
    public ImmutableArray<NodeTaint> Taints { get; init; } = [];

    /// <summary>Type of the machine image in the EKS API: Amazon Linux 2023, the only Linux of Amazon that EKS still builds from Kubernetes 1.33 on.</summary>
    public string AmiType => Arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
}
