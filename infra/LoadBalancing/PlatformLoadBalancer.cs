using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Dns;
using Infra.Manifests;
using Infra.Networks;
using Infra.Routing;
using Pulumi;
using Pulumi.Aws.LB;
using Pulumi.Aws.LB.Inputs;

namespace Infra.LoadBalancing;

/// <summary>
/// An Application Load Balancer that this program owns: its address is known before anything runs on the cluster, and it survives the cluster's Ingresses.
/// Routes bind it to Services.
/// </summary>
public sealed class PlatformLoadBalancer : ComponentResource
{
    private const string Token = "platform:loadBalancing:PlatformLoadBalancer";

    private readonly PlatformLoadBalancerArgs _args;
    private readonly string _name;
    private readonly Output<string> _groupId;
    private readonly HashSet<int> _openPorts = [];

    /// <summary>Name that records point at; resolves when the load balancer exists.</summary>
    [Output("dnsName")]
    public Output<string> DnsName { get; private set; }

    /// <summary>Zone of <see cref="DnsName"/>, which an alias record names.</summary>
    [Output("hostedZoneId")]
    public Output<string> HostedZoneId { get; private set; }

    /// <summary>ARN of the load balancer; resolves when it exists.</summary>
    public Output<string> Arn { get; }

    /// <summary>Security group of the load balancer.</summary>
    public Output<string> SecurityGroupId => _groupId;

    /// <summary>ARN of the HTTPS listener; resolves when the certificate has been issued.</summary>
    public Output<string> ListenerArn { get; }

    public RecordTarget Target => new RecordTarget.LoadBalancer(DnsName, HostedZoneId);

    public PlatformLoadBalancer(string name, PlatformLoadBalancerArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        _args = args;
        _name = name;
        var network = args.Network ?? args.Cluster?.Network ?? throw new ResourceException($"Load balancer '{name}' has no network.", this, hideStack: true);
        var subnets = args.InternetFacing ? network.PublicSubnets : network.PrivateSubnets;
        if (subnets.Count < 2)
        {
            throw new ResourceException(
                $"Load balancer '{name}' needs subnets in two zones and the network has {subnets.Count} {(args.InternetFacing ? "public" : "private")} ones.",
                this,
                hideStack: true);
        }

        _groupId = new ServiceSecurityGroup(
            $"{name}-security-group",
            new ServiceSecurityGroupArgs
            {
                VpcId = network.VpcId,
                Description = "Clients of the platform",
                Ports = [.. ServicePorts.Http, .. ServicePorts.Https],
                ClientBlocks = args.ClientBlocks,
            },
            new ComponentResourceOptions { Parent = this }).GroupId;
        var balancer = new LoadBalancer(name, Balancer(subnets), new CustomResourceOptions { Parent = this, Protect = args.Protected });
        Arn = balancer.Arn;
        if (args.WebAclArn is { } webAcl)
        {
            new Pulumi.Aws.WafV2.WebAclAssociation(
                $"{name}-web-acl",
                new Pulumi.Aws.WafV2.WebAclAssociationArgs { ResourceArn = balancer.Arn, WebAclArn = webAcl },
                // A balancer has one web ACL: taking the old one away after the new one is there would leave none.
                new CustomResourceOptions { Parent = this, DeleteBeforeReplace = true });
        }

        HostedZoneId = balancer.ZoneId;
        ListenerArn = MakeListeners(balancer);
        DnsName = balancer.DnsName.After(ListenerArn);
        RegisterOutputs();
    }

    /// <summary>Routes hosts to the pods of a Service. The binding is made on the cluster: <paramref name="options"/> names its provider.</summary>
    public LoadBalancerRoute Route(string name, LoadBalancerRouteArgs args, ComponentResourceOptions options)
    {
        var cluster = _args.Cluster ?? throw new ResourceException($"Load balancer '{_name}' stands before no cluster.", this, hideStack: true);
        AllowTraffic(args.PodPort, cluster);
        return new LoadBalancerRoute(name, args, cluster, ListenerArn, options);
    }

