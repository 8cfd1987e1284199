using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Charts;
using Infra.LoadBalancing;
using Infra.Networks;
using Infra.Scaling;
using Infra.Studios;
using Pulumi;

namespace Infra.Clusters;

/// <summary>An EKS cluster with nodes, add-ons, an encrypted default StorageClass and a load balancer controller.</summary>
/// <remarks>
/// <see cref="Provider"/> depends on all of it, and every object that is made with a provider depends on the provider:
/// whatever a stack puts on the cluster starts after nodes, drivers and the controller, and is deleted before they are.
/// </remarks>
public sealed class EksCluster : ComponentResource, IEksCluster
{
    private const string Token = "platform:clusters:EksCluster";

    /// <summary>Name of the cluster; resolves when it is active.</summary>
    [Output("clusterName")]
    public Output<string> Name { get; private set; }

    /// <summary>ARN of the cluster; resolves when it is active.</summary>
    [Output("clusterArn")]
    public Output<string> Arn { get; private set; }

    /// <summary>Kubeconfig without a token; resolves when the cluster is active. Secret.</summary>
    [Output("kubeconfig")]
    public Output<string> Kubeconfig { get; private set; }

    public Pulumi.Kubernetes.Provider Provider { get; }
    public ClusterKind Kind => ClusterKind.Eks;
    public AwsAccount Account { get; }
    public INetwork Network { get; }
    public EksAuthenticationMode AuthenticationMode { get; }
    public Output<string> PolicyArn { get; }
    public Output<string> NodeSecurityGroupId { get; }
    public Output<string> Server { get; }
    public Output<string> CertificateAuthority { get; }
    public Output<string> OidcProviderArn { get; }
    public Output<string> OidcIssuer { get; }
    public Output<string> Location { get; }
    public TargetGroupApi TargetGroups { get; } = TargetGroupApi.Controller;
    public SshLoadBalancer ServiceLoadBalancer { get; } = SshLoadBalancer.AwsNetworkLoadBalancer;

    public EksCluster(string name, EksClusterArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Account = args.Account;
        Network = args.Network;
        AuthenticationMode = args.AuthenticationMode;
        Location = Output.Create(args.Account.Region.Name);
        PolicyArn = args.Account.ArnOf("eks", $"cluster/{args.ClusterName}");

        var controlPlane = new EksControlPlane(name, args, new ComponentResourceOptions { Parent = this });
        Name = controlPlane.Name;
        Arn = controlPlane.Arn;
        NodeSecurityGroupId = controlPlane.SecurityGroupId;
        OidcProviderArn = controlPlane.OidcProviderArn;
        OidcIssuer = controlPlane.OidcIssuer;
        var api = new EksApiServer(Name, Arn, controlPlane.Endpoint, controlPlane.CertificateAuthority, args.Account.Region, args.KubernetesRoleArn);
        Server = api.Endpoint;
        CertificateAuthority = api.CertificateAuthority;
        Kubeconfig = api.Kubeconfig;

        if (args.AutoMode is { Enabled: true } autoMode)
        {
            TargetGroups = TargetGroupApi.AutoMode(args.ClusterName);
            ServiceLoadBalancer = SshLoadBalancer.EksAutoMode;
            Provider = api.MakeProvider($"{name}-provider", this, MakeAutomatic(name, args, autoMode, api, controlPlane));
        }
        else
        {
            Provider = api.MakeProvider($"{name}-provider", this, MakeManaged(name, args, api, controlPlane));
        }

        RegisterOutputs();
    }

