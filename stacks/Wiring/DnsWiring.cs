using System.Collections.Immutable;
using Infra.Dns;
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

/// <summary>Studios with the names of its hosts: a zone first, whose certificates Studios needs, then Studios, then the records that resolve to it.</summary>
internal sealed class DnsWiring(StudiosSettings studios, StackContext stack) : IDnsKinds<StudiosOutputs>
{
    public StudiosOutputs Route53(Route53Settings settings) => Route53Wiring.Create(settings, studios, stack);

    public StudiosOutputs CloudDns(CloudDnsSettings settings) => CloudDnsWiring.Create(settings, studios, stack);

    /// <summary>The names before there is anything behind them: all of the platform that does not need the Platform to run.</summary>
    /// <param name="studios">Studios, which give the hosts; null for the zone alone.</param>
    /// <param name="stack">The whole stack.</param>
    internal sealed class Early(StudiosSettings? studios, StackContext stack) : IDnsKinds<DomainEdge>
    {
        public DomainEdge Route53(Route53Settings settings) => Route53Wiring.CreateEarly(settings, studios, stack);

        public DomainEdge CloudDns(CloudDnsSettings settings) => CloudDnsWiring.CreateEarly(settings, studios, stack);
    }

    /// <summary>The hosts of Studios and the further ones of the Platform's frontend.</summary>
    internal static PlatformHosts Hosts(StudiosSettings studios, DnsSettings settings) =>
        StudiosChoices.For(studios).Address.Hosts with { Extra = settings.ExtraHosts };
}