    private LoadBalancerArgs Balancer(IReadOnlyList<NetworkSubnet> subnets)
    {
        var balancer = new LoadBalancerArgs
        {
            LoadBalancerType = "application",
            Internal = !_args.InternetFacing,
            IpAddressType = "ipv4",
            Subnets = subnets.Select(subnet => (Input<string>)subnet.Id).ToList(),
            SecurityGroups = { _groupId },
            IdleTimeout = RoutingPlan.IdleSeconds,
            DropInvalidHeaderFields = true,
            DesyncMitigationMode = "defensive",
            EnableDeletionProtection = _args.Protected,
        };
        if (_args.AccessLogs is { } logs)
        {
            balancer.AccessLogs = new LoadBalancerAccessLogsArgs { Bucket = logs.Bucket, Enabled = true, Prefix = logs.Prefix };
        }

        return balancer;
    }

    private Output<string> MakeListeners(LoadBalancer balancer)
    {
        new Listener(
            $"{_name}-http",
            new ListenerArgs
            {
                LoadBalancerArn = balancer.Arn,
                Port = 80,
                Protocol = "HTTP",
                DefaultActions =
                {
                    new ListenerDefaultActionArgs
                    {
                        Type = "redirect",
                        Redirect = new ListenerDefaultActionRedirectArgs { Port = "443", Protocol = "HTTPS", StatusCode = "HTTP_301" },
                    },
                },
            },
            new CustomResourceOptions { Parent = this });
        return new Listener(
            $"{_name}-https",
            new ListenerArgs
            {
                LoadBalancerArn = balancer.Arn,
                Port = 443,
                Protocol = "HTTPS",
                SslPolicy = IngressController.Alb.DefaultSslPolicy,
                CertificateArn = _args.CertificateArn,
                DefaultActions =
                {
                    new ListenerDefaultActionArgs
                    {
                        Type = "fixed-response",
                        FixedResponse = new ListenerDefaultActionFixedResponseArgs
                        {
                            ContentType = "text/plain",
                            MessageBody = "No such host.",
                            StatusCode = "404",
                        },
                    },
                },
            },
            new CustomResourceOptions { Parent = this }).Arn;
    }

    // Pods answer under the nodes' security group; once for each port, however many routes lead to it.
    private void AllowTraffic(int port, IVpcCluster cluster)
    {
        if (_openPorts.Add(port))
        {
            SecurityGroupTraffic.Allow(
                this, ($"{_name}-to-pods-{port}", $"{_name}-at-pods-{port}"), "Load balancer to pods", _groupId, cluster.NodeSecurityGroupId, port);
        }
    }
}

/// <summary>What the load balancer in front of the platform looks like.</summary>
public sealed class PlatformLoadBalancerArgs : ResourceArgs
{
    public const bool DefaultInternetFacing = true;

    /// <summary>Cluster whose Services it routes to. Default none, with a <see cref="Network"/>.</summary>
    public IVpcCluster? Cluster { get; init; }

    /// <summary>Where it stands. Default the cluster's.</summary>
    public INetwork? Network { get; init; }

    /// <summary>Certificate of the HTTPS listener; it must cover every host.</summary>
    public required Input<string> CertificateArn { get; init; }

    /// <summary>Reachable from outside the VPC; it then stands in the public subnets. Default true.</summary>
    public bool InternetFacing { get; init; } = DefaultInternetFacing;

    /// <summary>Addresses that may connect to ports 80 and 443.</summary>
    public required ImmutableArray<Ipv4Block> ClientBlocks { get; init; }

    /// <summary>Where the balancer writes a line for each request. Default nowhere.</summary>
    public AccessLogs? AccessLogs { get; init; }

    /// <summary>Web ACL of AWS WAF that sees every request first. Default none.</summary>
    public Output<string>? WebAclArn { get; init; }

    /// <summary>Load balancer and Pulumi refuse deletion. Default false.</summary>
    public bool Protected { get; init; }
}