    // Node groups, and what looks after them.
    private List<Resource> MakeManaged(string name, EksClusterArgs args, EksApiServer api, EksControlPlane controlPlane)
    {
        var addons = EksAddon.For(args.Version, args.LustreEnabled).ToLookup(addon => addon.BeforeNodes);
        var network = MakeAddons($"{name}-network", args, addons[true], []);
        var nodes = MakeNodes(name, args, network, controlPlane);
        var drivers = MakeAddons($"{name}-services", args, addons[false], [nodes]);
        var system = api.MakeProvider($"{name}-system", this, [controlPlane, drivers]);

        var onSystem = new ComponentResourceOptions { Parent = this, Providers = { system } };
        var storage = new DefaultStorageClass($"{name}-storage", args.KeyArn, DefaultStorageClass.AddonProvisioner, onSystem);
        var controller = new LoadBalancerController(
            $"{name}-load-balancers", new LoadBalancerControllerArgs { Cluster = this, Chart = args.Charts(HelmCharts.AwsLoadBalancerController) }, onSystem);
        List<Resource> ready = [storage, controller];
        if (args.DevicePluginsEnabled && DevicePlugins.Needed(args.Pools))
        {
            ready.Add(new DevicePlugins($"{name}-devices", new DevicePluginsArgs { Pools = args.Pools, Charts = args.Charts }, onSystem));
        }

        if (args.AutoscalerEnabled)
        {
            ready.Add(new ClusterAutoscaler(
                $"{name}-autoscaler",
                new ClusterAutoscalerArgs { Cluster = this, Version = args.Version, Chart = args.Charts(HelmCharts.ClusterAutoscaler) },
                onSystem));
        }

        if (!args.KarpenterPools.IsEmpty)
        {
            ready.Add(MakeKarpenter($"{name}-karpenter", args, onSystem));
        }

        return ready;
    }

    // Add-ons start on the first nodes, and those come for their pods.
    private List<Resource> MakeAutomatic(string name, EksClusterArgs args, EksAutoMode autoMode, EksApiServer api, EksControlPlane controlPlane)
    {
        var system = api.MakeProvider($"{name}-system", this, [controlPlane]);
        var onSystem = new ComponentResourceOptions { Parent = this, Providers = { system } };
        var pools = new AutoModePools(
            $"{name}-auto",
            new AutoModePoolsArgs
            {
                Account = args.Account,
                ClusterName = Name,
                InstanceTags = args.InstanceTags,
                Pools = autoMode.Pools,
                SecurityGroupId = NodeSecurityGroupId,
                Subnets = [.. args.Network.PrivateSubnets.Select(subnet => subnet.Id)],
            },
            onSystem);
        var storage = new DefaultStorageClass($"{name}-storage", args.KeyArn, DefaultStorageClass.AutoModeProvisioner, onSystem);
        return [storage, MakeAddons($"{name}-services", args, EksAddon.For(args.Version, args.LustreEnabled, isAutoMode: true), [controlPlane, pools])];
    }

    private Karpenter MakeKarpenter(string name, EksClusterArgs args, ComponentResourceOptions onSystem) => new(
        name,
        new KarpenterArgs
        {
            Charts = args.Charts,
            Cluster = this,
            ClusterName = args.ClusterName,
            InstanceTags = args.InstanceTags,
            Pools = args.KarpenterPools,
            // Two of them never share a node, and a release waits for both.
            Replicas = Math.Clamp(args.Pools.Where(pool => pool.TakesEveryPod).Sum(pool => pool.Desired), 1, 2),
        },
        onSystem);

    private EksAddons MakeAddons(string name, EksClusterArgs args, IEnumerable<EksAddon> addons, InputList<Resource> after) => new(
        name,
        new EksAddonsArgs
        {
            Account = args.Account,
            Addons = [.. addons.Select(addon => addon.With(args.Addons.GetValueOrDefault(addon.Name)))],
            ClusterArn = PolicyArn,
            ClusterName = Name,
            KeyArn = args.KeyArn,
        },
        new ComponentResourceOptions { Parent = this, DependsOn = after });

    private EksNodeGroups MakeNodes(string name, EksClusterArgs args, EksAddons network, EksControlPlane controlPlane) => new(
        $"{name}-nodes",
        new EksNodeGroupsArgs
        {
            Cluster = args,
            ClusterName = Name,
            Endpoint = controlPlane.Endpoint,
            CertificateAuthority = controlPlane.CertificateAuthority,
        },
        // Nodes without a network plugin never become ready; and while nodes go, the plugin gives back their network interfaces.
        new ComponentResourceOptions { Parent = this, DependsOn = { network } });
}

