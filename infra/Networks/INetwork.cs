using Pulumi;

namespace Infra.Networks;

/// <summary>A VPC, made by this program or adopted, as far as what stands in it may know it.</summary>
public interface INetwork
{
    Output<string> VpcId { get; }

    /// <summary>One for each zone; load balancers that face the internet stand here. Empty where the VPC has none.</summary>
    IReadOnlyList<NetworkSubnet> PublicSubnets { get; }

    /// <summary>One for each zone; nodes, file systems and databases stand here.</summary>
    IReadOnlyList<NetworkSubnet> PrivateSubnets { get; }

    /// <summary>Subnets for the network interfaces of an EKS control plane, in two zones at least.</summary>
    IReadOnlyList<NetworkSubnet> ControlPlaneSubnets { get; }
}
