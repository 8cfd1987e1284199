using System.Collections.Immutable;
using Infra.Charts;
using Infra.Clusters;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Naming;
using Pulumi;
using Pulumi.Aws.Route53;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>cert-manager, external-dns and Traefik: after the zone that they write into, before the Ingresses and Services that they watch.</summary>
internal static class ControllersWiring
{
    /// <summary>The stack with the controllers that it asks for; whatever is put on its cluster afterwards waits for them, and goes before they do.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="zone">Id or name of the zone of platform:dns; null where there is none.</param>
    public static StackContext Add(StackContext stack, Output<string>? zone = null)
    {
        List<Resource> controllers = [];
        if (stack.Settings.CertManager is InstalledCertManagerSettings certManager)
        {
            controllers.Add(CertManager(certManager, zone, stack));
        }

        if (stack.Settings.ExternalDns is { } externalDns)
        {
            controllers.Add(ExternalDns(externalDns, zone, stack));
        }

        var traefik = stack.Settings.Traefik is { } settings ? Traefik(settings, stack) : null;
        if (traefik is not null)
        {
            controllers.Add(traefik);
        }

        return stack with { Controllers = [.. controllers], Traefik = traefik };
    }

    /// <summary>What the stack file says of a chart.</summary>
    public static ChartOptions Chart(HelmChart chart, StackContext stack)
    {
        if (stack.Settings.Charts is not { } charts)
        {
            return ChartOptions.None;
        }

        var own = charts.Releases.GetValueOrDefault(chart.Name) ?? new ChartSettings();
        return new ChartOptions
        {
            ImageRegistry = own.ImageRegistry ?? charts.ImageRegistry,
            Repository = own.Repository ?? charts.Repository,
            SecretValues = own.SecretValues.ToImmutableSortedDictionary(value => value.Key, value => stack.Secret(value.Value), StringComparer.Ordinal),
            Values = own.Values,
            Version = own.Version,
        };
    }

    private static CertManager CertManager(InstalledCertManagerSettings settings, Output<string>? zone, StackContext stack) => new(
        "cert-manager",
        new CertManagerArgs
        {
            Chart = Chart(HelmCharts.CertManager, stack),
            Email = settings.Email,
            HighlyAvailable = stack.Settings.Production,
            IssuerName = settings.Issuer,
            KeepDefinitions = settings.KeepDefinitions,
            Server = settings.Server is AcmeServerName.Staging ? AcmeServer.Staging : AcmeServer.Production,
            Solver = settings.Solver switch
            {
                Route53SolverSettings solver => new AcmeSolver.Dns01(new ControlledZone.Route53(stack.Eks, Zone(solver.Zone, zone, stack), solver.Identity)),
                CloudDnsSolverSettings solver => new AcmeSolver.Dns01(CloudDns(solver.ManagedZone, zone, "dns01", stack)),
                Http01SolverSettings solver => new AcmeSolver.Http01(solver.IngressClass),
                var other => throw new NotSupportedException($"There is no solver for {other}."),
            },
        },
        Options(stack));

    private static ExternalDns ExternalDns(ExternalDnsSettings settings, Output<string>? zone, StackContext stack) => new(
        "external-dns",
        new ExternalDnsArgs
        {
            Chart = Chart(HelmCharts.ExternalDns, stack),
            Domains = settings.Domains,
            Owner = settings.Owner ?? $"studio-{Deployment.Instance.StackName}",
            Policy = settings.Policy,
            Zone = settings switch
            {
                Route53RecordsSettings records => new ControlledZone.Route53(stack.Eks, Zone(records.Zone, zone, stack), records.Identity),
                CloudDnsRecordsSettings records => CloudDns(records.ManagedZone, zone, "records", stack),
                _ => throw new NotSupportedException($"There is no zone for {settings}."),
            },
        },
        Options(stack));

    private static TraefikController Traefik(TraefikSettings settings, StackContext stack) => new(
        "traefik",
        new TraefikControllerArgs
        {
            Chart = Chart(HelmCharts.Traefik, stack),
            ClassName = settings.ClassName,
            ClientBlocks = settings.Clients,
            InternetFacing = !settings.Internal,
            LoadBalancerMaker = stack.Cluster.ServiceLoadBalancer,
            Replicas = settings.Replicas,
        },
        stack.OnCluster());

    private static ControlledZone.CloudDns CloudDns(string? managedZone, Output<string>? zone, string role, StackContext stack) =>
        new(stack.Gke, managedZone is null ? zone! : Output.Create(managedZone), stack.Gcp.Name(GcpNameRule.ServiceAccount, role));

    // The zone of platform:dns is told its id by whoever made or found it.
    private static Output<string> Zone(DomainName? named, Output<string>? zone, StackContext stack) =>
        named is null || (zone is not null && named == (stack.Settings.Dns as Route53Settings)?.Zone)
            ? zone!
            : GetZone.Invoke(new GetZoneInvokeArgs { Name = named.Text, PrivateZone = false }, new InvokeOptions { Provider = stack.Aws.Account.Provider })
                .Apply(found => found.ZoneId);

    private static ComponentResourceOptions Options(StackContext stack) => stack.Cluster switch
    {
        IEksCluster eks => stack.Aws.Options(eks),
        IGkeCluster gke => stack.Gcp.Options(gke),
        _ => stack.OnCluster(),
    };
}
