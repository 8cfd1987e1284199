using Infra.Dns;

namespace Stacks.Settings;

/// <summary>Whether Workbench's host is its own, and one certificate is there for it.</summary>
internal static class WorkbenchHostRules
{
    public static IEnumerable<SettingsProblem> Check(WorkbenchIngressSettings ingress, PlatformSettings platform, SettingPath at) =>
        [.. CheckHost(ingress, platform, at), .. CheckZone(ingress, platform, at), .. CheckCertificate(ingress, at), .. CheckFiles(ingress)];

    private static IEnumerable<SettingsProblem> CheckHost(WorkbenchIngressSettings ingress, PlatformSettings platform, SettingPath at)
    {
        var host = ingress.Host;
        if (host.IsWildcard)
        {
            yield return new(at[nameof(ingress.Host)], "is a wildcard, and Workbench answers at one host", "a host", "host: workbench.example.com", host.Text);
        }

        var taken = platform.Dns?.HostsOf(platform.Studios)
            ?? (platform.Studios is { } studios ? [studios.ConnectUrl.Host, studios.Platform.Url.Host] : []);
        if (taken.Append(platform.Studios?.Ssh?.OwnHost?.Host).Contains(host))
        {
            yield return new(
                at[nameof(ingress.Host)], "is a host of Seqera Platform or Studios, whose Ingress would compete for every request", "a host of its own",
                "host: workbench.example.com", host.Text);
        }
    }

    private static IEnumerable<SettingsProblem> CheckZone(WorkbenchIngressSettings ingress, PlatformSettings platform, SettingPath at)
    {
        // The certificate of a Gateway is proven in the zone, whoever makes the record.
        var needsZone = ingress.HasRecord(platform) || (ingress is GatewayWorkbenchSettings { IsMade: true } && platform.Dns is CloudDnsSettings);
        if (needsZone && platform.Dns is { Zone: var zone } && !Route53Domain.IsInZone(ingress.Host, zone))
        {
            yield return new(
                at[nameof(ingress.Host)], $"lies outside of {zone}, the zone of platform:dns that is to hold its record", $"a host in {zone}",
                ingress is GatewayWorkbenchSettings
                    ? $"host: workbench.{zone}, or name a Gateway that exists"
                    : $"host: workbench.{zone}, or makeRecord: false where the record is made elsewhere",
                ingress.Host.Text);
        }
    }

    // Browsers send the cookies of Workbench over TLS only.
    private static IEnumerable<SettingsProblem> CheckCertificate(WorkbenchIngressSettings ingress, SettingPath at)
    {
        const string Files = $"platform:{WorkbenchIngressSettings.CertificateKey}";
        (SettingPath At, string? Given, bool IsGiven)[] sources =
        [
            (at[nameof(ingress.TlsSecret)], ingress.TlsSecret, ingress.TlsSecret is not null),
            (at[nameof(ingress.ClusterIssuer)], ingress.ClusterIssuer, ingress.ClusterIssuer is not null),
            (SettingPath.Top(WorkbenchIngressSettings.CertificateKey), SettingsProblem.Hidden, ingress.HasFiles),
            .. ingress is GceWorkbenchSettings gce ? [(at["gce"][nameof(gce.PreShared)], gce.PreShared, gce.PreShared is not null)]
                : Array.Empty<(SettingPath, string?, bool)>(),
        ];
        var given = sources.Where(source => source.IsGiven).ToList();
        if (ingress is AlbWorkbenchSettings or GatewayWorkbenchSettings)
        {
            var (holder, instead) = ingress is AlbWorkbenchSettings
                ? ("a balancer of AWS takes certificates from AWS Certificate Manager only", "alb.acm where the certificate exists")
                : ("the listener of a Gateway has its certificates", "nothing here");
            foreach (var (where, value, _) in given)
            {
                yield return new(
                    where, $"is not for {ingress.Key}: {holder}", "given with traefik, nginx or gce", $"remove it, and say {instead}", value);
            }
        }
        else if (given.Count > 1)
        {
            yield return new(
                given[0].At, $"is given beside {string.Join(" and ", given.Skip(1).Select(source => source.At.Text))}, and the host has one certificate",
                "one of them", "remove all but one", given[0].Given);
        }
        else if (given.Count == 0 && ingress is not GceWorkbenchSettings)
        {
            yield return new(
                at[nameof(ingress.TlsSecret)],
                $"is missing, and so are clusterIssuer and {Files}: browsers send the cookies of Workbench over TLS only", "one of the three",
                $"tlsSecret: workbench-tls, clusterIssuer: letsencrypt, or pulumi config set --secret {Files} < tls.crt");
        }
    }

    private static IEnumerable<SettingsProblem> CheckFiles(WorkbenchIngressSettings ingress)
    {
        if (ingress.TlsCertificate is null != ingress.TlsKey is null)
        {
            var (missing, file) = ingress.TlsKey is null
                ? (WorkbenchIngressSettings.KeyKey, "tls.key")
                : (WorkbenchIngressSettings.CertificateKey, "tls.crt");
            yield return new(
                SettingPath.Top(missing), "is missing: certificate and key come together", "both, or none of them",
                $"pulumi config set --secret platform:{missing} < {file}");
        }
    }
}
