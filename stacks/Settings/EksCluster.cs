using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Networks;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>An EKS cluster that this stack makes.</summary>
[Needs(nameof(PlatformSettings.Aws))]
public sealed record EksClusterSettings : AnyEksSettings, IChecked
{
    // A node group's name has 63 characters (EKS API reference, CreateNodegroup); "cluster-nodes-" goes before the pool's name and eight characters of Pulumi's
    // behind it.
    private const int LongestPoolName = 40;

    // EKS API reference, KubernetesNetworkConfigRequest: private addresses, /24 to /12.
    private static readonly ImmutableArray<Ipv4Block> PrivateBlocks =
        [Ipv4Block.Parse("10.0.0.0/8"), Ipv4Block.Parse("172.16.0.0/12"), Ipv4Block.Parse("192.168.0.0/16")];

    [Setting("Name of the cluster in AWS. Another name means another cluster.", Absent = "studio- and the name of the stack", Example = "studio-prod")]
    [Form(Form.EksClusterName)]
    public string? Name { get; init; }

    [Setting("Kubernetes version of control plane and nodes.")]
    public EksVersion Version { get; init; } = EksVersion.Find(EksVersion.Default)!;

    [Setting(
        "Pay for twelve more months at the end of a version's standard support ($0.60 instead of $0.10 an hour) instead of being upgraded by AWS.",
        Absent = "true in a production stack, false elsewhere")]
    public bool? ExtendedSupport { get; init; }

    [Setting(
        "IAM roles and users that administer the cluster. The one that runs Pulumi must be among them: no other principal has access.",
        Example = "[arn:aws:iam::123456789012:role/platform-deploy]")]
    [Fewest(1)]
    public required ImmutableArray<IamPrincipal> Administrators { get; init; }

    [Setting("Role that the AWS CLI assumes to sign in to the cluster.", Absent = "the credentials that run Pulumi")]
    public IamPrincipal? KubernetesRole { get; init; }

    [Setting("The VPC that the cluster stands in.", Absent = "a new one with every default")]
    public EksNetworkSettings Network { get; init; } = new CreatedNetworkSettings();

    [Setting(
        "Addresses on the internet from which the API server can be reached.",
        Absent = "none: only the VPC and what is connected to it",
        Example = "[203.0.113.0/24]")]
    public ImmutableArray<Ipv4Block> PublicAccess { get; init; } = [];

    [Setting("Who reaches the private address of the API server, which only the cluster's own nodes do by themselves.", Absent = "nobody else")]
    public EksPrivateAccessSettings PrivateAccess { get; init; } = new();

    [Setting("Addresses of Services; nothing that the VPC reaches may have them.")]
    public Ipv4Block ServiceBlock { get; init; } = EksClusterArgs.DefaultServiceBlock;

    [Setting("Also accept the entries of the aws-auth config map, for tools that still write it. There is no way back to it from access entries only.")]
    public bool AwsAuthConfigMap { get; init; }

    [Setting("Managed node groups by name; one or more unless autoMode is given.", Absent = "none", Example = "{ general: { instanceTypes: [m7i.large] } }")]
    [Entry(Form.KubernetesEntry)]
    [Fewest(1)]
    public ImmutableSortedDictionary<string, EksNodePoolSettings> NodePools { get; init; } = ImmutableSortedDictionary<string, EksNodePoolSettings>.Empty;

    [Setting("Add and remove nodes as pods need them, within the limits of each pool (Cluster Autoscaler).")]
    public bool Autoscaler { get; init; }

    [Setting("Install the device plugins of NVIDIA and Neuron where pools have such devices; not where a GPU operator or DRA driver looks after them.")]
    public bool DevicePlugins { get; init; } = true;

    [Setting("Nodes of whatever instance types fit, beside the node groups, as pods need them (Karpenter).", Absent = "none")]
    public KarpenterSettings? Karpenter { get; init; }

    [Setting("Let AWS run nodes, network plugin, volumes and load balancers (EKS Auto Mode), instead of node groups and of what looks after them.", Absent = "nodes are those of nodePools")]
    public AutoModeSettings? AutoMode { get; init; }

    [Setting("What is different about the add-ons of EKS, by their names.", Absent = "nothing", Example = "{ vpc-cni: { version: v1.22.4-eksbuild.3 } }")]
    [Entry(Form.EksAddon)]
    public ImmutableSortedDictionary<string, EksAddonSettings> Addons { get; init; } = ImmutableSortedDictionary<string, EksAddonSettings>.Empty;

    [Setting("What the control plane logs; [] for nothing. CloudWatch is paid by the byte, and audit is most of it.", Example = "[audit, authenticator]")]
    public ImmutableArray<EksLogType> LogTypes { get; init; } = EksClusterArgs.DefaultLogTypes;

