using System.Collections.Immutable;
using Infra.Clusters;
using Pulumi;

namespace Stacks;

/// <summary>What a bastion, a runner or another stack needs to stand beside the cluster and to reach it.</summary>
/// <param name="Name">Name of the cluster in its cloud.</param>
/// <param name="Location">Its region, or the zone of a zonal GKE cluster.</param>
[Exported]
public sealed record ClusterOutputs(Output<string> Name, Output<string> Location)
{
    /// <summary>VPC of an EKS cluster, or network of a GKE cluster.</summary>
    public required Output<string> Network { get; init; }

    /// <summary>Subnets in which nodes stand and a runner can, too: one for each zone on AWS, one in all on Google Cloud.</summary>
    public required Output<ImmutableArray<string>> Subnets { get; init; }

    /// <summary>
    /// Security group of API server and nodes of an EKS cluster: a member reaches the private endpoint, others by cluster.eks.privateAccess; null on GKE.
    /// </summary>
    public Output<string>? SecurityGroup { get; init; }

    /// <summary>Null for a cluster that is reached by kubeconfig, of whose network nothing is known.</summary>
    public static ClusterOutputs? Of(ICluster? cluster) => cluster switch
    {
        IEksCluster eks => new ClusterOutputs(eks.Name, eks.Location)
        {
            Network = eks.Network.VpcId,
            Subnets = Output.All(eks.Network.PrivateSubnets.Select(subnet => subnet.Id)),
            SecurityGroup = eks.NodeSecurityGroupId,
        },
        IGkeCluster gke => new ClusterOutputs(gke.Name, gke.Location)
        {
            Network = gke.Network.NetworkId,
            Subnets = gke.Network.SubnetworkId.Apply(subnetwork => ImmutableArray.Create(subnetwork)),
        },
        _ => null,
    };
}