/// <summary>What an EKS cluster looks like.</summary>
public sealed class EksClusterArgs : ResourceArgs
{
    public const EksSupport DefaultSupportAfterStandard = EksSupport.Extended;
    public static readonly Ipv4Block DefaultServiceBlock = Ipv4Block.Parse("172.20.0.0/16");
    public const int DefaultLogRetentionInDays = 365;
    public static readonly ImmutableArray<EksLogType> DefaultLogTypes = [.. Enum.GetValues<EksLogType>()];
    public required AwsAccount Account { get; init; }

    /// <summary>Physical name; it must tell the stack from others in the account (<see cref="Naming.AwsName"/>). Changing it replaces the cluster.</summary>
    public required string ClusterName { get; init; }

    public required EksVersion Version { get; init; }

    /// <summary>What happens at the end of standard support. Default extended support, so that nothing upgrades on its own.</summary>
    public EksSupport SupportAfterStandard { get; init; } = DefaultSupportAfterStandard;

    public required INetwork Network { get; init; }

    /// <summary>Key for Kubernetes Secrets, the control plane's logs, and the volumes of the default StorageClass.</summary>
    public required Input<string> KeyArn { get; init; }

    /// <summary>Default only from inside the VPC.</summary>
    public EksEndpointAccess Endpoint { get; init; } = EksEndpointAccess.Private;

    /// <summary>Default access entries only.</summary>
    public EksAuthenticationMode AuthenticationMode { get; init; } = EksAuthenticationMode.Api;

    /// <summary>Addresses of Services. Default 172.20.0.0/16, the one of EKS's two choices that is not in 10.0.0.0/8.</summary>
    public Ipv4Block ServiceBlock { get; init; } = DefaultServiceBlock;

    /// <summary>IAM roles and users that administer the cluster; the one that runs this program must be among them.</summary>
    public required ImmutableArray<string> AdministratorArns { get; init; }

    /// <summary>Role that the AWS CLI assumes to get a token for the API server; null for the credentials that run this program.</summary>
    public string? KubernetesRoleArn { get; init; }

    public required ImmutableArray<EksNodePool> Pools { get; init; }

    /// <summary>Tags of instances, disks and network interfaces, which the provider's default tags do not reach.</summary>
    public required ImmutableDictionary<string, string> InstanceTags { get; init; }

    /// <summary>Add and remove nodes as pods need them, within the limits of each pool. Default false.</summary>
    public bool AutoscalerEnabled { get; init; }

    /// <summary>Tell the scheduler of GPUs and Neuron devices, where pools have them. Default true; false where something else does.</summary>
    public bool DevicePluginsEnabled { get; init; } = true;

    /// <summary>Pools of Karpenter beside the node groups, one of which has to run Karpenter itself. Default none, and no Karpenter.</summary>
    public ImmutableArray<ProvisionedPool> KarpenterPools { get; init; } = [];

    /// <summary>EKS Auto Mode, in which there are no node groups; null where EKS was never told of it. Default null.</summary>
    public EksAutoMode? AutoMode { get; init; }

    /// <summary>Nodes mount FSx for Lustre file systems. Default false.</summary>
    public bool LustreEnabled { get; init; }

    /// <summary>What the stack wants of add-ons in another way, by their names. Default nothing.</summary>
    public ImmutableDictionary<string, EksAddonOptions> Addons { get; init; } = ImmutableDictionary<string, EksAddonOptions>.Empty;

    /// <summary>What the stack wants of a chart in another way. Default nothing.</summary>
    public Func<HelmChart, ChartOptions> Charts { get; init; } = _ => ChartOptions.None;

    /// <summary>What the control plane logs. Default everything.</summary>
    public ImmutableArray<EksLogType> LogTypes { get; init; } = DefaultLogTypes;

    /// <summary>Days that the control plane's logs are kept, one of CloudWatch's values. Default 365 (Checkov CKV_AWS_338).</summary>
    public int LogRetentionInDays { get; init; } = DefaultLogRetentionInDays;

    /// <summary>EKS and Pulumi refuse to delete the cluster. Default false.</summary>
    public bool Protected { get; init; }
}
