using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Encryption;
using Infra.Networks;
using Pulumi;

namespace Infra.Clusters;

/// <summary>A private GKE Standard cluster with its nodes and the key that encrypts its Secrets and disks.</summary>
/// <remarks>
/// <see cref="Provider"/> depends on the nodes, and every object that is made with a provider depends on the provider:
/// whatever a stack puts on the cluster starts after there are nodes, and is deleted before they are.
/// </remarks>
public sealed class GkeCluster : ComponentResource, IGkeCluster
{
    private const string Token = "platform:clusters:GkeCluster";

    /// <summary>Name of the cluster; resolves when its API server answers.</summary>
    [Output("clusterName")]
    public Output<string> Name { get; private set; }

    /// <summary>Kubeconfig without a token; resolves when the API server answers. Secret.</summary>
    [Output("kubeconfig")]
    public Output<string> Kubeconfig { get; private set; }

    public Pulumi.Kubernetes.Provider Provider { get; }
    public ClusterKind Kind => ClusterKind.Gke;
    public GcpProject Project { get; }
    public IGcpNetwork Network { get; }
    public Output<string> Server { get; }
    public Output<string> CertificateAuthority { get; }
    public Output<string> WorkloadPool { get; }
    public Output<string> Location { get; }

    public GkeCluster(string name, GkeClusterArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Project = args.Project;
        Network = args.Network;
        var child = new ComponentResourceOptions { Parent = this };
        var key = new GcpKey(
            $"{name}-key",
            // The first agent encrypts Secrets in etcd, the second one disks.
            new GcpKeyArgs { Project = args.Project, ServiceAgents = ["container-engine-robot", "compute-system"], Protected = args.Protected },
            child);
        var identity = new GkeNodeIdentity(
            $"{name}-nodes-account",
            new GkeNodeIdentityArgs { Project = args.Project, AccountId = args.NodeAccountId, Description = $"Nodes of GKE cluster {args.ClusterName}" },
            child);
        var controlPlane = new GkeControlPlane(name, new GkeControlPlaneArgs { Cluster = args, KeyId = key.KeyId, NodeAccount = identity.Email }, child);
        var nodes = new GkeNodePools(
            $"{name}-nodes",
            new GkeNodePoolsArgs { Cluster = args, ClusterId = controlPlane.ClusterId, DiskKeyId = key.KeyId, NodeAccount = identity.Email },
            child);

        Name = controlPlane.Name;
        // GKE knows where it put the cluster; the text is the same, but its readers wait for the cluster.
        Location = controlPlane.Name.Apply(_ => args.Location.Text);
        WorkloadPool = controlPlane.Name.Apply(_ => $"{args.Project.ProjectId}.svc.id.goog");
        Server = Output.Format($"https://{controlPlane.Endpoint}");
        CertificateAuthority = ExecKubeconfig.PemOf(controlPlane.CertificateAuthority);
        // The DNS name has a certificate of a public authority; the cluster's own would not vouch for it.
        var authority = args.Access.ByName ? Output.Create("") : controlPlane.CertificateAuthority;
        Kubeconfig = GkeKubeconfig.From(Name, controlPlane.Endpoint, authority);
        var provider = ClusterProvider.Args(controlPlane.ClusterId);
        provider.KubeConfig = Kubeconfig;
        Provider = new Pulumi.Kubernetes.Provider($"{name}-provider", provider, new CustomResourceOptions { Parent = this, DependsOn = { nodes } });
        RegisterOutputs();
    }
}

/// <summary>What a GKE cluster looks like.</summary>
public sealed class GkeClusterArgs : ResourceArgs
{
    public const GkeReleaseChannel DefaultChannel = GkeReleaseChannel.Regular;
    public const bool DefaultManagedPrometheus = true;
    public static readonly ImmutableArray<GkeLog> DefaultLogs = [.. Enum.GetValues<GkeLog>()];
    public static readonly ImmutableArray<GkeMetric> DefaultMetrics = [.. Enum.GetValues<GkeMetric>()];

    /// <summary>GKE's own default for the pods of a node.</summary>
    public const int DefaultPodsPerNode = 110;

    public required GcpProject Project { get; init; }

    /// <summary>Physical name (<see cref="Naming.GcpNameRule.GkeCluster"/>). Changing it replaces the cluster.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Id of the nodes' service account (<see cref="Naming.GcpNameRule.ServiceAccount"/>).</summary>
    public required string NodeAccountId { get; init; }

    /// <summary>A region in production: a control plane in one zone is away during every upgrade.</summary>
    public required GkeLocation Location { get; init; }

    public required GkeVersion Version { get; init; }

    /// <summary>Default Regular.</summary>
    public GkeReleaseChannel Channel { get; init; } = DefaultChannel;

    public required IGcpNetwork Network { get; init; }

    /// <summary>A /28 for the control plane. Changing it replaces the cluster.</summary>
    public Ipv4Block ControlPlaneBlock { get; init; } = GkeAddressPlan.Default.ControlPlane;

    /// <summary>Most pods on a node, 8 to 256; decides how many nodes the pods' range is good for. Changing it replaces the cluster.</summary>
    public int PodsPerNode { get; init; } = DefaultPodsPerNode;

    /// <summary>Default by DNS name, for whom IAM allows it, and no public address.</summary>
    public GkeEndpointAccess Access { get; init; } = new(GkeEndpointAccess.DefaultByName, []);

    /// <summary>Default the nights of the weekend.</summary>
    public GkeMaintenance Maintenance { get; init; } = GkeMaintenance.Weekend;

    public required ImmutableArray<GkeNodePool> Pools { get; init; }

    /// <summary>Node pools that GKE makes when pods need them. Default null: nothing is said of it, and a new cluster has none.</summary>
    public GkeAutoProvisioning? AutoProvisioning { get; init; }

    /// <summary>How soon the autoscaler takes nodes away. Default null: nothing is said of it, and a new cluster is balanced.</summary>
    public GkeAutoscalingProfile? AutoscalingProfile { get; init; }

    /// <summary>What goes to Cloud Logging. Default everything.</summary>
    public ImmutableArray<GkeLog> Logs { get; init; } = DefaultLogs;

    /// <summary>What goes to Cloud Monitoring. Default what costs little and tells whether pods run.</summary>
    public ImmutableArray<GkeMetric> Metrics { get; init; } = DefaultMetrics;

    /// <summary>Collect the metrics of pods, where somebody asks for them. Default true.</summary>
    public bool ManagedPrometheus { get; init; } = DefaultManagedPrometheus;

    /// <summary>Google group whose subgroups RBAC may name; null for none.</summary>
    public string? SecurityGroup { get; init; }

    /// <summary>GKE and Pulumi refuse to delete the cluster. Default false.</summary>
    public bool Protected { get; init; }
}
