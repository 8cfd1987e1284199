using Infra.Dns;
using Pulumi;
using Pulumi.Gcp.Compute;

namespace Infra.LoadBalancing;

/// <summary>A reserved global IPv4 address of Google Cloud: known before the load balancer that answers at it, so that DNS records never wait for one.</summary>
public sealed class StaticAddress : ComponentResource
{
    private const string Token = "platform:loadBalancing:StaticAddress";

    /// <summary>Physical name; resolves when the address is reserved.</summary>
    [Output("addressName")]
    public Output<string> AddressName { get; private set; }

    /// <summary>The address in dotted form.</summary>
    [Output("ipAddress")]
    public Output<string> IpAddress { get; private set; }

    public RecordTarget Target => new RecordTarget.Address(IpAddress);

    public StaticAddress(string name, StaticAddressArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var address = new GlobalAddress(
            name,
            new GlobalAddressArgs { Name = args.AddressName, AddressType = "EXTERNAL", IpVersion = "IPV4" },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        AddressName = address.Name;
        IpAddress = address.Address;
        RegisterOutputs();
    }
}
