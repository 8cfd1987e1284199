using Infra.Accounts;
using Infra.Charts;
using Infra.LoadBalancing;
using Infra.Networks;
using Pulumi;
using Pulumi.Aws.Eks;

namespace Infra.Clusters;

/// <summary>An EKS cluster that exists already, found by its name; destroying the stack leaves it as it is.</summary>
public sealed class AdoptedEksCluster : ComponentResource, IEksCluster
{
    private const string Token = "platform:clusters:AdoptedEksCluster";

    /// <summary>Name of the cluster, as given; everything else resolves when it was found with the authentication mode that the stack file names.</summary>
    [Output("clusterName")]
    public Output<string> Name { get; private set; }

    /// <summary>ARN of the cluster.</summary>
    [Output("clusterArn")]
    public Output<string> Arn { get; private set; }

    public Pulumi.Kubernetes.Provider Provider { get; }
    public ClusterKind Kind => ClusterKind.Eks;
    public AwsAccount Account { get; }
    public INetwork Network { get; }
    public EksAuthenticationMode AuthenticationMode { get; }
    public Output<string> PolicyArn { get; }
    public Output<string> NodeSecurityGroupId { get; }
    public Output<string> Server { get; }
    public Output<string> CertificateAuthority { get; }
    public Output<string> OidcIssuer { get; }

    /// <summary>The provider's ARN follows from its issuer; the cluster's owner must have made it for service accounts to use it.</summary>
    public Output<string> OidcProviderArn { get; }

    public Output<string> Location { get; }

    public AdoptedEksCluster(string name, AdoptedEksClusterArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Account = args.Account;
        Network = args.Network;
        AuthenticationMode = args.AuthenticationMode;
        Location = Output.Create(args.Account.Region.Name);
        PolicyArn = args.Account.ArnOf("eks", $"cluster/{args.ClusterName}");

        var found = GetCluster.Invoke(
            new GetClusterInvokeArgs { Name = args.ClusterName, Region = args.Account.Region.Name },
            new InvokeOptions { Parent = this }).Apply(cluster => Checked(cluster, args));
        Name = Output.Create(args.ClusterName);
        Arn = found.Apply(cluster => cluster.Arn);
        Server = found.Apply(cluster => cluster.Endpoint);
        NodeSecurityGroupId = args.NodeSecurityGroupId is { } nodes
            ? Output.Create(nodes)
            : found.Apply(cluster => cluster.VpcConfig.ClusterSecurityGroupId);
        OidcIssuer = found.Apply(cluster => EksApiServer.IssuerWithoutScheme(cluster.Identities[0].Oidcs[0].Issuer));
        OidcProviderArn = Output.Tuple(OidcIssuer, Account.AccountId)
            .Apply(owner => $"arn:{Account.Region.Partition}:iam::{owner.Item2}:oidc-provider/{owner.Item1}");
        var api = new EksApiServer(
            Name, Arn, Server, found.Apply(cluster => cluster.CertificateAuthorities[0].Data), Account.Region, args.KubernetesRoleArn);
        CertificateAuthority = api.CertificateAuthority;

        List<Resource> ready = [];
        if (args.InstallLoadBalancerController)
        {
            ready.Add(new LoadBalancerController(
                $"{name}-load-balancers",
                new LoadBalancerControllerArgs { Cluster = this, Chart = args.LoadBalancerChart },
                new ComponentResourceOptions { Parent = this, Providers = { api.MakeProvider($"{name}-system", this, []) } }));
        }

        Provider = api.MakeProvider($"{name}-provider", this, ready);
        RegisterOutputs();
    }

    // Where the mode is unknown, as in a rehearsal, nothing is said about it. A cluster without the block is older than access entries.
    private static GetClusterResult Checked(GetClusterResult cluster, AdoptedEksClusterArgs args)
    {
        var (mode, setting) = cluster.AccessConfigs.Select(access => access.AuthenticationMode).FirstOrDefault() switch
        {
            "API" => (EksAuthenticationMode.Api, "api"),
            "API_AND_CONFIG_MAP" => (EksAuthenticationMode.ApiAndConfigMap, "apiAndConfigMap"),
            _ => (EksAuthenticationMode.ConfigMap, "configMap"),
        };
        return mode == args.AuthenticationMode
            ? cluster
            : throw new RunException(
                $"EKS cluster '{args.ClusterName}' has another authentication mode than the stack file says: set authenticationMode: {setting}.");
    }
}

/// <summary>Which EKS cluster is adopted, and what is put on it.</summary>
public sealed class AdoptedEksClusterArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    /// <summary>Name of the cluster in the account's region.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The network that its nodes stand in; how many subnets it has decides how many mount targets and interfaces there are.</summary>
    public required INetwork Network { get; init; }

    /// <summary>Mode that the cluster has; a wrong one stops the preview with the right one.</summary>
    public required EksAuthenticationMode AuthenticationMode { get; init; }

    /// <summary>
    /// Group of its nodes, to which file systems, caches and balancers open; null for the cluster's own, which managed node groups have unless their launch
    /// template says otherwise.
    /// </summary>
    public string? NodeSecurityGroupId { get; init; }

    /// <summary>Install the AWS Load Balancer Controller. Default false: the cluster has one.</summary>
    public bool InstallLoadBalancerController { get; init; }

    /// <summary>What the stack wants of the controller's chart in another way. Default nothing.</summary>
    public ChartOptions LoadBalancerChart { get; init; } = ChartOptions.None;

    /// <summary>Role that the AWS CLI assumes to get a token for the API server; null for the credentials that run this program.</summary>
    public string? KubernetesRoleArn { get; init; }
}
