using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Tower;

/// <summary>A ResourceQuota and a LimitRange, as far as they are asked for.</summary>
public sealed class NamespaceLimits : ComponentResource
{
    private const string Token = "platform:tower:NamespaceLimits";
    private const string PhysicalName = "tower-limits";

    public NamespaceLimits(string name, NamespaceLimitsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var metadata = new ObjectMetaArgs { Name = PhysicalName, Namespace = args.Namespace, Labels = new Labels("tower", "limits").All };
        if (args.Quota?.ByResource is { IsEmpty: false } hard)
        {
            new ResourceQuota(
                $"{name}-quota",
                new ResourceQuotaArgs { Metadata = metadata, Spec = new ResourceQuotaSpecArgs { Hard = hard.ToImmutableDictionary() } },
                new CustomResourceOptions { Parent = this });
        }

        if (args.ContainerDefaults is not null || args.ContainerMaximum is not null)
        {
            new LimitRange(
                $"{name}-range",
                new LimitRangeArgs { Metadata = metadata, Spec = new LimitRangeSpecArgs { Limits = { Container(args) } } },
                new CustomResourceOptions { Parent = this });
        }

        RegisterOutputs();
    }

    private static LimitRangeItemArgs Container(NamespaceLimitsArgs args)
    {
        var item = new LimitRangeItemArgs { Type = "Container" };
        if (args.ContainerDefaults is { } defaults)
        {
            item.DefaultRequest = defaults.ByResource.ToImmutableDictionary();
        }

        if (args.ContainerMaximum is { } maximum)
        {
            item.Max = maximum.ByResource.ToImmutableDictionary();
        }

        return item;
    }
}

/// <summary>Bounds of what pipelines take.</summary>
public sealed class NamespaceLimitsArgs : ResourceArgs
{
    public required Input<string> Namespace { get; init; }

    /// <summary>All pods together. Default: no bound.</summary>
    public NamespaceAmounts? Quota { get; init; }

    /// <summary>
    /// What a container asks for that does not say; there is no default limit, which could be below what a container asks for. Default: nothing.
    /// </summary>
    public ContainerAmounts? ContainerDefaults { get; init; }

    /// <summary>What one container may ask for at most; Kubernetes takes it as the limit of containers that name none. Default: no bound.</summary>
    public ContainerAmounts? ContainerMaximum { get; init; }
}

/// <summary>What all pipelines of a namespace may take together; what is null is not bounded.</summary>
public sealed record NamespaceAmounts
{
    /// <summary>Pods that are not finished; Nextflow waits and tries again when one more is refused.</summary>
    public int? Pods { get; init; }

    /// <summary>Cores that pods ask for.</summary>
    public Quantity? Cpu { get; init; }

    /// <summary>Memory that pods ask for, in bytes.</summary>
    public Quantity? Memory { get; init; }

    /// <summary>Capacity that claims ask for, in bytes.</summary>
    public Quantity? Storage { get; init; }

    /// <summary>NVIDIA GPUs that pods ask for.</summary>
    public int? Gpus { get; init; }

    /// <summary>By the names that a ResourceQuota gives them.</summary>
    public ImmutableSortedDictionary<string, string> ByResource => new (string Resource, string? Amount)[]
    {
        ("pods", Pods?.ToString()),
        ("requests.cpu", Cpu?.Text),
        ("requests.memory", Memory?.Text),
        // Kubernetes documentation, "Resource Quotas": extended resources with the prefix requests. only.
        ("requests.nvidia.com/gpu", Gpus?.ToString()),
        ("requests.storage", Storage?.Text),
    }.Where(entry => entry.Amount is not null).ToImmutableSortedDictionary(entry => entry.Resource, entry => entry.Amount!, StringComparer.Ordinal);
}

/// <summary>Processor and memory of one container.</summary>
/// <param name="Cpu">Cores.</param>
/// <param name="Memory">Bytes.</param>
public sealed record ContainerAmounts(Quantity Cpu, Quantity Memory)
{
    /// <summary>By the names of Kubernetes.</summary>
    public ImmutableSortedDictionary<string, string> ByResource => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cpu"] = Cpu.Text,
        ["memory"] = Memory.Text,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
