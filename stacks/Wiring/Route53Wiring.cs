using Infra.Clusters;
using Infra.Connect;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Routing;
using Infra.Studios;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>The platform's names in Route 53, and what leads them to Studios and to the Platform's frontend.</summary>
internal sealed class Route53Wiring
{
    // The name that connect-proxy's Service has unless it is given another.
    private const string ProxyService = "connect-proxy";
    private const int PlatformPriority = 100;
    private const int StudiosPriority = 200;

    private readonly Route53Settings _settings;
    private readonly StudiosSettings _studios;
    private readonly PlatformHosts _hosts;
    private readonly IEksCluster _cluster;
    private readonly StackContext _stack;

    private Route53Wiring(Route53Domain domain, Route53Settings settings, StudiosSettings studios, IEksCluster cluster, StackContext stack)
    {
        Domain = domain;
        _settings = settings;
        _studios = studios;
        _hosts = domain.Hosts;
        _cluster = cluster;
        _stack = stack;
    }

    public Route53Domain Domain { get; }

    private AwsWiring Aws => _stack.Aws!;

    /// <summary>Makes zone and certificate, which Ingresses of Studios need.</summary>
    public static Route53Wiring Define(Route53Settings settings, StudiosSettings studios, IEksCluster cluster, StackContext stack)
    {
        var domain = new Route53Domain(
            "domain",
            new Route53DomainArgs
            {
                CreateZone = settings.CreateZone,
                ExistingCertificate = settings.Certificate is { } given ? new Certificate.Acm(given.Names, Output.Create(given.Arn)) : null,
                Hosts = settings.HostsOf(studios)!,
                ParentZone = settings.ParentZone,
                Protected = stack.Protected,
                Zone = settings.Zone,
            },
            stack.Aws!.Options());
        return new Route53Wiring(domain, settings, studios, cluster, stack);
    }

    /// <summary>Makes load balancer, routes and records, once Studios has Services that they lead to.</summary>
    public void Lead(StudiosOutputs studios)
    {
        // The namespace of Studios exists once its Service does.
        var space = studios.ProxyService.Apply(_ => _studios.Platform.Namespace.Text);
        var (target, connectTarget) = _settings.LoadBalancer is LoadBalancerOwner.Stack ? OwnBalancer(space) : ControllersBalancer(studios.LoadBalancer!, space);
        List<HostRoutes> routes = PlatformRoutes() is { } platform ? [platform, StudiosRoutes()] : [StudiosRoutes()];
        foreach (var host in routes.SelectMany(route => route.Hosts))
        {
            Domain.AddRecord($"record-{host}", host, host == _hosts.Connect ? connectTarget : target);
        }

        if (studios.SshLoadBalancer is { } ssh && _studios.Ssh?.OwnHost is { ExternalDns: false } own)
        {
            Domain.AddRecord($"record-{own.Host}", own.Host, new RecordTarget.HostName(ssh));
        }
    }

    private HostRoutes? PlatformRoutes() =>
        _settings.PlatformService is { } platform ? new HostRoutes([_hosts.Platform, .. _hosts.Extra], null, platform.Name.Text, platform.Port) : null;

    private HostRoutes StudiosRoutes() =>
        new([_hosts.Connect], (_hosts.Sessions as SessionRouting.Subdomain)?.Wildcard, ProxyService, ConnectPorts.ProxyService);

    // What the hosts lead to, and what the connect host leads to: SSH on that host needs a layer 4 balancer before the other one.
    private (RecordTarget All, RecordTarget Connect) OwnBalancer(Output<string> space)
    {
        var balancer = new PlatformLoadBalancer(
            "edge",
            new PlatformLoadBalancerArgs
            {
                CertificateArn = Domain.Certificate.Arn,
                ClientBlocks = _settings.Clients,
                Cluster = _cluster,
                InternetFacing = _settings.InternetFacing,
                Protected = _stack.Protected,
            },
            Aws.Options());
        if (PlatformRoutes() is { } platform)
        {
            Route(balancer, "edge-platform", platform, _settings.PlatformService!.PodPort, PlatformPriority, space);
        }

        Route(balancer, "edge-studios", StudiosRoutes(), StudiosChoices.Of(_studios).Profile.HttpPort, StudiosPriority, space);
        return (balancer.Target, _studios.Ssh is { OwnHost: null } ssh ? SshFront(balancer, ssh, space).Target : balancer.Target);
    }

    private SshFrontBalancer SshFront(PlatformLoadBalancer balancer, StudiosSshSettings ssh, Output<string> space) => new(
        "front",
        new SshFrontBalancerArgs
        {
            ClientBlocks = _settings.Clients,
            Cluster = _cluster,
            InternetFacing = _settings.InternetFacing,
            Namespace = space,
            NodePort = (ssh.SameHost ?? new SshSameHostSettings()).NodePort,
            Port = ssh.Port,
            Protected = _stack.Protected,
            Service = SshServicePlan.ServiceName,
            Web = balancer,
        },
        Aws.Options(_cluster));

    private void Route(PlatformLoadBalancer balancer, string name, HostRoutes routes, int podPort, int priority, Output<string> space) =>
        balancer.Route(name, new LoadBalancerRouteArgs { Namespace = space, PodPort = podPort, Priority = priority, Routes = routes }, Aws.Options(_cluster));

    private (RecordTarget All, RecordTarget Connect) ControllersBalancer(Output<string> dnsName, Output<string> space)
    {
        if (PlatformRoutes() is { } platform)
        {
            var alb = _studios.Ingress!.Alb!;
            var plan = RoutingPlan.For("platform", platform, new IngressController.Alb(!alb.Internal, alb.TargetType, alb.Group, alb.SslPolicy));
            new HostRouting("platform-routes", new HostRoutingArgs { Certificates = Domain.Certificates, Namespace = space, Plan = plan }, Aws.Options(_cluster));
        }

        var target = ControllerLoadBalancer.TargetOf(Aws.Account, dnsName);
        return (target, target);
    }
}
