using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace Infra.Connect;

/// <summary>What proxy and server refuse alike, and how many of their pods may be missing at once.</summary>
internal static class ConnectGuards
{
    public static void Replicas(int replicas, string workload, Resource resource)
    {
        if (replicas < 1)
        {
            throw new ResourceException($"{workload} would have {replicas} pods: it must have at least 1.", resource, hideStack: true);
        }
    }

    public static void ExtraEnvironment(ImmutableDictionary<string, string> extra, string workload, Resource resource)
    {
        var reserved = ConnectEnvironment.Reserved(extra.Keys);
        if (!reserved.IsEmpty)
        {
            throw new ResourceException(
                $"Extra environment of {workload} sets {string.Join(", ", reserved)}: the platform sets these itself, change the setting behind them.", resource, hideStack: true);
        }
    }

    /// <summary>One pod at a time may be drained; one that never became ready does not hold up a drain.</summary>
    public static PodDisruptionBudgetSpecArgs Budget(Labels labels) => new()
    {
        MaxUnavailable = 1,
        Selector = new LabelSelectorArgs { MatchLabels = labels.Selector },
        UnhealthyPodEvictionPolicy = "AlwaysAllow",
    };
}
