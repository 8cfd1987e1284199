using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Routing;

namespace Infra.Scaling;

/// <summary>
/// The NodePool object of a pool (karpenter.sh/v1, Karpenter 1.14), for Karpenter itself or for EKS Auto Mode, which has other labels for instances.
/// </summary>
/// <param name="Prefix">Domain of the labels that describe instance types.</param>
/// <param name="ClassGroup">API group of the class with everything that belongs to AWS.</param>
/// <param name="ClassKind">Kind of that class.</param>
public sealed record NodePoolPlan(string Prefix, string ClassGroup, string ClassKind)
{
    /// <summary>API version of the object.</summary>
    public const string ApiVersion = "karpenter.sh/v1";

    /// <summary>Kind of the object.</summary>
    public const string Kind = "NodePool";

    /// <summary>Annotation of pods that keeps their node until they have ended (Karpenter documentation 1.14, "Pod-Level Controls").</summary>
    public const string DoNotDisrupt = "karpenter.sh/do-not-disrupt";

    private const string Never = "Never";
    private const string In = "In";

    /// <summary>For Karpenter.</summary>
    public static NodePoolPlan Karpenter { get; } = new("karpenter.k8s.aws", "karpenter.k8s.aws", "EC2NodeClass");

    /// <summary>For EKS Auto Mode (EKS user guide, "EKS Auto Mode Supported Labels").</summary>
    public static NodePoolPlan AutoMode { get; } = new("eks.amazonaws.com", "eks.amazonaws.com", "NodeClass");

    /// <summary>API version of the class.</summary>
    public string ClassApiVersion => $"{ClassGroup}/v1";

    /// <summary>What nodes must be, each key once: all of it holds, and any of the values.</summary>
    public ImmutableArray<NodeRequirement> Requirements(ProvisionedPool pool)
    {
        var requirements = ImmutableArray.CreateBuilder<NodeRequirement>();
        requirements.Add(new("kubernetes.io/arch", In, [.. pool.Architectures.Select(ArchitectureWord)]));
        requirements.Add(new("karpenter.sh/capacity-type", In, [.. pool.Capacity.Select(CapacityWord)]));
        if (!pool.InstanceTypes.IsEmpty)
        {
            requirements.Add(new("node.kubernetes.io/instance-type", In, pool.InstanceTypes));
        }
        else if (!pool.Families.IsEmpty)
        {
            requirements.Add(new($"{Prefix}/instance-family", In, pool.Families));
        }
        else
        {
            requirements.Add(new($"{Prefix}/instance-category", In, pool.Categories));
            // Gte is younger than EKS Auto Mode; both know Gt.
            requirements.Add(new($"{Prefix}/instance-generation", "Gt", [$"{pool.MinimumGeneration - 1}"]));
        }

        if (!pool.Sizes.IsEmpty)
        {
            requirements.Add(new($"{Prefix}/instance-size", In, pool.Sizes));
        }

        return requirements.ToImmutable();
    }

    /// <summary>The spec of the NodePool; its class has the pool's name.</summary>
    public ImmutableDictionary<string, object> SpecOf(ProvisionedPool pool)
    {
        var limits = Spec.From(("cpu", $"{pool.CpuLimit}"));
        var spec = Spec.From(
            ("template", Template(pool)),
            ("disruption", Disruption(pool)),
            ("limits", pool.MemoryLimit is { } memory ? limits.Add("memory", memory) : limits));
        return pool.Weight is { } weight ? spec.Add("weight", weight) : spec;
    }

    private ImmutableDictionary<string, object> Template(ProvisionedPool pool)
    {
        var nodes = Spec.From(
            ("nodeClassRef", Spec.From(("group", ClassGroup), ("kind", ClassKind), ("name", pool.Name))),
            ("requirements", Spec.List([.. Requirements(pool).Select(requirement => Spec.From(
                ("key", requirement.Key), ("operator", requirement.Operator), ("values", Spec.List([.. requirement.Values]))))])),
            ("expireAfter", pool.ExpireAfter == TimeSpan.Zero ? Never : Duration(pool.ExpireAfter)),
            ("terminationGracePeriod", Duration(pool.TerminationGracePeriod)));
        if (!pool.Taints.IsEmpty)
        {
            nodes = nodes.Add("taints", Spec.List([.. pool.Taints.Select(Taint)]));
        }

        var template = Spec.From(("spec", nodes));
        return pool.Labels.IsEmpty
            ? template
            : template.Add("metadata", Spec.From(("labels", pool.Labels.ToImmutableDictionary(label => label.Key, label => (object)label.Value))));
    }

    // An empty value is none to the kind (hack/validation/taint.sh of kubernetes-sigs/karpenter).
    private static ImmutableDictionary<string, object> Taint(NodeTaint taint)
    {
        var spec = Spec.From(("key", taint.Key), ("effect", $"{taint.Effect}"));
        return taint.Value.Length == 0 ? spec : spec.Add("value", taint.Value);
    }

    private static ImmutableDictionary<string, object> Disruption(ProvisionedPool pool) => Spec.From(
        // A policy has to be named even where nothing is given up.
        ("consolidationPolicy", $"{(pool.Consolidation is NodeConsolidation.Never ? NodeConsolidation.WhenEmpty : pool.Consolidation)}"),
        ("consolidateAfter", pool.Consolidation is NodeConsolidation.Never ? Never : Duration(pool.ConsolidateAfter)),
        ("budgets", Spec.List([.. pool.Budgets.Select(Budget)])));

    private static ImmutableDictionary<string, object> Budget(DisruptionBudget budget)
    {
        var spec = Spec.From(("nodes", budget.Nodes));
        spec = budget.Reasons.IsEmpty ? spec : spec.Add("reasons", Spec.List([.. budget.Reasons.Select(reason => $"{reason}")]));
        return budget is { Schedule: { } schedule, Duration: { } duration } ? spec.Add("schedule", schedule).Add("duration", Duration(duration)) : spec;
    }

    /// <summary>A duration in the largest unit that it is a whole number of: budgets take hours and minutes only, and nothing takes fractions.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => $"{ticks / TimeSpan.TicksPerHour}h",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => $"{ticks / TimeSpan.TicksPerMinute}m",
        { Ticks: var ticks } => $"{ticks / TimeSpan.TicksPerSecond}s",
    };

    private static string ArchitectureWord(NodeArchitecture architecture) => architecture is NodeArchitecture.Arm64 ? "arm64" : "amd64";

    private static string CapacityWord(NodeCapacity capacity) => capacity is NodeCapacity.Spot ? "spot" : "on-demand";
}

/// <summary>One condition that the nodes of a pool fulfil.</summary>
/// <param name="Key">Label of the node.</param>
/// <param name="Operator"><c>In</c>, or <c>Gt</c> with one number.</param>
/// <param name="Values">What it may be.</param>
public sealed record NodeRequirement(string Key, string Operator, ImmutableArray<string> Values);
