using Pulumi;

namespace Infra.LoadBalancing;

/// <summary>What a reserved address is called.</summary>
public sealed class StaticAddressArgs : ResourceArgs
{
    /// <summary>Physical name, by which Gateways and Ingresses refer to it (<see cref="Naming.GcpNameRule.Compute"/>).</summary>
    public required string AddressName { get; init; }

    /// <summary>Refuse deletion through Pulumi. Default false.</summary>
    public bool Protected { get; init; }
}
