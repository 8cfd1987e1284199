using System.Collections.Immutable;
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

/// <summary>One subnet of a network; how many there are is known before anything exists.</summary>
/// <param name="Key">Tells it from its siblings in logical names: the zone's slot, or the id of an adopted subnet.</param>
/// <param name="Id">The subnet's id; resolves when the routes that the program makes for it lead out.</param>
public sealed record NetworkSubnet(string Key, Output<string> Id);

/// <summary>A VPC that exists already; nothing in it is changed.</summary>
public sealed class ExistingNetwork : INetwork
{
    /// <summary>Names what there is; nothing is looked up, so that the number of subnets is known.</summary>
    /// <param name="vpcId">The VPC.</param>
    /// <param name="publicSubnetIds">One for each zone, tagged <c>kubernetes.io/role/elb</c>; none if load balancers are internal.</param>
    /// <param name="privateSubnetIds">
    /// One for each zone, tagged <c>kubernetes.io/role/internal-elb</c>, with a way out to the internet or to VPC endpoints.
    /// </param>
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
