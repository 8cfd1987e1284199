namespace Infra.Networks;

/// <summary>What a subnet is for, which decides where its default route goes.</summary>
public enum SubnetTier
{
    /// <summary>Load balancers and NAT gateways; default route to the internet gateway.</summary>
    Public,

    /// <summary>Nodes, pods and managed services; default route to a NAT gateway.</summary>
    Private,

    /// <summary>The network interfaces of the EKS control plane; no route out of the VPC.</summary>
    Intra,
}
