using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>A cluster whose nodes stand in a VPC, so that file systems, databases and load balancers can be placed beside them.</summary>
public interface IVpcCluster
{
    INetwork Network { get; }

    /// <summary>Security group of every node and, with the VPC CNI, of every pod.</summary>
    Output<string> NodeSecurityGroupId { get; }
}
