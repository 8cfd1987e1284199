using Pulumi;

namespace Infra.Dns;

/// <summary>What a host's record points at.</summary>
public abstract record RecordTarget
{
    private RecordTarget()
    {
    }

    /// <summary>An A record to an IPv4 address.</summary>
    public sealed record Address(Input<string> IpAddress) : RecordTarget;

    /// <summary>A CNAME, or an alias where the zone offers one without a zone id.</summary>
    public sealed record HostName(Input<string> Name) : RecordTarget;

    /// <summary>A Route 53 alias to an AWS load balancer.</summary>
    public sealed record LoadBalancer(Input<string> DnsName, Input<string> HostedZoneId) : RecordTarget;
}
