using Infra.Accounts;
using Infra.Manifests;
using Infra.Networks;
using Pulumi;
using Pulumi.Gcp.Container;

namespace Infra.Clusters;

/// <summary>A GKE cluster that exists already, found by its name; destroying the stack leaves it as it is.</summary>
public sealed class AdoptedGkeCluster : ComponentResource, IGkeCluster
{
    private const string Token = "platform:clusters:AdoptedGkeCluster";

    /// <summary>Name of the cluster; resolves when it was found with Workload Identity.</summary>
    [Output("clusterName")]
    public Output<string> Name { get; private set; }

    public Pulumi.Kubernetes.Provider Provider { get; }
    public ClusterKind Kind => ClusterKind.Gke;
    public GcpProject Project { get; }
    public IGcpNetwork Network { get; }
    public Output<string> Server { get; }
    public Output<string> CertificateAuthority { get; }
    public Output<string> WorkloadPool { get; }
    public Output<string> Location { get; }

    public AdoptedGkeCluster(string name, AdoptedGkeClusterArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        Project = args.Project;
        var found = GetCluster.Invoke(
            new GetClusterInvokeArgs { Name = args.ClusterName, Location = args.Location.Text, Project = args.Project.ProjectId },
            new InvokeOptions { Parent = this });
        var pool = found.Apply(cluster => Pool(cluster, args));
        WorkloadPool = Planned.Or(pool, PoolOf(args));
        // As they were given: what is found is secret as a whole, for the key in its masterAuths.
        Name = Output.Create(args.ClusterName);
        Location = Output.Create(args.Location.Text);
        Network = FindNetwork(name, args, found);
        found.Apply(cluster => WarnOfOpenPods(cluster, args));

        var byName = found.Apply(DnsName);
        var endpoint = Output.Tuple(found, byName).Apply(known => known.Item2.Length > 0 ? known.Item2 : known.Item1.Endpoint);
        var authority = found.Apply(cluster => cluster.MasterAuths[0].ClusterCaCertificate);
        Server = Output.Format($"https://{endpoint}");
        CertificateAuthority = ExecKubeconfig.PemOf(authority);
        // Nothing is put on a cluster without Workload Identity.
        var provider = ClusterProvider.Args(Output.Tuple(found, pool).Apply(checkedCluster => checkedCluster.Item1.Id));
        provider.KubeConfig = GkeKubeconfig.From(Name, endpoint, Output.Tuple(authority, byName).Apply(known => known.Item2.Length > 0 ? "" : known.Item1));
        Provider = new Pulumi.Kubernetes.Provider($"{name}-provider", provider, new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    // Google gives every project one pool of this name.
    private static string PoolOf(AdoptedGkeClusterArgs args) => $"{args.Project.ProjectId}.svc.id.goog";

    private static string Pool(GetClusterResult cluster, AdoptedGkeClusterArgs args) =>
        cluster.WorkloadIdentityConfigs is [{ WorkloadPool.Length: > 0 } identity, ..]
        ? identity.WorkloadPool
        : throw new RunException(
            $"GKE cluster '{args.ClusterName}' in '{args.Location}' has no Workload Identity, and pods would act as their node: gcloud container clusters "
                + $"update {args.ClusterName} --location {args.Location} --workload-pool {PoolOf(args)}");

    // Clusters with Dataplane V2 enforce policies, older ones where Calico was switched on.
    private bool WarnOfOpenPods(GetClusterResult cluster, AdoptedGkeClusterArgs args)
    {
        // A rehearsal knows nothing of the cluster, and says nothing.
        var enforced = cluster.DatapathProvider == "ADVANCED_DATAPATH"
            || cluster.NetworkPolicies.IsDefaultOrEmpty
            || cluster.NetworkPolicies.Any(policy => policy.Enabled);
        if (!enforced)
        {
            Log.Warn(
                $"GKE cluster '{args.ClusterName}' enforces no NetworkPolicy, so that pods of one environment reach those of the others: switch Calico on "
                    + $"(gcloud container clusters update {args.ClusterName} --location {args.Location} --update-addons NetworkPolicy=ENABLED, "
                    + "then --enable-network-policy), or use a cluster with Dataplane V2.",
                this);
        }

        return enforced;
    }

    // The name that IAM guards, if the cluster's owner lets it be used from outside; empty for the address.
    private static string DnsName(GetClusterResult cluster) =>
        cluster.ControlPlaneEndpointsConfigs is [{ DnsEndpointConfigs: [{ AllowExternalTraffic: true } dns, ..] }, ..] ? dns.Endpoint : "";

    private ExistingGcpNetwork FindNetwork(string name, AdoptedGkeClusterArgs args, Output<GetClusterResult> found)
    {
        var networkId = found.Apply(cluster => cluster.Network);
        var managedServices = args.ManagedServicesBlock is { } block
            ? new ManagedServicesAccess(
                $"{name}-managed-services",
                new ManagedServicesAccessArgs { NetworkId = networkId, Block = block, Protected = args.Protected },
                new ComponentResourceOptions { Parent = this })
            : null;
        return new ExistingGcpNetwork(networkId, found.Apply(cluster => cluster.Subnetwork), managedServices: managedServices);
    }
}

/// <summary>Which GKE cluster is adopted.</summary>
public sealed class AdoptedGkeClusterArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    /// <summary>Name of the cluster.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Region or zone of the cluster; a cluster is found by both.</summary>
    public required GkeLocation Location { get; init; }

    /// <summary>Addresses for managed services that the network gets; null where it has private services access already.</summary>
    public Ipv4Block? ManagedServicesBlock { get; init; }

    /// <summary>Refuse deletion of what is added to the network. Default false.</summary>
    public bool Protected { get; init; }
}
