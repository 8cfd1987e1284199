using Infra.Dns;
using Stacks.Settings.Values;

namespace Stacks.Settings.Crossing;

/// <summary>What answers at the hosts of the platform, and the ports and protocols that it does not know.</summary>
internal static class Listeners
{
    private const int Https = 443;

    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) => settings.Studios is { } studios
        ? [.. CheckSsh(settings, studios), .. CheckSshHost(settings.Dns, studios), .. CheckPorts(settings, studios)]
        : [];

    // A balancer of layer 7 reads requests; SSH has none.
    private static IEnumerable<SettingsProblem> CheckSsh(PlatformSettings settings, StudiosSettings studios)
    {
        if (studios.Ssh is not { OwnHost: null } ssh)
        {
            yield break;
        }

        var at = At.Studios[nameof(studios.Ssh)];
        if (studios.ConnectUrl.Origin.Port == ssh.Port && ssh.Port is not (80 or Https))
        {
            yield return new(
                at[nameof(ssh.Port)], "is the port of connectUrl, on the same host", "another port, or ownHost", $"port: {(ssh.Port == 2222 ? 2022 : 2222)}",
                $"{ssh.Port}");
        }

        if (SpeaksHttpAlone(settings, studios) is { } balancer)
        {
            var stack = settings.Dns is Route53Settings ? ", set dns.route53.loadBalancer: stack" : "";
            yield return new(
                at[nameof(ssh.OwnHost)], $"is missing, and SSH cannot pass {balancer}, which has the host of connectUrl and speaks HTTP alone",
                "ownHost, or a host behind a layer 4 balancer",
                $"ownHost: {{ host: connect-ssh.{studios.Platform.Url.Host} }}{stack}, or remove ssh");
        }
    }

    // This stack makes the record of the host, unless ExternalDNS does.
    private static IEnumerable<SettingsProblem> CheckSshHost(DnsSettings? dns, StudiosSettings studios)
    {
        if (dns is null || studios.Ssh?.OwnHost is not { ExternalDns: false, Host: var host })
        {
            yield break;
        }

        var at = At.Studios[nameof(studios.Ssh)][nameof(StudiosSshSettings.OwnHost)][nameof(SshOwnHostSettings.Host)];
        if (!Route53Domain.IsInZone(host, dns.Zone))
        {
            yield return new(
                at, $"lies outside of the zone {dns.Zone}, in which this stack makes its record", $"a host in {dns.Zone}, or externalDns: true",
                $"for example host: connect-ssh.{dns.Zone}", host.Text);
        }
        else if (dns.ExtraHosts.Contains(host))
        {
            yield return new(
                at, "is one of the extraHosts of platform:dns, and a host has one record", "a host of its own", $"for example host: connect-ssh.{dns.Zone}",
                host.Text);
        }
    }

    // What listens on 443 and on no other port.
    private static IEnumerable<SettingsProblem> CheckPorts(PlatformSettings settings, StudiosSettings studios)
    {
        if ((settings.Dns is Route53Settings ? "the load balancer of platform:dns.route53" : SpeaksHttpAlone(settings, studios)) is not { } balancer)
        {
            yield break;
        }

        if (studios.ConnectUrl.Origin.Port != Https)
        {
            yield return Unheard(At.Studios[nameof(studios.ConnectUrl)], studios.ConnectUrl, balancer);
        }

        if (studios.Platform.Url.Origin.Port != Https && settings.Dns?.PlatformService is not null)
        {
            yield return Unheard(At.Platform[nameof(studios.Platform.Url)], studios.Platform.Url, balancer);
        }
    }

    private static SettingsProblem Unheard(SettingPath at, HttpsUrl url, string balancer) =>
        new(
            at,
            $"names port {url.Origin.Port}, and {balancer} listens on {Https} for HTTPS",
            "the address without a port",
            $"{at.Key}: https://{url.Host}",
            $"{url}");

    // In words; null where the hosts are routed by what may carry any TCP.
    private static string? SpeaksHttpAlone(PlatformSettings settings, StudiosSettings studios) => (settings.Dns, studios.Ingress) switch
    {
        (CloudDnsSettings { Way: CloudDnsWay.Gateway }, _) => "the Gateway of platform:dns.cloudDns",
        (CloudDnsSettings, _) => "the Ingress of platform:dns.cloudDns",
        (_, AlbIngressSettings) => "the Application Load Balancer of platform:studios.ingress.alb",
        (_, GceIngressSettings) => "the Application Load Balancer of platform:studios.ingress.gce",
        _ => null,
    };
}
