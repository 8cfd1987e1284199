using Infra.Charts;
using Infra.Clusters;
using Infra.Dns;

namespace Stacks.Settings.Crossing;

/// <summary>What cert-manager and external-dns have to be for the Ingresses and records of the same stack, and which charts nothing installs.</summary>
internal static class ClusterControllers
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) =>
        [.. CheckIssuers(settings), .. CheckNames(settings), .. CheckAnnouncement(settings), .. CheckCharts(settings)];

    private static IEnumerable<SettingsProblem> CheckIssuers(PlatformSettings settings)
    {
        if (settings.CertManager is ExistingCertManagerSettings && !NamedIssuers(settings).Any())
        {
            yield return SettingsProblem.Warning(
                SettingPath.Top(nameof(settings.CertManager)), "is read by nothing: no Ingress of this stack names a ClusterIssuer",
                "given beside dns.cloudDns.certificate.clusterIssuer or studios.ingress.nginx.clusterIssuer", "remove it, or name the issuer there");
        }

        foreach (var (at, name, isGce, holdsSessions) in NamedIssuers(settings))
        {
            if (settings.CertManager is null)
            {
                yield return SettingsProblem.Warning(
                    at,
                    "names a ClusterIssuer that this stack does not install, and nothing in the stack file says that it exists: without it there is no "
                        + "certificate",
                    "an issuer of platform:certManager",
                    $"certManager: {{ existing: {{ clusterIssuers: [{name}] }} }} where it exists, or certManager.install with issuer: {name}",
                    name);
            }
            else if (!settings.CertManager.Issuers.Contains(name))
            {
                yield return new(
                    at, "names a ClusterIssuer that platform:certManager does not have", string.Join(", ", settings.CertManager.Issuers),
                    $"name {settings.CertManager.Issuers.FirstOrDefault() ?? "one of them"}, or add {name} to platform:certManager", name);
            }
            else if (settings.CertManager is InstalledCertManagerSettings { Solver.ProvesWildcards: false })
            {
                foreach (var problem in CheckHttp01(holdsSessions ? settings.Studios : null, at, name, isGce))
                {
                    yield return problem;
                }
            }
        }
    }

    private static IEnumerable<SettingsProblem> CheckHttp01(StudiosSettings? sessions, SettingPath at, string name, bool isGce)
    {
        if ((sessions?.Routing as SessionRouting.Subdomain)?.Wildcard is { } wildcard)
        {
            yield return new(
                at, $"has an HTTP-01 solver, which proves no wildcard, and the sessions have {wildcard}", "a solver with DNS-01, or studios.pathRouting",
                "certManager.install.solver: cloudDns or route53, or pathRouting: true", name);
        }
        else if (isGce)
        {
            yield return new(
                at,
                "has an HTTP-01 solver, and an Ingress of GKE answers at no host before its certificate is there",
                "a solver with DNS-01",
                "certManager.install.solver: { cloudDns: {} }",
                name);
        }
    }

    private static IEnumerable<(SettingPath At, string Name, bool IsGce, bool HoldsSessions)> NamedIssuers(PlatformSettings settings)
    {
        if (settings.Dns is CloudDnsSettings { Way: CloudDnsWay.Ingress, Certificate: ClusterIssuerSettings issuer } dns)
        {
            yield return (At.Dns["cloudDns"][nameof(dns.Certificate)]["clusterIssuer"], issuer.Name, true, true);
        }

        if (settings.Studios?.Ingress is NginxIngressSettings { ClusterIssuer: { } name } nginx)
        {
            yield return (At.Ingress["nginx"][nameof(nginx.ClusterIssuer)], name, false, true);
        }

        if (settings.CodeStudios?.Ingress is NginxCodeStudioSettings { ClusterIssuer: { } studios } controller)
        {
            yield return (At.CodeStudios[nameof(CodeStudiosSettings.Ingress)]["nginx"][nameof(controller.ClusterIssuer)], studios, false, false);
        }

        if (settings.Workbench?.Ingress is { ClusterIssuer: { } named } ingress and not (AlbWorkbenchSettings or GatewayWorkbenchSettings))
        {
            yield return (At.WorkbenchIngress[nameof(ingress.ClusterIssuer)], named, ingress is GceWorkbenchSettings, false);
        }
    }

    // Both would write the same record, and each would take the other's for a mistake.
    private static IEnumerable<SettingsProblem> CheckNames(PlatformSettings settings)
    {
        if (settings is not { ExternalDns: { } external, Dns: { } dns })
        {
            yield break;
        }

        List<DomainName> made = [.. dns.HostsOf(settings.Studios)];
        if (settings.Studios?.Ssh?.OwnHost is { ExternalDns: false, Host: var ssh })
        {
            made.Add(ssh);
        }

        if (settings.Workbench?.Ingress is { } workbench && workbench.HasRecord(settings))
        {
            made.Add(workbench.Host);
        }

        foreach (var (index, domain) in external.Domains.Index())
        {
            if (made.FirstOrDefault(host => Route53Domain.IsInZone(host, domain)) is { } host)
            {
                yield return new(
                    At.ExternalDns[nameof(external.Domains)][index],
                    $"holds {host}, whose record {At.Dns} makes: two owners of one record undo each other's changes",
                    "domains without a host of the platform",
                    $"name a domain beside them, for example apps.{dns.Zone}, or remove platform:dns",
                    domain.Text);
            }
        }
    }

    private static IEnumerable<SettingsProblem> CheckAnnouncement(PlatformSettings settings)
    {
        if (settings is { ExternalDns: { } external, Studios.Ssh.OwnHost: { ExternalDns: true, Host: var host } }
            && !external.Domains.Any(domain => Route53Domain.IsInZone(host, domain)))
        {
            yield return SettingsProblem.Warning(
                At.Studios["ssh"]["ownHost"]["host"],
                "is to be announced by external-dns, and none of its domains holds it",
                string.Join(", ", external.Domains),
                $"add {host} to externalDns.domains, or set externalDns: false in studios.ssh.ownHost",
                host.Text);
        }
    }

    private static IEnumerable<SettingsProblem> CheckCharts(PlatformSettings settings)
    {
        if (settings.Charts is not { } charts)
        {
            yield break;
        }

        var installed = Installed(settings).ToList();
        if (installed.Count == 0)
        {
            yield return SettingsProblem.Warning(
                At.Charts, "is read by nothing: this stack installs no chart", "given beside what is installed from a chart", "remove it");
        }

        foreach (var name in charts.Releases.Keys.Where(name => installed.Count > 0 && !installed.Contains(name)))
        {
            yield return SettingsProblem.Warning(
                At.Charts[nameof(charts.Releases)].Entry(name), "is read by nothing: this stack does not install the chart", string.Join(", ", installed),
                $"remove it, or describe what installs {name}");
        }
    }

    /// <summary>Names of the charts that a stack installs.</summary>
    internal static IEnumerable<string> Installed(PlatformSettings settings)
    {
        if (settings.Cluster is EksClusterSettings { IsAuto: false } or AdoptedEksSettings { LoadBalancerController: true })
        {
            yield return HelmCharts.AwsLoadBalancerController.Name;
        }

        if (settings.Cluster is EksClusterSettings { Autoscaler: true })
        {
            yield return HelmCharts.ClusterAutoscaler.Name;
        }

        if (settings.Cluster is EksClusterSettings { IsAuto: false, Karpenter: not null })
        {
            yield return HelmCharts.KarpenterKinds.Name;
            yield return HelmCharts.Karpenter.Name;
        }

        if (settings.Cluster is EksClusterSettings { IsAuto: false, DevicePlugins: true } pooled)
        {
            foreach (var plugin in DevicePlugins.ChartsFor(pooled.NodePools.Values.Select(pool => pool.NodeImage)))
            {
                yield return plugin.Name;
            }
        }

        if (settings.CertManager is InstalledCertManagerSettings)
        {
            yield return HelmCharts.CertManager.Name;
        }

        if (settings.ExternalDns is not null)
        {
            yield return HelmCharts.ExternalDns.Name;
        }

        if (settings.Traefik is not null)
        {
            yield return HelmCharts.Traefik.Name;
        }

        if (settings.Workbench is not null)
        {
            yield return HelmCharts.PositWorkbench.Name;
        }
    }
}
