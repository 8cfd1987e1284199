using Pulumi;

namespace Infra.Dns;

/// <summary>The names of the platform, the certificates that cover them, and the zone that holds their records.</summary>
public interface IDomain
{
    /// <summary>Hosts are plain values: they decide which rules, records and certificate names exist.</summary>
    PlatformHosts Hosts { get; }

    /// <summary>All certificates; together they cover every host of <see cref="Hosts"/>. None where a load balancer brings its own.</summary>
    IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>Creates the record of one host; <paramref name="name"/> is the logical name of the resource.</summary>
    Resource AddRecord(string name, DomainName host, RecordTarget target, CustomResourceOptions? options = null);
}

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

/// <summary>The names under which people and sessions reach the platform.</summary>
/// <param name="Platform">Host of the Seqera Platform itself.</param>
/// <param name="Connect">Host of connect-proxy.</param>
/// <param name="Sessions">How sessions are told apart.</param>
/// <param name="Extra">Further hosts that need a record and a certificate name (Workbench, content domain, own SSH host).</param>
public sealed record PlatformHosts(DomainName Platform, DomainName Connect, SessionRouting Sessions, IReadOnlyList<DomainName> Extra)
{
    /// <summary>Every name that must resolve, exact hosts before the wildcard, without repetition.</summary>
    public IReadOnlyList<DomainName> All
    {
        get
        {
            List<DomainName> names = [Platform, Connect, .. Extra];
            if (Sessions is SessionRouting.Subdomain subdomain)
            {
                names.Add(subdomain.Wildcard);
            }

            return [.. names.Distinct()];
        }
    }
}

/// <summary>How a browser reaches one Studio session: by a host of its own, or by a path below the connect host.</summary>
public abstract record SessionRouting
{
    private SessionRouting()
    {
    }

    /// <summary>Every session has its own host below <paramref name="Wildcard"/>.</summary>
    public sealed record Subdomain(DomainName Wildcard) : SessionRouting;

    /// <summary>All sessions share the connect host (Platform 25.2 and connect 0.8.2 or newer); no wildcard record or certificate exists.</summary>
    public sealed record Path : SessionRouting;

    /// <summary>The vendor's rule: sessions live beside the connect host, so the wildcard stands for its first label.</summary>
    public static SessionRouting BesideConnect(DomainName connect) => new Subdomain(connect.Parent().Wildcard());
}
