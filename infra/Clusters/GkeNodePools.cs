using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Manifests;
using Pulumi;
using Pulumi.Gcp.Compute;
using Pulumi.Gcp.Compute.Inputs;
using Pulumi.Gcp.Container;
using Pulumi.Gcp.Container.Inputs;
using Pulumi.Gcp.ServiceAccount;

namespace Infra.Clusters;

/// <summary>
/// Node pools: private shielded nodes with an account of their own, encrypted disks, and metadata that pods see through Workload Identity only.
/// </summary>
/// <remarks>
/// Another machine type or disk rolls the nodes; a pool that is renamed, becomes spot, or gets other GPUs, is a new one, made before the old one goes.
/// </remarks>
public sealed class GkeNodePools : ComponentResource
{
    /// <summary>The image of all nodes: Google's own system, whose drivers for GPUs are signed, so that Secure Boot loads them.</summary>
    internal const string ImageType = "COS_CONTAINERD";

    /// <summary>The account's roles decide; scopes would be a second, coarser list.</summary>
    internal const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    private const string Token = "platform:clusters:GkeNodePools";

    // Where admission webhooks of common operators listen: without a rule the control plane reaches 443 and 10250 on nodes only.
    private static readonly string[] WebhookPorts = ["8443", "9443", "15017"];

    public GkeNodePools(string name, GkeNodePoolsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        new Firewall(
            $"{name}-webhooks",
            new FirewallArgs
            {
                Network = args.Cluster.Network.NetworkId,
                Description = "GKE control plane to admission webhooks",
                Direction = "INGRESS",
                SourceRanges = { args.Cluster.ControlPlaneBlock.Text },
                TargetServiceAccounts = { args.NodeAccount },
                Allows = { new FirewallAllowArgs { Protocol = "tcp", Ports = WebhookPorts } },
            },
            new CustomResourceOptions { Parent = this });
        var plain = args.Cluster.Pools.Where(pool => pool.Accelerator is null).Select(pool => Make($"{name}-{pool.Name}", pool, args, [])).ToList();
        // GKE taints nodes with GPUs only in a cluster that has a pool without them when theirs is made.
        foreach (var pool in args.Cluster.Pools.Where(pool => pool.Accelerator is not null))
        {
            Make($"{name}-{pool.Name}", pool, args, plain);
        }

        RegisterOutputs();
    }

    private NodePool Make(string name, GkeNodePool pool, GkeNodePoolsArgs args, IEnumerable<NodePool> earlier)
    {
        // A count that is changed here would replace the pool (pulumi-gcp #412), and the autoscaler owns it.
        var options = new CustomResourceOptions { Parent = this, IgnoreChanges = ["initialNodeCount"] };
        foreach (var other in earlier)
        {
            options.DependsOn.Add(other);
        }

        return new NodePool(name, Pool(pool, args), options);
    }

    private static NodePoolArgs Pool(GkeNodePool pool, GkeNodePoolsArgs args)
    {
        var made = new NodePoolArgs
        {
            Cluster = args.ClusterId,
            InitialNodeCount = pool.InitialPerZone(pool.Zones.IsEmpty ? args.Cluster.Location.Zones : pool.Zones.Length),
            MaxPodsPerNode = args.Cluster.PodsPerNode,
            Autoscaling = new NodePoolAutoscalingArgs
            {
                TotalMinNodeCount = pool.Minimum,
                TotalMaxNodeCount = pool.Maximum,
                LocationPolicy = pool.Spot ? "ANY" : "BALANCED",
            },
            Management = new NodePoolManagementArgs { AutoRepair = true, AutoUpgrade = true },
            UpgradeSettings = pool.Upgrade.OfPool(),
            NetworkConfig = new NodePoolNetworkConfigArgs { EnablePrivateNodes = true },
            NodeConfig = Node(pool, args),
        };
        foreach (var zone in pool.Zones)
        {
            made.NodeLocations.Add(zone);
        }

        return made;
    }

