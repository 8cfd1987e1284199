using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Scaling;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Karpenter on an EKS cluster that this stack makes.</summary>
public sealed record KarpenterSettings : IChecked
{
    [Setting("Pools by name, beside the node groups: environments name either.", Example = "{ burst: { limits: { cpu: 500 } } }")]
    [Entry(Form.KubernetesEntry)]
    [Fewest(1)]
    public required ImmutableSortedDictionary<string, ProvisionedPoolSettings> Pools { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        var pools = at[nameof(Pools)];
        if (Pools.IsEmpty)
        {
            yield return new(
                pools, "has no entry, and Karpenter would start nothing", "one pool or more",
                "pools: { burst: { limits: { cpu: 500 } } }, or remove karpenter");
        }

        foreach (var (name, pool) in Pools)
        {
            foreach (var problem in (IEnumerable<SettingsProblem>)
                [.. ProvisionedPoolRules.Broken(pool, platform, pools.Entry(name)), .. CheckOwn(name, pool, platform, pools.Entry(name))])
            {
                yield return problem;
            }
        }

        foreach (var problem in ProvisionedPoolRules.CheckTags(platform, at))
        {
            yield return problem;
        }
    }

    private static IEnumerable<SettingsProblem> CheckOwn(string name, ProvisionedPoolSettings pool, PlatformSettings platform, SettingPath at)
    {
        (string Key, ImmutableArray<string> Names)[] named =
        [
            (nameof(pool.Categories), pool.Categories), (nameof(pool.Families), pool.Families), (nameof(pool.InstanceTypes), pool.InstanceTypes),
        ];
        foreach (var (key, index, type) in named.SelectMany(list => list.Names.Index().Select(entry => (list.Key, entry.Index, entry.Item))))
        {
            if (InstanceFamily.Of(type) is { Accelerator: not Accelerator.None } family)
            {
                yield return new(
                    at[key][index],
                    $"has {Devices(family)}, and nothing hands those of Karpenter's nodes to pods: a run that asks for one would wait for ever",
                    "instance types without accelerators",
                    "for example m7i; a node group (nodePools) gets the plugin, and EKS Auto Mode has it (autoMode)",
                    type);
            }
        }

        if (platform.Cluster is not EksClusterSettings eks)
        {
            yield break;
        }

        if (eks.NodePools.ContainsKey(name))
        {
            yield return new(
                at, "has the name of a node group, and an environment names either by it", "a name that no entry of nodePools has", $"for example {name}-burst",
                name);
        }

        // A group of a fixed size is no choice of the autoscaler.
        foreach (var (group, _) in eks.NodePools.Where(entry =>
            eks.Autoscaler && entry.Value.Maximum > entry.Value.Minimum && ProvisionedPoolRules.AddForTheSamePods(pool, entry.Value)))
        {
            yield return new(
                at[nameof(pool.Taints)],
                $"let pods run here that the node group {group} takes as well, and the autoscaler and Karpenter would each add a node for them",
                "a taint and a label that the node group has not, or no autoscaler",
                $"taints: [{{ key: workload, value: {name} }}] with labels: {{ workload: {name} }}, or autoscaler: false");
        }
    }

    private static string Devices(InstanceFamily family) => family.Accelerator switch
    {
        Accelerator.Nvidia => "GPUs",
        Accelerator.Neuron => "Neuron devices",
        _ when family is { IsKnown: true, Obstacle: { } devices } => devices,
        _ => "accelerators",
    };
}

/// <summary>What EC2, Kubernetes and Karpenter refuse of pools, and what no node could ever be.</summary>
internal static class ProvisionedPoolRules
{
    // EKS user guide, "EKS Auto Mode", Security: 21 days.
    private static readonly TimeSpan LongestAutoLife = TimeSpan.FromHours(504);

    /// <summary>Rules of both.</summary>
    public static IEnumerable<SettingsProblem> Broken(ProvisionedPoolSettings pool, PlatformSettings platform, SettingPath at) =>
    [
        .. CheckInstances(pool, at),
        .. CheckLife(pool, platform.Cluster is EksClusterSettings { IsAuto: true }, at),
        .. CheckBudgets(pool, at),
        .. EksPoolRules.Metadata(pool.Labels, pool.Taints, at),
        .. CheckLabels(pool, at),
        .. CheckWorkloads(pool, platform, at),
    ];

