using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Manifests;
using Infra.Naming;
using Infra.Namespaces;
using Infra.Routing;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>The platform's names in Cloud DNS, the address at which they lead, and the Gateway or Ingress that answers there.</summary>
internal sealed class CloudDnsWiring
{
    private const string GatewayName = "studio-platform";
    private const string GatewayNamespace = "studio-platform-gateway";

    private readonly CloudDnsSettings _settings;
    private readonly StudiosSettings _studios;
    private readonly IGkeCluster _cluster;
    private readonly StackContext _stack;
    private readonly StaticAddress _address;

    private CloudDnsWiring(CloudDnsDomain domain, StaticAddress address, CloudDnsSettings settings, StudiosSettings studios, IGkeCluster cluster, StackContext stack)
    {
        Domain = domain;
        _address = address;
        _settings = settings;
        _studios = studios;
        _cluster = cluster;
        _stack = stack;
        WayIn = settings.Way is CloudDnsWay.Gateway ? MakeGateway() : Ingress();
    }

    public CloudDnsDomain Domain { get; }

    /// <summary>How hosts reach Services of the cluster.</summary>
    public WayIn WayIn { get; }

    private GcpWiring Gcp => _stack.Gcp!;

    /// <summary>Makes address and zone, then the records: nothing here waits for what runs on the cluster but the Gateway itself.</summary>
    public static CloudDnsWiring Define(CloudDnsSettings settings, StudiosSettings studios, IGkeCluster cluster, StackContext stack)
    {
        var gcp = stack.Gcp!;
        var address = new StaticAddress(
            "edge-address", new StaticAddressArgs { AddressName = gcp.Name(GcpNameRule.Compute, "edge"), Protected = stack.Protected }, gcp.Options());
        var domain = new CloudDnsDomain(
            "domain",
            new CloudDnsDomainArgs
            {
                ExistingCertificate = settings.Certificate?.TlsSecret is { } secret
                    ? new Certificate.TlsSecret(CertificateNames.Covering(settings.HostsOf(studios)!.All).Names, Output.Create(secret))
                    : null,
                Hosts = settings.HostsOf(studios)!,
                IssueCertificate = settings.Way is CloudDnsWay.Gateway,
                ManagedZone = settings.ManagedZone,
                ParentManagedZone = settings.ParentManagedZone,
                Project = gcp.Project,
                Protected = stack.Protected,
                Zone = settings.Zone,
            },
            gcp.Options());
        if (settings.ParentRoute53Zone is { } parent)
        {
            new Route53Delegation(
                "domain-delegation", new Route53DelegationArgs { Parent = parent, Domain = settings.Zone, NameServers = domain.NameServers }, stack.Aws!.Options());
        }

        return new CloudDnsWiring(domain, address, settings, studios, cluster, stack);
    }

    /// <summary>Makes the records, and the Platform's route, once Studios has its Service.</summary>
    public void Lead(StudiosOutputs studios)
    {
        var hosts = Domain.Hosts;
        List<DomainName> led = [hosts.Connect];
        if (hosts.Sessions is SessionRouting.Subdomain { Wildcard: { } wildcard })
        {
            led.Add(wildcard);
        }

        if (_settings.PlatformService is { } platform)
        {
            led = [hosts.Platform, .. hosts.Extra, .. led];
            var plan = RoutingPlan.For("platform", new HostRoutes([hosts.Platform, .. hosts.Extra], null, platform.Name.Text, platform.Port), WayIn.Controller);
            // The namespace of Studios exists once its Service does.
            var space = studios.ProxyService.Apply(_ => _studios.Platform.Namespace.Text);
            new HostRouting("platform-routes", new HostRoutingArgs { Namespace = space, Plan = plan }, StackContext.On(_cluster));
        }

        foreach (var host in led)
        {
            Domain.AddRecord($"record-{host}", host, _address.Target);
        }

        if (studios.SshLoadBalancer is { } ssh && _studios.Ssh?.OwnHost is { ExternalDns: false } own)
        {
            Domain.AddRecord($"record-{own.Host}", own.Host, new RecordTarget.Address(ssh));
        }
    }

    private WayIn MakeGateway()
    {
        var space = new PlatformNamespace(
            "edge-namespace",
            new PlatformNamespaceArgs { NamespaceName = KubernetesName.Parse(GatewayNamespace), Enforce = PodSecurityLevel.Restricted, Protected = _stack.Protected },
            StackContext.On(_cluster));
        new PlatformGateway(
            "edge",
            new PlatformGatewayArgs
            {
                AddressName = _address.AddressName,
                CertificateMapName = Domain.IssuedCertificate!.MapName,
                GatewayName = KubernetesName.Parse(GatewayName),
                Namespace = space.NamespaceName,
                RouteNamespaces = [_studios.Platform.Namespace.Text],
            },
            Gcp.Options(_cluster));
        return new WayIn(
            new IngressController.Gateway(GatewayName, GatewayNamespace, _settings.HealthCheckPath), ImmutableDictionary<string, Output<string>>.Empty, []);
    }

    private WayIn Ingress()
    {
        var settings = _settings.Certificate!;
        return new WayIn(
            new IngressController.Gce(
                HealthCheckPath: _settings.HealthCheckPath ?? "/", ManagedCertificate: settings.ManagedCertificate, ClusterIssuer: settings.ClusterIssuer, MakeCertificate: true),
            ImmutableDictionary<string, Output<string>>.Empty.Add(GceRouting.AddressAnnotation, _address.AddressName),
            Domain.Certificates);
    }
}