    [Setting("Days that the logs of control plane and network are kept.", Example = "365")]
    [OneOf(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)]
    public int LogRetentionDays { get; init; } = EksClusterArgs.DefaultLogRetentionInDays;

    /// <summary>Whether AWS runs the nodes.</summary>
    internal bool IsAuto => AutoMode is { Enabled: true };

    /// <summary>Pools of Karpenter, or of this stack's own in EKS Auto Mode, with the key that holds them.</summary>
    internal (string Key, ImmutableSortedDictionary<string, ProvisionedPoolSettings> Pools) Provisioned =>
        IsAuto
            ? (nameof(AutoMode), AutoMode!.Pools)
            : (nameof(Karpenter), Karpenter?.Pools ?? ImmutableSortedDictionary<string, ProvisionedPoolSettings>.Empty);

    public override EksAuthenticationMode Authentication => AwsAuthConfigMap ? EksAuthenticationMode.ApiAndConfigMap : EksAuthenticationMode.Api;

    public override ExistingNetworkSettings? ExistingNetwork => Network as ExistingNetworkSettings;

    public override T Match<T>(IClusterKinds<T> kinds) => kinds.Eks(this);

    /// <summary>What AWS does at the end of a version's standard support.</summary>
    public EksSupport SupportAfterStandard(bool production) => ExtendedSupport ?? production ? EksSupport.Extended : EksSupport.Standard;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. CheckAdministrators(at),
        .. CheckAccess(at),
        .. LogRules.Eks(this, platform, at),
        .. CheckServiceBlock(at),
        .. CheckPools(platform, at),
        .. ChartRules.CheckAddons(this, platform, at[nameof(Addons)]),
    ];

    private IEnumerable<SettingsProblem> CheckAdministrators(SettingPath at)
    {
        if (Administrators.IsEmpty)
        {
            yield return new(
                at[nameof(Administrators)],
                "is empty, so that no principal has access to the cluster",
                "one IAM role or user or more",
                "add the role that runs Pulumi: aws sts get-caller-identity shows it");
        }

        foreach (var (index, principal) in Administrators.Index().Where(entry => Administrators.IndexOf(entry.Item) < entry.Index))
        {
            yield return new(
                at[nameof(Administrators)][index], "is named twice, and a cluster has one access entry for each", "every role and user once",
                "remove one of them", principal.Arn);
        }
    }

    private IEnumerable<SettingsProblem> CheckAccess(SettingPath at)
    {
        foreach (var (index, block) in PublicAccess.Index().Where(entry => entry.Item.PrefixLength == 0))
        {
            yield return new(
                at[nameof(PublicAccess)][index], "lets the whole internet try to sign in to the API server", "the addresses that administrators come from",
                "name your own network, or remove publicAccess and connect to the VPC", block.Text);
        }

        if (PublicAccess.IsEmpty && !PrivateAccess.LetsIn)
        {
            yield return new(
                at[nameof(PrivateAccess)],
                "lets nobody in, and there is no publicAccess either: the first object that Pulumi makes on the cluster would wait until it gives up",
                "blocks or securityGroups of what runs Pulumi, runnerInside: true where it gets in on another way, or publicAccess",
                "privateAccess: { blocks: [10.0.0.0/16] } for a runner that a connection of the VPC leads to, or publicAccess: [203.0.113.0/24] until a second "
                    + "update closes it (docs/aws.md, Reach the API server)");
        }
    }

    private IEnumerable<SettingsProblem> CheckServiceBlock(SettingPath at)
    {
        if (ServiceBlock.PrefixLength is < 12 or > 24 || !PrivateBlocks.Any(block => block.Contains(ServiceBlock)))
        {
            yield return new(
                at[nameof(ServiceBlock)], "is no block that EKS takes for Services", "a /12 to /24 in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
                $"serviceBlock: {EksClusterArgs.DefaultServiceBlock}", ServiceBlock.Text);
        }

        if (Network is CreatedNetworkSettings network && network.Block.Overlaps(ServiceBlock))
        {
            yield return new(
                at[nameof(ServiceBlock)], $"overlaps with the VPC's own addresses, {network.Block}", "addresses that nothing in or near the VPC has",
                $"serviceBlock: {EksClusterArgs.DefaultServiceBlock}, and a VPC in 10.0.0.0/8", ServiceBlock.Text);
        }

        IEnumerable<Ipv4Block> peers = Network is CreatedNetworkSettings created
            ? created.Peers.Concat(ConnectionRules.Connected(created, new("")).Select(connection => connection.Block))
            : [];
        foreach (var peer in peers.Where(ServiceBlock.Overlaps))
        {
            yield return new(
                at[nameof(ServiceBlock)], $"overlaps with a peer of the VPC, {peer}, and pods would never reach it",
                "addresses that nothing in or near the VPC has", "choose another block for Services", ServiceBlock.Text);
        }
    }

    /// <summary>Whether the pool has nodes from the start, and keeps no pod away from them.</summary>
    internal static bool TakesEveryPod(EksNodePoolSettings pool) =>
        (pool.Desired ?? pool.Minimum) > 0 && pool.EffectiveTaints.All(taint => taint.Effect is NodeTaintEffect.PreferNoSchedule);

    private IEnumerable<SettingsProblem> CheckPools(PlatformSettings platform, SettingPath at)
    {
        var pools = at[nameof(NodePools)];
        if (NodePools.IsEmpty && !IsAuto)
        {
            yield return new(
                pools, "has no entry", "one pool or more, or autoMode", "nodePools: { general: { instanceTypes: [m7i.large] } }");
        }

        foreach (var (name, _) in NodePools.Where(pool => pool.Key.Length > LongestPoolName))
        {
            yield return new(
                pools.Entry(name),
                "is too long to become the name of a node group",
                $"at most {LongestPoolName} characters",
                $"for example {name[..LongestPoolName].TrimEnd('-')}");
        }

        foreach (var (name, pool) in NodePools.Where(pool => pool.Value.Minimum == 0 && !Autoscaler))
        {
            yield return new(
                pools.Entry(name)[nameof(pool.Minimum)], "is 0, and nothing would add the first node", "1 or more, or 0 with autoscaler: true", "minimum: 1",
                "0");
        }

        foreach (var (name, pool) in NodePools.Where(pool => pool.Value is { Minimum: 0, NodeImage.Accelerator: Accelerator.Neuron } && Autoscaler))
        {
            yield return new(
                pools.Entry(name)[nameof(pool.Minimum)],
                "is 0, and the autoscaler does not know of Neuron devices that no node has yet: runs that ask for one would wait for ever",
                "1 or more with Neuron devices", "minimum: 1", "0");
        }

        if (!NodePools.IsEmpty && (Autoscaler || NodePools.Values.All(pool => pool.Minimum > 0)) && !NodePools.Values.Any(TakesEveryPod))
        {
            yield return new(
                pools,
                "has no pool that takes every pod and starts with a node, so that CoreDNS and the controllers have nowhere to run",
                "one pool or more with minimum 1 or more and without taints",
                "add a pool: general: { instanceTypes: [m7i.large] }");
        }

        foreach (var (name, _) in NodePools.Where(pool => platform.Production && pool.Value is { Spot: true, EffectiveTaints.IsEmpty: true }))
        {
            yield return new(
                pools.Entry(name)["spot"],
                "lets AWS take nodes back at two minutes' notice, and what a production stack protects may run on them",
                "false, or true with a taint that keeps everything away but pipelines",
                "taints: [{ key: workload, value: pipelines, effect: noSchedule }]",
                "true");
        }
    }
}