    /// <summary>Tags that Karpenter and EKS Auto Mode keep for themselves (NodeClasses of Karpenter 1.14 and of the EKS user guide, spec.tags).</summary>
    public static IEnumerable<SettingsProblem> CheckTags(PlatformSettings platform, SettingPath at) =>
        from tag in platform.Aws?.Tags ?? ImmutableSortedDictionary<string, string>.Empty
        where tag.Key == "eks:eks-cluster-name"
            || new[] { "eks.amazonaws.com/", "karpenter.sh/", "karpenter.k8s.aws/", "kubernetes.io/cluster" }.Any(prefix => tag.Key.StartsWith(prefix))
        select new SettingsProblem(
            SettingPath.Top(nameof(platform.Aws))[nameof(AwsSettings.Tags)].Entry(tag.Key), $"is a tag by which the nodes of {at} are known",
            "another key", "rename the tag", tag.Value);

    /// <summary>Whether both would add a node for the same pods: those that say nothing of nodes, or those that ask for the pool.</summary>
    public static bool AddForTheSamePods(ProvisionedPoolSettings pool, EksNodePoolSettings group)
    {
        static bool IsHard(NodeTaintSettings taint) => taint.Effect is not NodeTaintEffect.PreferNoSchedule;
        var groupTaints = group.EffectiveTaints.Where(IsHard).ToList();
        return (pool.TakesEveryPod && groupTaints.Count == 0)
            || (!pool.Labels.IsEmpty && pool.Labels.All(label => group.Labels.GetValueOrDefault(label.Key) == label.Value)
                && groupTaints.All(pool.Taints.Contains));
    }

    private static IEnumerable<SettingsProblem> CheckInstances(ProvisionedPoolSettings pool, SettingPath at)
    {
        (string Key, ImmutableArray<string> Names)[] named =
        [
            (nameof(pool.InstanceTypes), pool.InstanceTypes), (nameof(pool.Families), pool.Families), (nameof(pool.Categories), pool.Categories),
        ];
        var given = named.Where(list => !list.Names.IsEmpty).ToArray();
        foreach (var (key, names) in given.Skip(1))
        {
            yield return new(
                at[key], $"is given beside {SettingPath.KeyFor(given[0].Key)}, and nodes would have to fulfil both", "categories, families or instanceTypes",
                $"remove {SettingPath.KeyFor(key)}", string.Join(", ", names));
        }

        if (pool.MinimumGeneration is { } generation && given.Any(list => list.Key != nameof(pool.Categories)))
        {
            yield return SettingsProblem.Warning(
                at[nameof(pool.MinimumGeneration)], "is read by nothing: families and instance types say their generation themselves", "given with categories",
                "remove minimumGeneration", $"{generation}");
        }

        if (!pool.InstanceTypes.IsEmpty && !pool.Sizes.IsEmpty)
        {
            yield return new(
                at[nameof(pool.Sizes)], "is given beside instanceTypes, which say their size themselves", "sizes with categories or families", "remove sizes",
                string.Join(", ", pool.Sizes));
        }

        foreach (var (key, names) in new[] { (nameof(pool.Architectures), pool.Architectures.Length), (nameof(pool.Capacity), pool.Capacity.Length) })
        {
            if (names == 0)
            {
                yield return new(at[key], "is empty, and no node would do", "one entry or more", $"remove {SettingPath.KeyFor(key)}");
            }
        }

        foreach (var (key, index, name) in given.Where(list => list.Key != nameof(pool.Categories))
            .SelectMany(list => list.Names.Index().Select(entry => (list.Key, entry.Index, entry.Item))))
        {
            var architecture = InstanceFamily.Of(name).IsArm ? NodeArchitecture.Arm64 : NodeArchitecture.Amd64;
            if (!pool.Architectures.IsEmpty && !pool.Architectures.Contains(architecture))
            {
                var word = SettingPath.KeyFor($"{architecture}");
                yield return new(
                    at[key][index], $"has {word} processors, which architectures leave out, so that it would never start",
                    "instance types of the architectures", $"architectures: [{word}], or another type", name);
            }
        }
    }

