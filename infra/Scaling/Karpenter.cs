using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Pulumi;
using Pulumi.Aws.Iam;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;

namespace Infra.Scaling;

/// <summary>
/// Karpenter, which starts an instance for pods that do not fit, of the cheapest type that its pools allow, and ends it when nothing runs there any more.
/// </summary>
/// <remarks>
/// Whoever deletes a pool waits until its nodes are gone, and only Karpenter takes them away: pools depend on the controller, on what it may do, and on what
/// its nodes are let in with, so that all of that outlives them.
/// </remarks>
public sealed class Karpenter : ComponentResource
{
    private const string Token = "platform:scaling:Karpenter";
    private const string SystemNamespace = "kube-system";
    private const string ServiceAccount = "karpenter";

    // The release is ready when its pods are; a first pull on a fresh node takes minutes.
    private const int ReadySeconds = 600;

    /// <summary>Name of the controller's Helm release; resolves when it runs.</summary>
    [Output("releaseName")]
    public Output<string> ReleaseName { get; private set; }

    public Karpenter(string name, KarpenterArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var account = args.Cluster.Account;
        var place = account.AccountId.Apply(id => new KarpenterPlace(account.Region.Partition, account.Region.Name, id));
        var queue = new InterruptionQueue(
            $"{name}-queue",
            new InterruptionQueueArgs { Account = account, Place = place, QueueName = InterruptionQueue.NameFor(args.ClusterName) },
            new ComponentResourceOptions { Parent = this });
        var nodes = new KarpenterNodes(
            $"{name}-nodes", new KarpenterNodesArgs { Account = account, ClusterName = args.Cluster.Name }, new ComponentResourceOptions { Parent = this });
        var role = new ServiceAccountRole(
            $"{name}-identity",
            new ServiceAccountRoleArgs
            {
                Cluster = args.Cluster,
                Namespace = SystemNamespace,
                ServiceAccounts = [ServiceAccount],
                Description = "Karpenter",
                Policy = Output.Tuple(place, queue.PolicyArn).Apply(known => KarpenterPolicy.Document(known.Item1, args.ClusterName, known.Item2).ToJson()),
            },
            new ComponentResourceOptions { Parent = this });
        var passRole = new RolePolicy(
            $"{name}-pass-role",
            new RolePolicyArgs { Role = role.RoleName, Policy = nodes.RoleArn.Apply(arn => KarpenterPolicy.PassRole(arn).ToJson()) },
            new CustomResourceOptions { Parent = this });

        var kinds = new Release($"{name}-crds", Chart(KarpenterChart.Crds), new CustomResourceOptions { Parent = this });
        var controller = Chart(KarpenterChart.Controller);
        // They have a release of their own, which also upgrades them.
        controller.SkipCrds = true;
        controller.Timeout = ReadySeconds;
        controller.Values = Values(args, queue);
        var release = new Release(
            name,
            controller,
            // Pods that start before their association exists never get the role (containers-roadmap #2400).
            new CustomResourceOptions { Parent = this, DependsOn = { kinds, role, passRole } });
        ReleaseName = release.Name;

        foreach (var pool in args.Pools)
        {
            new KarpenterPool(
                $"{name}-pool-{pool.Name}",
                new KarpenterPoolArgs { Pool = pool, Cluster = args.Cluster, Nodes = nodes, InstanceTags = args.InstanceTags },
                new ComponentResourceOptions { Parent = this, DependsOn = { release, queue, nodes } });
        }

        RegisterOutputs();
    }

    private static ReleaseArgs Chart(string chart) => new()
    {
        Name = chart[(chart.LastIndexOf('/') + 1)..],
        Namespace = SystemNamespace,
        Chart = chart,
        Version = KarpenterPolicy.AppVersion,
    };

    private static InputMap<object> Values(KarpenterArgs args, InterruptionQueue queue) => new()
    {
        // Without it the names follow the release's, and Pod Identity looks for a fixed service account.
        ["fullnameOverride"] = ServiceAccount,
        ["serviceAccount"] = new InputMap<object> { ["create"] = true, ["name"] = ServiceAccount },
        ["replicas"] = args.Replicas,
        ["settings"] = new InputMap<object>
        {
            ["clusterName"] = args.Cluster.Name.Apply(clusterName => (object)clusterName),
            ["interruptionQueue"] = queue.QueueName.Apply(queueName => (object)queueName),
            // The control plane is registered for it (EksControlPlane).
            ["enableZonalShift"] = true,
        },
        ["controller"] = new InputMap<object>
        {
            ["resources"] = new InputMap<object>
            {
                // Half of the vendor's CPU: it works in bursts, and the fixed nodes are small.
                ["requests"] = new InputMap<object> { ["cpu"] = "500m", ["memory"] = "1Gi" },
                ["limits"] = new InputMap<object> { ["memory"] = "1Gi" },
            },
        },
    };
}

/// <summary>Which cluster gets Karpenter, and with which pools.</summary>
public sealed class KarpenterArgs : ResourceArgs
{
    public required IEksCluster Cluster { get; init; }

    /// <summary>Name of the cluster before it exists.</summary>
    public required string ClusterName { get; init; }

    public required ImmutableArray<ProvisionedPool> Pools { get; init; }

    /// <summary>Controllers, each on a fixed node of its own: as many as there are such nodes, 2 at most.</summary>
    public required int Replicas { get; init; }

    /// <summary>Tags of instances, disks and network interfaces.</summary>
    public required ImmutableDictionary<string, string> InstanceTags { get; init; }
}

/// <summary>Where Karpenter comes from; its version belongs to <see cref="KarpenterPolicy"/>.</summary>
public static class KarpenterChart
{
    /// <summary>The kinds of objects, which Helm would never upgrade in the controller's chart (Karpenter documentation, "CRD Upgrades").</summary>
    public const string Crds = "oci://public.ecr.aws/karpenter/karpenter-crd";

    public const string Controller = "oci://public.ecr.aws/karpenter/karpenter";
}
