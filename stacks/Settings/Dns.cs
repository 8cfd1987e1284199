using System.Collections.Immutable;
using Infra.Dns;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Where the names of the platform are kept.</summary>
[Kind<Route53Settings>("route53", "A zone of Route 53, with a certificate of AWS Certificate Manager and a load balancer.")]
[Kind<CloudDnsSettings>("cloudDns", "A zone of Cloud DNS, with an address that is known first, and a Gateway or an Ingress of GKE.")]
public abstract record DnsSettings
{
    private protected DnsSettings()
    {
    }

    /// <summary>The zone that holds the hosts of the platform.</summary>
    public abstract DomainName Zone { get; init; }

    /// <summary>The Platform's frontend, where this cluster answers at its host as well.</summary>
    public abstract PlatformServiceSettings? PlatformService { get; init; }

    /// <summary>Further hosts of the Platform's frontend.</summary>
    public abstract ImmutableArray<DomainName> ExtraHosts { get; init; }

    public abstract T Match<T>(IDnsKinds<T> kinds);

    /// <summary>The hosts that the zone serves; those of Studios only if they are well formed.</summary>
    internal IReadOnlyList<DomainName> HostsOf(StudiosSettings? studios) =>
        studios is null ? ExtraHosts : studios.HostsWith(ExtraHosts)?.All ?? [];

    /// <summary>The same of a whole stack, in which a host by Docker Compose may be in place of Studios.</summary>
    internal IReadOnlyList<DomainName> HostsOf(PlatformSettings platform) =>
        platform is { Studios: null, Compose: { Host: not null } compose } ? compose.HostsWith(ExtraHosts).All : HostsOf(platform.Studios);

    /// <summary>Whether the zone holds the hosts, and whether something answers at them.</summary>
    private protected IEnumerable<SettingsProblem> CheckHosts(PlatformSettings platform, SettingPath at)
    {
        foreach (var host in HostsOf(platform).Where(host => !Route53Domain.IsInZone(host, Zone)))
        {
            yield return new(
                at[nameof(Zone)], $"does not hold {host}", "a zone at or above every host of the platform",
                $"zone: {(host.Labels.Count > 2 ? host.Parent() : host)}, or other hosts", Zone.Text);
        }

        if (!ExtraHosts.IsEmpty && PlatformService is null && platform.Compose?.Host is null)
        {
            yield return new(
                at[nameof(ExtraHosts)], "are hosts of the Platform's frontend, and platformService does not say where that is",
                "no further hosts, or platformService beside them", "platformService: {}", string.Join(", ", ExtraHosts));
        }
    }
}

/// <summary>Something to do for each kind of DNS.</summary>
public interface IDnsKinds<out T>
{
    T Route53(Route53Settings settings);

    T CloudDns(CloudDnsSettings settings);
}

/// <summary>The Service of the Platform's frontend, in the namespace that Studios shares with it.</summary>
public sealed record PlatformServiceSettings
{
    [Setting("Name of the Service.")]
    public KubernetesName Name { get; init; } = KubernetesName.Parse("frontend");

    [Setting("Port of the Service.")]
    [Range(1, 65535)]
    public int Port { get; init; } = 80;

    [Setting("Port that its pods listen on.")]
    [Range(1, 65535)]
    public int PodPort { get; init; } = 80;
}