    private static IEnumerable<SettingsProblem> CheckLife(ProvisionedPoolSettings pool, bool isAutoMode, SettingPath at)
    {
        if (isAutoMode && pool.Image is { } image)
        {
            yield return new(
                at[nameof(pool.Image)], "is chosen by EKS Auto Mode, which renews it about every week", "absent with autoMode", "remove image", image);
        }

        if (isAutoMode && pool.ExpireAfter is { } age && (age == TimeSpan.Zero || age > LongestAutoLife))
        {
            yield return new(
                at[nameof(pool.ExpireAfter)], "is longer than nodes of EKS Auto Mode live", "1m to 504h", "expireAfter: 504h", NodePoolPlan.Duration(age));
        }

        if (isAutoMode && pool.Consolidation is NodeConsolidation.Balanced)
        {
            yield return new(
                at[nameof(pool.Consolidation)], "came with Karpenter 1.14, and AWS does not say that EKS Auto Mode knows it",
                "whenEmpty, whenEmptyOrUnderutilized, never", "consolidation: whenEmptyOrUnderutilized", "balanced");
        }

        if (pool.Consolidation is NodeConsolidation.Never && pool.ConsolidateAfter is { } wait)
        {
            yield return SettingsProblem.Warning(
                at[nameof(pool.ConsolidateAfter)], "is read by nothing with consolidation: never", "given with another consolidation",
                "remove consolidateAfter", NodePoolPlan.Duration(wait));
        }

        (string Key, TimeSpan? Value)[] durations =
        [
            (nameof(pool.ConsolidateAfter), pool.ConsolidateAfter), (nameof(pool.ExpireAfter), pool.ExpireAfter),
            (nameof(pool.TerminationGracePeriod), pool.TerminationGracePeriod),
        ];
        foreach (var (key, value) in durations.Where(duration => duration.Value is { } length && length.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            yield return new(
                at[key], "is no whole number of seconds, which Karpenter's kinds demand", "whole seconds, minutes and hours",
                $"for example {SettingPath.KeyFor(key)}: {NodePoolPlan.Duration(TimeSpan.FromSeconds(Math.Ceiling(value!.Value.TotalSeconds)))}",
                $"{value}");
        }

        if (pool.TerminationGracePeriod == TimeSpan.Zero)
        {
            yield return new(
                at[nameof(pool.TerminationGracePeriod)], "would end every task the moment its node has to go", "1s or more",
                "terminationGracePeriod: 24h", "0s");
        }
    }

    private static IEnumerable<SettingsProblem> CheckBudgets(ProvisionedPoolSettings pool, SettingPath at)
    {
        foreach (var (index, budget) in pool.Budgets.Index())
        {
            var place = at[nameof(pool.Budgets)][index];
            if (budget.Schedule is null != budget.Duration is null)
            {
                var missing = budget.Schedule is null ? nameof(budget.Schedule) : nameof(budget.Duration);
                yield return new(
                    place[missing], "is missing, and a budget has a beginning and a length or neither", "schedule and duration, or neither",
                    budget.Schedule is null ? "schedule: 0 6 * * mon-fri" : "duration: 12h");
            }

            if (budget.Duration is { } duration && (duration < TimeSpan.FromMinutes(1) || duration.Ticks % TimeSpan.TicksPerMinute != 0))
            {
                yield return new(
                    place[nameof(budget.Duration)], "is no whole number of minutes, and a schedule knows nothing shorter", "1m or more, in whole minutes",
                    "duration: 12h", $"{duration}");
            }
        }
    }

    // Whatever else the kind refuses (hack/validation/labels.sh of kubernetes-sigs/karpenter): it compares ends, and of a key without a domain its whole.
    private static IEnumerable<SettingsProblem> CheckLabels(ProvisionedPoolSettings pool, SettingPath at) =>
        from label in pool.Labels
        where !EksPoolRules.IsReserved(label.Key) && IsKarpenters(label.Key.Split('/')[0])
        select new SettingsProblem(
            at[nameof(pool.Labels)].Entry(label.Key), "has a prefix that Karpenter keeps for itself", "a key without a domain, or with a domain of your own",
            "for example workload, or example.com/workload", label.Value);

    private static bool IsKarpenters(string domain) =>
        domain.EndsWith("karpenter.sh", StringComparison.Ordinal) || domain.EndsWith("karpenter.k8s.aws", StringComparison.Ordinal)
        || (domain.EndsWith("k8s.io", StringComparison.Ordinal) && !domain.EndsWith("kops.k8s.io", StringComparison.Ordinal))
        || (domain.EndsWith("kubernetes.io", StringComparison.Ordinal)
            && !domain.EndsWith("node.kubernetes.io", StringComparison.Ordinal)
            && !domain.EndsWith("node-restriction.kubernetes.io", StringComparison.Ordinal));

    private static IEnumerable<SettingsProblem> CheckWorkloads(ProvisionedPoolSettings pool, PlatformSettings platform, SettingPath at)
    {
        if (platform.Production && pool.TakesEveryPod && pool.Capacity.Contains(NodeCapacity.Spot))
        {
            yield return new(
                at[nameof(pool.Capacity)],
                "lets AWS take nodes back at two minutes' notice, and what a production stack protects may run on them",
                "onDemand, or spot with a taint that keeps everything away but pipelines",
                "taints: [{ key: workload, value: pipelines, effect: noSchedule }]",
                "spot");
        }

        if (platform.Studios is not null && pool.TakesEveryPod && pool.Architectures.Contains(NodeArchitecture.Arm64))
        {
            yield return new(
                at[nameof(pool.Architectures)], "lets the pods of platform:studios start on Graviton, and the vendor makes the images of connect for x86-64",
                "amd64, or arm64 with a taint", "architectures: [amd64]", "arm64");
        }
    }
}
