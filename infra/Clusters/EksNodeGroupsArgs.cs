using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>The nodes of an EKS cluster.</summary>
public sealed class EksNodeGroupsArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    public required Input<string> ClusterName { get; init; }

    /// <summary>Nodes follow the control plane to a new version.</summary>
    public required EksVersion Version { get; init; }

    /// <summary>Where nodes stand.</summary>
    public required IReadOnlyList<NetworkSubnet> Subnets { get; init; }

    public required ImmutableArray<EksNodePool> Pools { get; init; }

    /// <summary>Tags of instances, disks and network interfaces, which the provider's default tags do not reach.</summary>
    public required ImmutableDictionary<string, string> InstanceTags { get; init; }

    /// <summary>
    /// Key of the nodes' disks; its policy must admit the service-linked role of EC2 Auto Scaling, which only exists in accounts that have used it.
    /// Null for the account's own EBS key: these disks hold nothing that outlives the node.
    /// </summary>
    public Input<string>? DiskKeyArn { get; init; }
}
