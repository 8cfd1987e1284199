using System.Collections.Immutable;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Routing;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>What a domain gives to the Ingresses of its hosts.</summary>
/// <param name="Certificates">Certificates of the hosts; none where the controller brings them itself.</param>
internal sealed record DomainIngress(IReadOnlyList<Certificate> Certificates)
{
    /// <summary>Hosts whose names are kept elsewhere.</summary>
    public static DomainIngress None { get; } = new([]);

    /// <summary>What routes the hosts where the settings of Studios name no controller; null where nothing does.</summary>
    public IngressController? Controller { get; init; }

    /// <summary>Annotations of the Ingresses whose values are known later.</summary>
    public ImmutableDictionary<string, Output<string>> Annotations { get; init; } = ImmutableDictionary<string, Output<string>>.Empty;
}

/// <summary>The zone of platform:dns, with what it takes to prove names in it: it is there before whatever its names lead to.</summary>
internal abstract record StackZone
{
    private StackZone()
    {
    }

    /// <summary>A zone of Route 53.</summary>
    public sealed record Route53(Route53Settings Settings, Route53Domain Domain) : StackZone;

    /// <summary>A zone of Cloud DNS.</summary>
    /// <param name="Settings">What the stack file says.</param>
    /// <param name="Domain">The zone.</param>
    /// <param name="Address">The address of the hosts of Studios; null where the stack has others only.</param>
    public sealed record CloudDns(CloudDnsSettings Settings, CloudDnsDomain Domain, StaticAddress? Address) : StackZone;

    /// <summary>Makes or finds the zone, and what has to run on the cluster before its names are of use.</summary>
    internal sealed class Opening(StackContext stack) : IDnsKinds<StackContext>
    {
        StackContext IDnsKinds<StackContext>.Route53(Route53Settings settings)
        {
            var domain = Route53Wiring.Domain(settings, stack);
            return ControllersWiring.Add(stack with { Zone = new Route53(settings, domain) }, domain.ZoneId);
        }

        StackContext IDnsKinds<StackContext>.CloudDns(CloudDnsSettings settings)
        {
            var (domain, address) = CloudDnsWiring.Names(settings, stack);
            return ControllersWiring.Add(stack with { Zone = new CloudDns(settings, domain, address) }, domain.ManagedZone);
        }
    }
}

/// <summary>Studios with the names of its hosts: the zone is there, with the certificates that Studios needs; the records that resolve to it follow.</summary>
internal static class DnsWiring
{
    public static StudiosOutputs Create(StackZone zone, StudiosSettings studios, StackContext stack) => zone switch
    {
        StackZone.Route53 route53 => Route53Wiring.Create(route53, studios, stack),
        StackZone.CloudDns cloudDns => CloudDnsWiring.Create(cloudDns, studios, stack),
        _ => throw new ArgumentOutOfRangeException(nameof(zone), zone, "There is no such zone."),
    };

    /// <summary>The names before there is anything behind them: all of the platform that does not need the Platform to run.</summary>
    public static DomainEdge CreateEarly(StackZone? zone, StudiosSettings studios, StackContext stack) => zone switch
    {
        StackZone.Route53 route53 => Route53Wiring.CreateEarly(route53, studios, stack),
        StackZone.CloudDns cloudDns => CloudDnsWiring.CreateEarly(cloudDns, studios, stack),
        _ => DomainEdge.None,
    };

    /// <summary>The hosts of Studios and the further ones of the Platform's frontend.</summary>
    internal static PlatformHosts Hosts(StudiosSettings studios, DnsSettings settings) =>
        StudiosChoices.For(studios).Address.Hosts with { Extra = settings.ExtraHosts };
}
