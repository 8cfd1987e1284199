using System.Collections.Immutable;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Manifests;
using Infra.Naming;
using Infra.Namespaces;
using Infra.Routing;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Studios with its names in Cloud DNS, the address that they resolve to, and the Gateway or Ingress that answers there.</summary>
internal sealed class CloudDnsWiring(CloudDnsSettings settings, StudiosSettings studios, CloudDnsDomain domain, StaticAddress address, StackContext stack)
{
    private const string GatewayName = "studio-platform";
    private const string GatewayNamespace = "studio-platform-gateway";

    public static StudiosOutputs Create(StackZone.CloudDns zone, StudiosSettings studios, StackContext stack)
    {
        var wiring = new CloudDnsWiring(zone.Settings, studios, zone.Domain, zone.Address!, stack);
        var ingress = zone.Settings.Way is CloudDnsWay.Gateway ? wiring.MakeGateway() : wiring.Ingress();
        var made = StudiosWiring.Create(studios, ingress, stack);
        wiring.AddRecords(made, ingress.Controller!);
        return made;
    }

    /// <summary>Zone, certificate, address and Gateway with the records of all hosts; the routes behind them come with Studios.</summary>
    public static DomainEdge CreateEarly(StackZone.CloudDns zone, StudiosSettings studios, StackContext stack)
    {
        var wiring = new CloudDnsWiring(zone.Settings, studios, zone.Domain, zone.Address!, stack);
        if (zone.Settings.Way is CloudDnsWay.Gateway)
        {
            wiring.MakeGateway();
        }

        wiring.AddRecords();
        return new DomainEdge(zone.Address!.IpAddress, zone.Domain.IssuedCertificate?.MapName);
    }

    /// <summary>The zone and the address of the hosts of Studios, with a certificate for them where the stack file describes them.</summary>
    public static (CloudDnsDomain Domain, StaticAddress? Address) Names(CloudDnsSettings settings, StackContext stack)
    {
        // An address that nothing answers at costs more than one in use; before anything is described, Studios are what comes.
        var address = stack.Settings is { Studios: null, Workbench: not null }
            ? null
            : new StaticAddress(
                "edge-address",
                new StaticAddressArgs { AddressName = stack.Gcp.Name(GcpNameRule.Compute, "edge"), Protected = stack.Protects(ProtectedParts.Dns) },
                stack.Gcp.Options());
        var hosts = stack.Settings.Studios is { } studios ? DnsWiring.Hosts(studios, settings) : null;
        var domain = new CloudDnsDomain(
            "domain",
            new CloudDnsDomainArgs
            {
                ExistingCertificate = settings.Certificate is IngressTlsSecretSettings secret && hosts is not null
                    ? new Certificate.TlsSecret(CertificateNames.Covering(hosts.All).Names, Output.Create(secret.Name))
                    : null,
                Hosts = hosts,
                IssueCertificate = settings.Way is CloudDnsWay.Gateway,
                ManagedZone = settings.ManagedZone,
                ParentManagedZone = settings.ParentManagedZone,
                Project = stack.Gcp.Project,
                Protected = stack.Protects(ProtectedParts.Dns),
                Zone = settings.Zone,
            },
            stack.Gcp.Options());
        if (settings.ParentRoute53Zone is { } parent)
        {
            new Route53Delegation(
                "domain-delegation",
                new Route53DelegationArgs { Parent = parent, Domain = settings.Zone, NameServers = domain.NameServers },
                stack.Aws.Options());
        }

        return (domain, address);
    }

    // Nothing here waits for what runs on the cluster, but for the route to the Platform and the record of an SSH balancer.
    private void AddRecords(StudiosOutputs made, IngressController controller)
    {
        var hosts = domain.Hosts;
        if (settings.PlatformService is { } platform)
        {
            var plan = RoutingPlan.For("platform", new HostRoutes([hosts.Platform, .. hosts.Extra], null, platform.Name.Text, platform.Port), controller);
            // The namespace of Studios exists once its Service does.
            var studiosNamespace = made.ProxyService.Apply(_ => studios.Platform.Namespace.Text);
            new HostRouting("platform-routes", new HostRoutingArgs { Namespace = studiosNamespace, Plan = plan }, stack.OnCluster());
        }

        AddRecords();
        if (made.SshLoadBalancer is { } ssh && studios.Ssh?.OwnHost is { ExternalDns: false } own)
        {
            domain.AddRecord($"record-{own.Host}", own.Host, new RecordTarget.Address(ssh));
        }
    }

    private void AddRecords()
    {
        var hosts = domain.Hosts;
        List<DomainName> names = settings.PlatformService is null ? [hosts.Connect] : [hosts.Platform, .. hosts.Extra, hosts.Connect];
        if (hosts.Sessions is SessionRouting.Subdomain { Wildcard: { } wildcard })
        {
            names.Add(wildcard);
        }

        foreach (var name in names)
        {
            domain.AddRecord($"record-{name}", name, address.Target);
        }
    }

    private DomainIngress MakeGateway()
    {
        var gatewayNamespace = new PlatformNamespace(
            "edge-namespace",
            new PlatformNamespaceArgs
            {
                NamespaceName = KubernetesName.Parse(GatewayNamespace),
                Enforce = PodSecurityLevel.Restricted,
                Protected = stack.Protects(ProtectedParts.Dns),
            },
            stack.OnCluster());
        new PlatformGateway(
            "edge",
            new PlatformGatewayArgs
            {
                AddressName = address.AddressName,
                CertificateMapName = domain.IssuedCertificate!.MapName,
                GatewayName = KubernetesName.Parse(GatewayName),
                Namespace = gatewayNamespace.NamespaceName,
                RouteNamespaces = [studios.Platform.Namespace.Text],
            },
            stack.Gcp.Options(stack.Gke));
        return new DomainIngress([])
        {
            Controller = new IngressController.Gateway(GatewayName, GatewayNamespace, settings.HealthCheckPath)
            {
                Backend = EdgeWiring.Backend(settings, stack),
            },
        };
    }

    private DomainIngress Ingress()
    {
        return new DomainIngress(domain.Certificates)
        {
            Controller = new IngressController.Gce(
                HealthCheckPath: settings.HealthCheckPath ?? IngressController.Gce.DefaultHealthCheckPath,
                ManagedCertificate: (settings.Certificate as ManagedCertificateSettings)?.Name,
                ClusterIssuer: (settings.Certificate as ClusterIssuerSettings)?.Name,
                MakeCertificate: true)
            {
                Backend = EdgeWiring.Backend(settings, stack),
            },
            Annotations = ImmutableDictionary<string, Output<string>>.Empty.Add(GceRouting.AddressAnnotation, address.AddressName),
        };
    }
}
