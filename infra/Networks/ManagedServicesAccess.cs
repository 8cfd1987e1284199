using Pulumi;
using Pulumi.Gcp.Compute;
using Pulumi.Gcp.ServiceNetworking;

namespace Infra.Networks;

/// <summary>Private services access: addresses of a network that Google's managed services may use, and the peering that leads to them.</summary>
public sealed class ManagedServicesAccess : ComponentResource
{
    private const string Token = "platform:networks:ManagedServicesAccess";

    /// <summary>The network; resolves when services can be placed beside it, and is let go only after they are gone.</summary>
    [Output("networkId")]
    public Output<string> NetworkId { get; private set; }

    public ManagedServicesAccess(string name, ManagedServicesAccessArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var range = new GlobalAddress(
            $"{name}-range",
            new GlobalAddressArgs
            {
                AddressType = "INTERNAL",
                Purpose = "VPC_PEERING",
                Network = args.NetworkId,
                Address = args.Block.Text.Split('/')[0],
                PrefixLength = args.Block.PrefixLength,
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        NetworkId = new Connection(
            name,
            new ConnectionArgs { Network = args.NetworkId, Service = "servicenetworking.googleapis.com", ReservedPeeringRanges = { range.Name } },
            new CustomResourceOptions { Parent = this, Protect = args.Protected }).Network;
        RegisterOutputs();
    }
}
