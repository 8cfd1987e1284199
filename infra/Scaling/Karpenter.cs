using System.Collections.Immutable;
using Infra.Charts;
using Infra.Clusters;
using Infra.Iam;
using Infra.Routing;
using Pulumi;
using Pulumi.Aws.Iam;

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
    private const string ServiceAccount = "karpenter";

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
                Namespace = HelmCharts.Karpenter.Namespace,
                ServiceAccounts = [ServiceAccount],
                Description = "Karpenter",
                Policy = Output.Tuple(place, queue.PolicyArn).Apply(known => KarpenterPolicy.Document(known.Item1, args.ClusterName, known.Item2).ToJson()),
            },
            new ComponentResourceOptions { Parent = this });
        var passRole = new RolePolicy(
            $"{name}-pass-role",
            new RolePolicyArgs { Role = role.RoleName, Policy = nodes.RoleArn.Apply(arn => KarpenterPolicy.PassRole(arn).ToJson()) },
            new CustomResourceOptions { Parent = this });

        var kinds = ChartRelease.Make(
            $"{name}-crds",
            HelmCharts.KarpenterKinds,
            args.Charts(HelmCharts.KarpenterKinds),
            ImmutableDictionary<string, object>.Empty,
            new CustomResourceOptions { Parent = this },
            HelmCharts.KarpenterKinds.Name);
        var release = ChartRelease.Make(
            name,
            HelmCharts.Karpenter,
            args.Charts(HelmCharts.Karpenter),
            Values(args, queue),
            // Pods that start before their association exists never get the role (containers-roadmap #2400).
            new CustomResourceOptions { Parent = this, DependsOn = { kinds, role, passRole } },
            HelmCharts.Karpenter.Name,
            ChartRelease.PatientSeconds,
            // They have a release of their own, which also upgrades them.
            skipCrds: true);
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

    private static ImmutableDictionary<string, object> Values(KarpenterArgs args, InterruptionQueue queue) => Spec.From(
        // Without it the names follow the release's, and Pod Identity looks for a fixed service account.
        ("fullnameOverride", ServiceAccount),
        ("serviceAccount", Spec.From(("create", true), ("name", ServiceAccount))),
        ("replicas", args.Replicas),
        ("settings", Spec.From(
            ("clusterName", args.Cluster.Name.Apply(clusterName => (object)clusterName)),
            ("interruptionQueue", queue.QueueName.Apply(queueName => (object)queueName)),
            // The control plane is registered for it (EksControlPlane).
            ("enableZonalShift", true))),
        ("controller", Spec.From(("resources", Spec.From(
            // Half of the vendor's CPU: it works in bursts, and the fixed nodes are small.
            ("requests", Spec.From(("cpu", "500m"), ("memory", "1Gi"))),
            ("limits", Spec.From(("memory", "1Gi"))))))));
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

    /// <summary>What the stack wants of a chart in another way. Default nothing.</summary>
    public Func<HelmChart, ChartOptions> Charts { get; init; } = _ => ChartOptions.None;
}
