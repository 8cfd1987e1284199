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

    public static StudiosOutputs Create(Route53Settings settings, StudiosSettings studios, StackContext stack)
    {
        var domain = new Route53Domain(
            "domain",
            new Route53DomainArgs
            {
                CreateZone = settings.CreateZone,
                ExistingCertificate = settings.Certificate is { } given ? new Certificate.Acm(given.Names, Output.Create(given.Arn.Text)) : null,
                Hosts = DnsWiring.Hosts(studios, settings),
                ParentZone = settings.ParentZone,
                Protected = stack.Protects(ProtectedParts.Dns),
                Zone = settings.Zone,
            },
            stack.Aws.Options());
        var made = StudiosWiring.Create(studios, new DomainIngress(domain.Certificates), stack);
        // The namespace of Studios exists once its Service does.
        var studiosNamespace = made.ProxyService.Apply(_ => studios.Platform.Namespace.Text);
        new Route53Wiring(settings, studios, domain, studiosNamespace, stack).AddRecords(made);
        return made;
    }

    private void AddRecords(StudiosOutputs made)
    {
        var (target, connectTarget) = (settings.LoadBalancer, made.LoadBalancer) switch
        {
            (LoadBalancerOwner.Ingress, { } dnsName) => ControllersBalancer(dnsName),
            _ => OwnBalancer(),
        };
        List<HostRoutes> routes = PlatformRoutes() is { } platform ? [platform, StudiosRoutes()] : [StudiosRoutes()];
        foreach (var host in routes.SelectMany(route => route.Hosts))
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
        var balancer = new PlatformLoadBalancer(
            "edge",
            new PlatformLoadBalancerArgs
            {
                CertificateArn = domain.Certificate.Arn,
                ClientBlocks = settings.Clients,
                Cluster = stack.Eks,
                InternetFacing = settings.InternetFacing,
                Protected = stack.Protects(ProtectedParts.Dns),
            },
            stack.Aws.Options());
        if (PlatformRoutes() is { } platform)
        {
            Route(balancer, "edge-platform", platform, settings.PlatformService!.PodPort, PlatformPriority);
        }

        Route(balancer, "edge-studios", StudiosRoutes(), StudiosChoices.For(studios).Profile.HttpPort, StudiosPriority);
        return (balancer.Target, studios.Ssh is { OwnHost: null } ssh ? SshFront(balancer, ssh).Target : balancer.Target);
    }

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

    private (RecordTarget All, RecordTarget Connect) ControllersBalancer(Output<string> dnsName)
    {
        if (PlatformRoutes() is { } platform && studios.Ingress is AlbIngressSettings alb)
        {
            var plan = RoutingPlan.For("platform", platform, new IngressController.Alb(!alb.Internal, alb.TargetType, alb.Group, alb.SslPolicy));
            new HostRouting(
                "platform-routes",
                new HostRoutingArgs { Certificates = domain.Certificates, Namespace = studiosNamespace, Plan = plan },
                stack.Aws.Options(stack.Eks));
        }

        var target = ControllerLoadBalancer.TargetOf(stack.Aws.Account, dnsName);
        return (target, target);
    }
}
