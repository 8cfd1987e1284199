using System.Collections.Immutable;
using Pulumi;

namespace Infra.Networks;

/// <summary>A VPC that somebody else made; nothing in it is changed.</summary>
public sealed class ExistingNetwork : INetwork
{
    /// <summary>Names what there is; nothing is looked up, so that the number of subnets is known.</summary>
    /// <param name="vpcId">The VPC.</param>
    /// <param name="publicSubnetIds">One for each zone, tagged <c>kubernetes.io/role/elb</c>; none if load balancers are internal.</param>
    /// <param name="privateSubnetIds">One for each zone, tagged <c>kubernetes.io/role/internal-elb</c>, with a way out to the internet or to VPC endpoints.</param>
    /// <param name="controlPlaneSubnetIds">For the control plane; default the private ones.</param>
    public ExistingNetwork(
        string vpcId,
        ImmutableArray<string> publicSubnetIds,
        ImmutableArray<string> privateSubnetIds,
        ImmutableArray<string> controlPlaneSubnetIds)
    {
        VpcId = Output.Create(vpcId);
        PublicSubnets = Subnets(publicSubnetIds);
        PrivateSubnets = Subnets(privateSubnetIds);
        ControlPlaneSubnets = controlPlaneSubnetIds.IsEmpty ? PrivateSubnets : Subnets(controlPlaneSubnetIds);
    }

    public Output<string> VpcId { get; }

    public IReadOnlyList<NetworkSubnet> PublicSubnets { get; }

    public IReadOnlyList<NetworkSubnet> PrivateSubnets { get; }

    public IReadOnlyList<NetworkSubnet> ControlPlaneSubnets { get; }

    private static List<NetworkSubnet> Subnets(ImmutableArray<string> ids) => [.. ids.Select(id => new NetworkSubnet(id, Output.Create(id)))];
}
