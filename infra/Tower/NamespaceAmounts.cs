using System.Collections.Immutable;
using Infra.Manifests;

namespace Infra.Tower;

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

    /// <summary>By the names that a ResourceQuota gives them.</summary>
    public ImmutableSortedDictionary<string, string> ByResource => new (string Resource, string? Amount)[]
    {
        ("pods", Pods?.ToString()),
        ("requests.cpu", Cpu?.Text),
        ("requests.memory", Memory?.Text),
        ("requests.storage", Storage?.Text),
    }.Where(entry => entry.Amount is not null).ToImmutableSortedDictionary(entry => entry.Resource, entry => entry.Amount!, StringComparer.Ordinal);
}
