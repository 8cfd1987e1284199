using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Where the names of the platform are kept.</summary>
[ExactlyOne(nameof(Route53))]
public sealed record DnsSettings
{
    [Setting("A zone of Route 53, with a certificate of AWS Certificate Manager and a load balancer.")]
    public Route53Settings? Route53 { get; init; }
}
