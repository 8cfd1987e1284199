using Infra.Connect;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Routing;
using Infra.Studios;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Studios with its names in Route 53, and the load balancer that routes them to Studios and to the Platform's frontend.</summary>
internal sealed class Route53Wiring(
    Route53Settings settings, StudiosSettings studios, Route53Domain domain, Output<string> studiosNamespace, StackContext stack)
{
    // The name that connect-proxy's Service has unless it is given another.
    private const string ProxyService = "connect-proxy";
    private const int PlatformPriority = 100;
    private const int StudiosPriority = 200;

    public static StudiosOutputs Create(StackZone.Route53 zone, StudiosSettings studios, StackContext stack)
    {
        var (settings, domain) = zone;
        var ingress = new DomainIngress(domain.Certificates) { Annotations = EdgeWiring.Annotations(studios.Ingress, stack) };
        var made = StudiosWiring.Create(studios, ingress, stack);
        // The namespace of Studios exists once its Service does.
        var studiosNamespace = made.ProxyService.Apply(_ => studios.Platform.Namespace.Text);
        new Route53Wiring(settings, studios, domain, studiosNamespace, stack).AddRecords(made, ingress);
        return made;
    }

    /// <summary>Zone, certificate, and the load balancer of the stack with the records that lead to it; the routes behind it come with Studios.</summary>
    public static DomainEdge CreateEarly(StackZone.Route53 zone, StudiosSettings studios, StackContext stack)
    {
        var (settings, domain) = zone;
        var certificate = domain.Certificate.Arn;
        return settings.LoadBalancer is LoadBalancerOwner.Ingress
            ? new DomainEdge(null, certificate)
            : new Route53Wiring(settings, studios, domain, Output.Create(studios.Platform.Namespace.Text), stack).EarlyBalancer(certificate);
    }

    /// <summary>The zone, with a certificate for the hosts of Studios where the stack file describes them.</summary>
    public static Route53Domain Domain(Route53Settings settings, StackContext stack) => new(
        "domain",
        new Route53DomainArgs
        {
            CreateZone = settings.CreateZone,
            ExistingCertificate = settings.Certificate is { } given ? new Certificate.Acm(given.Names, Output.Create(given.Arn.Text)) : null,
            Hosts = stack.Settings.Studios is { } studios ? DnsWiring.Hosts(studios, settings) : null,
            ParentZone = settings.ParentZone,
            Protected = stack.Protects(ProtectedParts.Dns),
            Zone = settings.Zone,
        },
        stack.Aws.Options());

    private DomainEdge EarlyBalancer(Output<string> certificate)
    {
        var balancer = MakeBalancer();
        // The connect host gets a balancer of layer 4 where SSH comes in on it, and that one needs the Service behind it.
        foreach (var host in Routes().SelectMany(route => route.Hosts).Where(host => host != domain.Hosts.Connect || !HasSshFront))
        {
            domain.AddRecord($"record-{host}", host, balancer.Target);
        }

        return new DomainEdge(balancer.DnsName, certificate);
    }

    private bool HasSshFront => studios.Ssh is { OwnHost: null };

    private List<HostRoutes> Routes() => PlatformRoutes() is { } platform ? [platform, StudiosRoutes()] : [StudiosRoutes()];

    private void AddRecords(StudiosOutputs made, DomainIngress ingress)
    {
        var (target, connectTarget) = (settings.LoadBalancer, made.LoadBalancer) switch
        {
            (LoadBalancerOwner.Ingress, { } dnsName) => ControllersBalancer(dnsName, ingress),
            _ => OwnBalancer(),
        };
        foreach (var host in Routes().SelectMany(route => route.Hosts))
        {
            domain.AddRecord($"record-{host}", host, host == domain.Hosts.Connect ? connectTarget : target);
        }

        if (made.SshLoadBalancer is { } ssh && studios.Ssh?.OwnHost is { ExternalDns: false } own)
        {
            domain.AddRecord($"record-{own.Host}", own.Host, new RecordTarget.HostName(ssh));
        }
    }

    private HostRoutes? PlatformRoutes() =>
        settings.PlatformService is { } platform
            ? new HostRoutes([domain.Hosts.Platform, .. domain.Hosts.Extra], null, platform.Name.Text, platform.Port)
            : null;

    private HostRoutes StudiosRoutes() =>
        new([domain.Hosts.Connect], (domain.Hosts.Sessions as SessionRouting.Subdomain)?.Wildcard, ProxyService, ConnectPorts.ProxyService);

    // Targets of the records: of all hosts, and of the connect host, because SSH on that host needs a layer 4 balancer before the other one.
    private (RecordTarget All, RecordTarget Connect) OwnBalancer()
    {
        var balancer = MakeBalancer();
        if (PlatformRoutes() is { } platform)
        {
            Route(balancer, "edge-platform", platform, settings.PlatformService!.PodPort, PlatformPriority);
        }

        Route(balancer, "edge-studios", StudiosRoutes(), StudiosChoices.For(studios).Profile.HttpPort, StudiosPriority);
        return (balancer.Target, HasSshFront ? SshFront(balancer, studios.Ssh!).Target : balancer.Target);
    }

    private PlatformLoadBalancer MakeBalancer() => new(
        "edge",
        new PlatformLoadBalancerArgs
        {
            AccessLogs = EdgeWiring.AccessLogs(settings.AccessLogs, stack),
            CertificateArn = domain.Certificate.Arn,
            ClientBlocks = settings.Clients,
            Cluster = stack.Eks,
            InternetFacing = settings.InternetFacing,
            Protected = stack.Protects(ProtectedParts.Dns),
            WebAclArn = EdgeWiring.WebAcl(settings.WebAcl, stack),
        },
        stack.Aws.Options());

    private SshFrontBalancer SshFront(PlatformLoadBalancer balancer, StudiosSshSettings ssh) => new(
        "front",
        new SshFrontBalancerArgs
        {
            ClientBlocks = settings.Clients,
            Cluster = stack.Eks,
            InternetFacing = settings.InternetFacing,
            Namespace = studiosNamespace,
            NodePort = (ssh.SameHost ?? new SshSameHostSettings()).NodePort,
            Port = ssh.Port,
            Protected = stack.Protects(ProtectedParts.StudiosSsh),
            Service = SshServicePlan.ServiceName,
            Web = balancer,
        },
        stack.Aws.Options(stack.Eks));

    private void Route(PlatformLoadBalancer balancer, string name, HostRoutes routes, int podPort, int priority) =>
        balancer.Route(
            name,
            new LoadBalancerRouteArgs { Namespace = studiosNamespace, PodPort = podPort, Priority = priority, Routes = routes },
            stack.Aws.Options(stack.Eks));

    private (RecordTarget All, RecordTarget Connect) ControllersBalancer(Output<string> dnsName, DomainIngress ingress)
    {
        if (PlatformRoutes() is { } platform && studios.Ingress is AlbIngressSettings alb)
        {
            // One balancer, one answer to what holds for all of it; how a pod is asked whether it is well is each Service's own.
            var controller = alb.Alb with
            {
                HealthCheckPath = IngressController.Alb.DefaultHealthCheckPath,
                HealthySuccessCodes = IngressController.Alb.AnyAnswer,
            };
            var plan = RoutingPlan.For("platform", platform, controller);
            new HostRouting(
                "platform-routes",
                new HostRoutingArgs
                {
                    Certificates = ingress.Certificates,
                    LaterAnnotations = ingress.Annotations,
                    Namespace = studiosNamespace,
                    Plan = plan,
                },
                stack.Aws.Options(stack.Eks));
        }

        var target = ControllerLoadBalancer.TargetOf(stack.Aws.Account, dnsName);
        return (target, target);
    }
}