/// <summary>An EKS cluster that exists, found by its name.</summary>
[Needs(nameof(PlatformSettings.Aws))]
public sealed record AdoptedEksSettings : AnyEksSettings
{
    [Setting("Name of the cluster in the region.", Example = "shared-research")]
    [Form(Form.EksClusterName)]
    public required string Name { get; init; }

    [Setting("The VPC of its nodes.")]
    public required ExistingNetworkSettings Network { get; init; }

    [Setting(
        "Security group of its nodes, for which EFS, FSx, Redis and load balancers open. Nodes of terraform-aws-eks and of eksctl have one of their own.",
        Absent = "the cluster's own group, which managed node groups have",
        Example = "sg-0123456789abcdef0")]
    [Form(Form.SecurityGroupId)]
    public string? NodeSecurityGroup { get; init; }

    [Setting("Where the cluster looks up who an IAM principal is; a wrong answer stops the preview with the right one.")]
    public EksAuthenticationMode AuthenticationMode { get; init; } = EksAuthenticationMode.ApiAndConfigMap;

    [Setting("Install the AWS Load Balancer Controller. Leave it out where the cluster has one: two of them would fight over every Ingress.")]
    public bool LoadBalancerController { get; init; }

    [Setting("Role that the AWS CLI assumes to sign in to the cluster.", Absent = "the credentials that run Pulumi")]
    public IamPrincipal? KubernetesRole { get; init; }

    public override EksAuthenticationMode Authentication => AuthenticationMode;

    public override ExistingNetworkSettings? ExistingNetwork => Network;

    public override T Match<T>(IClusterKinds<T> kinds) => kinds.AdoptedEks(this);
}
