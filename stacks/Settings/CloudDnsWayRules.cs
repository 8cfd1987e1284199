using Infra.Dns;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>Which certificate goes with which way to the cluster.</summary>
internal static class CloudDnsWayRules
{
    public static IEnumerable<SettingsProblem> Check(CloudDnsSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (platform.Studios?.Ingress is not null)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Studios))[nameof(platform.Studios.Ingress)],
                $"is given, and {at} leads the hosts to connect-proxy already",
                "absent beside dns.cloudDns",
                "remove studios.ingress; dns.cloudDns.way chooses between Gateway and Ingress");
        }

        foreach (var problem in settings.Way is CloudDnsWay.Gateway ? CheckGateway(settings, at) : CheckIngress(settings, platform, at))
        {
            yield return problem;
        }
    }

    private static IEnumerable<SettingsProblem> CheckGateway(CloudDnsSettings settings, SettingPath at)
    {
        if (settings.Certificate is not null)
        {
            yield return new(
                at[nameof(settings.Certificate)], "is for an Ingress, and a Gateway takes a certificate map that Google fills", "absent with way: gateway", "remove certificate, or set way: ingress");
        }
    }

    private static IEnumerable<SettingsProblem> CheckIngress(CloudDnsSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.Certificate is null)
        {
            yield return new(
                at[nameof(settings.Certificate)],
                "is missing: an Ingress of GKE cannot have the certificate map of a Gateway",
                "clusterIssuer, tlsSecret or managedCertificate",
                "certificate: { clusterIssuer: letsencrypt-dns }, or way: gateway");
        }

        if (settings.PlatformService is not null)
        {
            yield return new(
                at[nameof(settings.PlatformService)], "needs a second Service behind the same address, which an Ingress of this stack has not", "absent with way: ingress", "set way: gateway, or remove platformService");
        }

        var wildcard = platform.Studios is { } studios ? (settings.HostsOf(studios)?.Sessions as SessionRouting.Subdomain)?.Wildcard : null;
        if (settings.Certificate?.ManagedCertificate is { } managed && wildcard is not null)
        {
            yield return new(
                at[nameof(settings.Certificate)][nameof(settings.Certificate.ManagedCertificate)],
                $"cannot hold the wildcard {wildcard} of the sessions",
                "clusterIssuer or tlsSecret, unless studios.pathRouting is on",
                "set way: gateway and remove certificate: Google then issues one with the wildcard",
                managed);
        }
    }
}