    private static NodePoolNodeConfigArgs Node(GkeNodePool pool, GkeNodePoolsArgs args)
    {
        var node = new NodePoolNodeConfigArgs
        {
            MachineType = pool.MachineType,
            ImageType = ImageType,
            DiskType = pool.DiskType?.Name() ?? GkeMachineSeries.DiskType(pool.MachineType),
            DiskSizeGb = pool.DiskGiB,
            BootDiskKmsKey = args.DiskKeyId,
            Spot = pool.Spot,
            Labels = pool.Labels,
            ServiceAccount = args.NodeAccount,
            OauthScopes = { Scope },
            Metadata = { ["disable-legacy-endpoints"] = "true" },
            ShieldedInstanceConfig = new NodePoolNodeConfigShieldedInstanceConfigArgs { EnableSecureBoot = true, EnableIntegrityMonitoring = true },
            WorkloadMetadataConfig = new NodePoolNodeConfigWorkloadMetadataConfigArgs { Mode = "GKE_METADATA" },
            KubeletConfig = new NodePoolNodeConfigKubeletConfigArgs { InsecureKubeletReadonlyPortEnabled = "FALSE" },
            GcfsConfig = new NodePoolNodeConfigGcfsConfigArgs { Enabled = true },
        };
        if (pool.Accelerator is { } accelerator)
        {
            node.GuestAccelerators.Add(accelerator.Args);
        }

        foreach (var taint in pool.Taints)
        {
            node.Taints.Add(new NodePoolNodeConfigTaintArgs { Key = taint.Key, Value = taint.Value, Effect = taint.CloudEffect });
        }

        return node;
    }
}

/// <summary>Which cluster the nodes belong to.</summary>
public sealed class GkeNodePoolsArgs : ResourceArgs
{
    /// <summary>The cluster's own args: pools, place, network, and the control plane's addresses, from which webhooks are called.</summary>
    public required GkeClusterArgs Cluster { get; init; }

    /// <summary>Full name of the cluster.</summary>
    public required Input<string> ClusterId { get; init; }

    /// <summary>Address of the nodes' service account.</summary>
    public required Input<string> NodeAccount { get; init; }

    /// <summary>Key of the nodes' disks, by its full name.</summary>
    public required Input<string> DiskKeyId { get; init; }
}

/// <summary>The service account of a cluster's nodes, with no more than nodes need: not the default account, which may edit the whole project.</summary>
public sealed class GkeNodeIdentity : ComponentResource
{
    private const string Token = "platform:clusters:GkeNodeIdentity";

    /// <summary>What a node does with its own account; pods have accounts of theirs (GKE documentation, "Use least privilege service accounts").</summary>
    public static readonly ImmutableArray<string> Roles =
    [
        "roles/artifactregistry.reader",
        "roles/container.defaultNodeServiceAccount",
        "roles/monitoring.metricWriter",
        "roles/stackdriver.resourceMetadata.writer",
    ];

    /// <summary>Address of the account; resolves when it has its roles, because nodes that start without them never become ready.</summary>
    [Output("email")]
    public Output<string> Email { get; private set; }

    public GkeNodeIdentity(string name, GkeNodeIdentityArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var account = new Account(
            name,
            new AccountArgs { AccountId = args.AccountId, DisplayName = args.AccountId, Description = args.Description },
            new CustomResourceOptions { Parent = this });
        var granted = Roles.Select(role => new Pulumi.Gcp.Projects.IAMMember(
            $"{name}-{role.Split('/', '.')[^1].ToLowerInvariant()}-of-{role.Split('/', '.')[1].ToLowerInvariant()}",
            new Pulumi.Gcp.Projects.IAMMemberArgs { Project = args.Project.ProjectId, Role = role, Member = Output.Format($"serviceAccount:{account.Email}") },
            new CustomResourceOptions { Parent = this }).Id);
        Email = account.Email.After(Output.All(granted));
        RegisterOutputs();
    }
}

/// <summary>Whose account the nodes of a cluster get.</summary>
public sealed class GkeNodeIdentityArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    /// <summary>Part of the account's address before the @ (<see cref="Naming.GcpNameRule.ServiceAccount"/>).</summary>
    public required string AccountId { get; init; }

    /// <summary>What people read beside it.</summary>
    public required string Description { get; init; }
}
