using System.Collections.Immutable;
using Infra.Clusters;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Manifests;

/// <summary>What an operator may say about the pods of any workload: where they run, how urgent and large they are, and what others read of them.</summary>
public sealed record PodOptions
{
    /// <summary>Nothing said.</summary>
    public static readonly PodOptions None = new();

    /// <summary>Labels that their nodes must have. Default none.</summary>
    public ImmutableDictionary<string, string> NodeSelector { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Taints of nodes that keep others away. Default none.</summary>
    public ImmutableArray<Toleration> Tolerations { get; init; } = [];

    /// <summary>The affinity of the pods in YAML, as the documentation of Kubernetes writes it. Default none.</summary>
    public string? Affinity { get; init; }

    /// <summary>Annotations of the pods besides ours. Default none.</summary>
    public ImmutableDictionary<string, string> Annotations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Labels of the pods besides ours, of which selectors know nothing. Default none.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>PriorityClass. Default that of the cluster.</summary>
    public string? PriorityClass { get; init; }

    /// <summary>What the container asks for where it is not what the workload brings. Default nothing.</summary>
    public ContainerSize Size { get; init; } = ContainerSize.Own;

    /// <summary>Says it in a pod template; <paramref name="nodeSelector"/> is what the workload itself asks of nodes, and wins.</summary>
    internal PodTemplateSpecArgs Template(ObjectMetaArgs metadata, PodSpecArgs spec, ImmutableDictionary<string, string> nodeSelector)
    {
        foreach (var (key, value) in Annotations)
        {
            metadata.Annotations.Add(key, value);
        }

        foreach (var (key, value) in Labels)
        {
            metadata.Labels.Add(key, value);
        }

        var nodes = NodeSelector.SetItems(nodeSelector);
        if (!nodes.IsEmpty)
        {
            spec.NodeSelector = nodes;
        }

        foreach (var toleration in Tolerations)
        {
            spec.Tolerations.Add(toleration.ToArgs());
        }

        if (Affinity is not null)
        {
            spec.Affinity = KubernetesYaml.Read<AffinityArgs>(Affinity, out var problem) ?? throw new RunException($"An affinity of pods {problem}.");
        }

        if (PriorityClass is not null)
        {
            spec.PriorityClassName = PriorityClass;
        }

        return new PodTemplateSpecArgs { Metadata = metadata, Spec = spec };
    }
}

/// <summary>A taint that pods tolerate.</summary>
/// <param name="Key">Key of the taint; null for every taint.</param>
/// <param name="Value">Its value; null for any.</param>
/// <param name="Effect">Its effect; null for all.</param>
/// <param name="Seconds">How long a taint that evicts is borne; null for ever.</param>
public sealed record Toleration(string? Key = null, string? Value = null, NodeTaintEffect? Effect = null, int? Seconds = null)
{
    internal TolerationArgs ToArgs()
    {
        var args = new TolerationArgs { Operator = Value is null ? "Exists" : "Equal" };
        if (Key is not null)
        {
            args.Key = Key;
        }

        if (Value is not null)
        {
            args.Value = Value;
        }

        if (Effect is { } effect)
        {
            args.Effect = $"{effect}";
        }

        if (Seconds is { } seconds)
        {
            args.TolerationSeconds = seconds;
        }

        return args;
    }
}

/// <summary>What a container asks for, where an operator knows better than the workload; null is what the workload brings.</summary>
/// <param name="Cpu">Cores it is scheduled with.</param>
/// <param name="CpuLimit">Most cores; null for no limit.</param>
/// <param name="Memory">Request and limit.</param>
/// <param name="EphemeralStorage">Request and limit of writable layers, logs and emptyDir volumes together.</param>
public sealed record ContainerSize(Quantity? Cpu = null, Quantity? CpuLimit = null, Quantity? Memory = null, Quantity? EphemeralStorage = null)
{
    /// <summary>What the workload brings.</summary>
    public static readonly ContainerSize Own = new();
}
