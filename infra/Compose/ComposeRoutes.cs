using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Manifests;
using Infra.Networks;
using Infra.Routing;
using Pulumi;
using Pulumi.Aws.LB;
using Pulumi.Aws.LB.Inputs;

namespace Infra.Compose;

/// <summary>
/// The way from a load balancer to a host by Docker Compose: the Platform's host to its frontend, the connect and session hosts to connect-proxy.
/// </summary>
public sealed class ComposeRoutes : ComponentResource
{
    private const string Token = "platform:compose:ComposeRoutes";
    private const int PlatformPriority = 100;
    private const int ConnectPriority = 200;

    // Seqera's frontend answers there without anybody signed in, and passes it on to the backend (Seqera Enterprise, health checks).
    private const string FrontendHealth = "/health";

    /// <summary>ARN of connect-proxy's target group; resolves when requests reach the host.</summary>
    [Output("proxyTargetGroupArn")]
    public Output<string> ProxyTargetGroupArn { get; private set; }

    public ComposeRoutes(string name, ComposeRoutesArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Route($"{name}-platform", args.FrontendPort, new([args.Hosts.Platform, .. args.Hosts.Extra], null, PlatformPriority), (FrontendHealth, "200"), args);
        ProxyTargetGroupArn = Route(
            $"{name}-connect",
            ComposePorts.Proxy,
            new([args.Hosts.Connect], (args.Hosts.Sessions as SessionRouting.Subdomain)?.Wildcard, ConnectPriority),
            // Seqera publishes no health path of connect-proxy: any answer of a running server counts.
            (IngressController.Alb.DefaultHealthCheckPath, IngressController.Alb.AnyAnswer),
            args);
        RegisterOutputs();
    }

    private Output<string> Route(string name, int port, Hosts hosts, (string Path, string Answer) health, ComposeRoutesArgs args)
    {
        SecurityGroupTraffic.Allow(
            this, ($"{name}-to-host", $"{name}-at-host"), "Load balancer to host", args.Balancer.SecurityGroupId, args.HostSecurityGroupId, port);
        var group = new TargetGroup(
            name,
            new TargetGroupArgs
            {
                VpcId = args.Network.VpcId,
                TargetType = "instance",
                Port = port,
                Protocol = "HTTP",
                ProtocolVersion = "HTTP1",
                DeregistrationDelay = AlbRouting.DeregistrationSeconds,
                HealthCheck = new TargetGroupHealthCheckArgs
                {
                    Enabled = true,
                    Path = health.Path,
                    Matcher = health.Answer,
                    Interval = 15,
                    Timeout = 5,
                    HealthyThreshold = 2,
                    UnhealthyThreshold = 2,
                },
            },
            new CustomResourceOptions { Parent = this });
        var attachment = new TargetGroupAttachment(
            $"{name}-host",
            new TargetGroupAttachmentArgs { Port = port, TargetGroupArn = group.Arn, TargetId = args.InstanceId },
            new CustomResourceOptions { Parent = this });
        var rules = HostRules.Make(name, hosts.Exact, hosts.Wildcard, hosts.Priority, (args.Balancer.ListenerArn, group.Arn), this);
        return group.Arn.After(Output.All([attachment.Id, .. rules.Select(rule => rule.Id)]));
    }

    private sealed record Hosts(IReadOnlyList<DomainName> Exact, DomainName? Wildcard, int Priority);
}

/// <summary>From which load balancer to which host.</summary>
public sealed class ComposeRoutesArgs : ResourceArgs
{
    public required PlatformLoadBalancer Balancer { get; init; }

    public required INetwork Network { get; init; }

    /// <summary>Hosts of Platform, connect-proxy and sessions.</summary>
    public required PlatformHosts Hosts { get; init; }

    public required Output<string> InstanceId { get; init; }

    public required Input<string> HostSecurityGroupId { get; init; }

    /// <summary>Port of the host for the Platform's frontend.</summary>
    public int FrontendPort { get; init; } = ComposePorts.Frontend;
}
