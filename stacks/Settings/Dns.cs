using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Where the names of the platform are kept.</summary>
[ExactlyOne(nameof(Route53), nameof(CloudDns))]
public sealed record DnsSettings
{
    [Setting("A zone of Route 53, with a certificate of AWS Certificate Manager and a load balancer.")]
    public Route53Settings? Route53 { get; init; }

    [Setting("A zone of Cloud DNS, with an address that is known first, and a Gateway or an Ingress of GKE.")]
    public CloudDnsSettings? CloudDns { get; init; }
}
