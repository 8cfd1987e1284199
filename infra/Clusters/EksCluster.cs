using Infra.Accounts;
using Infra.LoadBalancing;
using Infra.Networks;
using Infra.Scaling;
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

    public Output<string> NodeSecurityGroupId { get; }

    public Output<string> Server { get; }

    public Output<string> CertificateAuthority { get; }

    public Output<string> OidcProviderArn { get; }

    public Output<string> OidcIssuer { get; }

    public Output<string> Location { get; }

    public EksCluster(string name, EksClusterArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Account = args.Account;
        Network = args.Network;
        AuthenticationMode = args.AuthenticationMode;
        Location = Output.Create(args.Account.Region.Name);

        var controlPlane = MakeControlPlane(name, args);
        Name = controlPlane.Name;
        Arn = controlPlane.Arn;
        NodeSecurityGroupId = controlPlane.SecurityGroupId;
        OidcProviderArn = controlPlane.OidcProviderArn;
        OidcIssuer = controlPlane.OidcIssuer;
        Server = controlPlane.Endpoint;
        CertificateAuthority = EksKubeconfig.PemOf(controlPlane.CertificateAuthority);
        Kubeconfig = EksKubeconfig.Of(Name, Server, controlPlane.CertificateAuthority, args.Account.Region, args.KubernetesRoleArn);

        var addons = EksAddon.For(args.Version, args.LustreEnabled).ToLookup(addon => addon.BeforeNodes);
        var network = MakeAddons($"{name}-network", args, addons[true], []);
        var nodes = MakeNodes(name, args, network);
        var drivers = MakeAddons($"{name}-services", args, addons[false], [nodes]);
        var system = MakeProvider($"{name}-system", [controlPlane, drivers]);

        var onSystem = new ComponentResourceOptions { Parent = this, Providers = { system } };
        var storage = new DefaultStorageClass($"{name}-storage", args.KeyArn, onSystem);
        var controller = new LoadBalancerController($"{name}-load-balancers", new LoadBalancerControllerArgs { Cluster = this }, onSystem);
        List<Resource> ready = [storage, controller];
        if (args.AutoscalerEnabled)
        {
            ready.Add(new ClusterAutoscaler($"{name}-autoscaler", new ClusterAutoscalerArgs { Cluster = this, Version = args.Version }, onSystem));
        }

        Provider = MakeProvider($"{name}-provider", ready);
        RegisterOutputs();
    }

    private EksControlPlane MakeControlPlane(string name, EksClusterArgs args) => new(
        name,
        new EksControlPlaneArgs
        {
            Account = args.Account,
            AdministratorArns = args.AdministratorArns,
            AuthenticationMode = args.AuthenticationMode,
            ClusterName = args.ClusterName,
            Endpoint = args.Endpoint,
            KeyArn = args.KeyArn,
            LogRetentionInDays = args.LogRetentionInDays,
            Network = args.Network,
            Protected = args.Protected,
            ServiceBlock = args.ServiceBlock,
            SupportAfterStandard = args.SupportAfterStandard,
            Version = args.Version,
        },
        new ComponentResourceOptions { Parent = this });

    private EksAddons MakeAddons(string name, EksClusterArgs args, IEnumerable<EksAddon> addons, InputList<Resource> after) => new(
        name,
        new EksAddonsArgs { Account = args.Account, Addons = [.. addons], ClusterArn = Arn, ClusterName = Name, KeyArn = args.KeyArn },
        new ComponentResourceOptions { Parent = this, DependsOn = after });

    private EksNodeGroups MakeNodes(string name, EksClusterArgs args, EksAddons network) => new(
        $"{name}-nodes",
        new EksNodeGroupsArgs
        {
            Account = args.Account,
            ClusterName = Name,
            DiskKeyArn = args.NodeDiskKeyArn,
            InstanceTags = args.InstanceTags,
            Pools = args.Pools,
            Subnets = args.Network.PrivateSubnets,
            Version = args.Version,
        },
        // Nodes without a network plugin never become ready; and while nodes go, the plugin gives back their network interfaces.
        new ComponentResourceOptions { Parent = this, DependsOn = { network } });

    private Pulumi.Kubernetes.Provider MakeProvider(string name, InputList<Resource> after) => new(
        name,
        new Pulumi.Kubernetes.ProviderArgs
        {
            // Objects belong to the cluster, not to its address: a new endpoint or authority does not replace them.
            ClusterIdentifier = Arn,
            EnableServerSideApply = true,
            KubeConfig = Kubeconfig,
        },
        new CustomResourceOptions { Parent = this, DependsOn = after });
}
