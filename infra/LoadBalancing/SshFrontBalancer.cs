using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Dns;
using Infra.Manifests;
using Infra.Networks;
using Infra.Routing;
using Pulumi;
using Pulumi.Aws.LB;
using Pulumi.Aws.LB.Inputs;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.LoadBalancing;

/// <summary>
/// A Network Load Balancer in front of an Application Load Balancer, so that SSH and HTTPS share a host: SSH goes to a port of the nodes, everything else goes
/// on.
/// Both see the client's own address.
/// </summary>
public sealed class SshFrontBalancer : ComponentResource
{
    private const string Token = "platform:loadBalancing:SshFrontBalancer";
    private const string Tcp = "TCP";

    private readonly Output<string> _groupId;

    /// <summary>Name that records point at; resolves when the load balancer exists.</summary>
    [Output("dnsName")]
    public Output<string> DnsName { get; private set; }

    /// <summary>Zone of <see cref="DnsName"/>, which an alias record names.</summary>
    [Output("hostedZoneId")]
    public Output<string> HostedZoneId { get; private set; }

    public RecordTarget Target => new RecordTarget.LoadBalancer(DnsName, HostedZoneId);

    /// <summary>The binding of nodes is made on the cluster: <paramref name="options"/> names the providers of account and cluster.</summary>
    public SshFrontBalancer(string name, SshFrontBalancerArgs args, ComponentResourceOptions options)
        : base(Token, name, args, options)
    {
        var network = args.Cluster.Network;
        _groupId = new ServiceSecurityGroup(
            $"{name}-security-group",
            new ServiceSecurityGroupArgs
            {
                VpcId = network.VpcId,
                Description = "Clients of SSH and of the platform",
                Ports = [.. ServicePorts.Http, .. ServicePorts.Https, PortRange.Single(args.Port)],
                ClientBlocks = args.ClientBlocks,
            },
            new ComponentResourceOptions { Parent = this }).GroupId;
        var balancer = new LoadBalancer(
            name,
            new LoadBalancerArgs
            {
                LoadBalancerType = "network",
                Internal = !args.InternetFacing,
                IpAddressType = "ipv4",
                Subnets = (args.InternetFacing ? network.PublicSubnets : network.PrivateSubnets).Select(subnet => (Input<string>)subnet.Id).ToList(),
                SecurityGroups = { _groupId },
                EnableCrossZoneLoadBalancing = true,
                EnableDeletionProtection = args.Protected,
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        ForwardWeb($"{name}-http", 80, "HTTP", "301", args, balancer);
        ForwardWeb($"{name}-https", 443, "HTTPS", IngressController.Alb.AnyAnswer, args, balancer);
        ForwardSsh($"{name}-ssh", args, balancer);
        AllowTraffic(name, args);

        DnsName = balancer.DnsName;
        HostedZoneId = balancer.ZoneId;
        RegisterOutputs();
    }

    private void ForwardWeb(string name, int port, string healthProtocol, string healthyCodes, SshFrontBalancerArgs args, LoadBalancer balancer)
    {
        var group = new TargetGroup(
            name,
            new TargetGroupArgs
            {
                VpcId = args.Cluster.Network.VpcId,
                TargetType = "alb",
                Port = port,
                Protocol = Tcp,
                HealthCheck = new TargetGroupHealthCheckArgs { Enabled = true, Protocol = healthProtocol, Path = "/", Matcher = healthyCodes },
            },
            new CustomResourceOptions { Parent = this });
        new TargetGroupAttachment(
            $"{name}-balancer",
            new TargetGroupAttachmentArgs { TargetGroupArn = group.Arn, TargetId = args.Web.Arn, Port = port },
            // A balancer can be a target only where it listens, and a listener's ARN is known once it does.
            new CustomResourceOptions { Parent = this, DependsOn = { args.Web } });
        Listen($"{name}-listener", port, group, balancer);
    }

    private void ForwardSsh(string name, SshFrontBalancerArgs args, LoadBalancer balancer)
    {
        var group = new TargetGroup(
            name,
            args.Cluster.TargetGroups.Tagged(new TargetGroupArgs
            {
                VpcId = args.Cluster.Network.VpcId,
                TargetType = "instance",
                Port = args.NodePort,
                Protocol = Tcp,
                PreserveClientIp = "true",
                // Nodes without a proxy pod refuse the port, because the Service keeps traffic on its node.
                HealthCheck = new TargetGroupHealthCheckArgs
                {
                    Enabled = true,
                    Protocol = Tcp,
                    Port = "traffic-port",
                    Interval = 10,
                    HealthyThreshold = 2,
                    UnhealthyThreshold = 2,
                },
            }),
            new CustomResourceOptions { Parent = this });
        var listener = Listen($"{name}-listener", args.Port, group, balancer);
        new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-binding",
            new TargetGroupBindingArgs(args.Cluster.TargetGroups)
            {
                Metadata = new ObjectMetaArgs { Namespace = args.Namespace },
                Spec = new TargetGroupBindingSpecArgs
                {
                    ServiceRef = new TargetGroupBindingServiceArgs { Name = args.Service, Port = args.Port },
                    TargetGroupArn = group.Arn,
                    TargetType = "instance",
                },
            },
            // A target group without a listener has no health checks.
            ImmutableFields.Replacing(args.Cluster.TargetGroups.Kind, new CustomResourceOptions { Parent = this, DependsOn = { listener } }));
    }

    private Listener Listen(string name, int port, TargetGroup group, LoadBalancer balancer) => new(
        name,
        new ListenerArgs
        {
            LoadBalancerArn = balancer.Arn,
            Port = port,
            Protocol = Tcp,
            // As silent as the balancers behind it allow; a Network Load Balancer forgets connections after 350 seconds otherwise.
            TcpIdleTimeoutSeconds = RoutingPlan.IdleSeconds,
            DefaultActions = { new ListenerDefaultActionArgs { Type = "forward", TargetGroupArn = group.Arn } },
        },
        new CustomResourceOptions { Parent = this });

    private void AllowTraffic(string name, SshFrontBalancerArgs args)
    {
        (string Role, int Port, Output<string> Target)[] targets =
        [
            ("http", 80, args.Web.SecurityGroupId),
            ("https", 443, args.Web.SecurityGroupId),
            ("ssh", args.NodePort, args.Cluster.NodeSecurityGroupId),
        ];
        foreach (var (role, port, target) in targets)
        {
            SecurityGroupTraffic.Allow(this, ($"{name}-to-{role}", $"{name}-at-{role}"), "Balancer to its targets", _groupId, target, port);
        }
    }
}

/// <summary>What stands behind the Network Load Balancer that brings SSH and HTTPS to one host.</summary>
public sealed class SshFrontBalancerArgs : ResourceArgs
{
    public const bool DefaultInternetFacing = true;
    public required IVpcCluster Cluster { get; init; }

    /// <summary>The Application Load Balancer that HTTP and HTTPS go on to.</summary>
    public required PlatformLoadBalancer Web { get; init; }

    /// <summary>Namespace of the Service for SSH.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Name of the Service for SSH, of type NodePort.</summary>
    public required string Service { get; init; }

    /// <summary>Port that users dial, which is the Service's as well.</summary>
    public required int Port { get; init; }

    /// <summary>Port of every node.</summary>
    public required int NodePort { get; init; }

    /// <summary>Reachable from outside the VPC; it then stands in the public subnets. Default true.</summary>
    public bool InternetFacing { get; init; } = DefaultInternetFacing;

    /// <summary>Addresses that may connect.</summary>
    public required ImmutableArray<Ipv4Block> ClientBlocks { get; init; }

    /// <summary>Load balancer and Pulumi refuse deletion. Default false.</summary>
    public bool Protected { get; init; }
}
