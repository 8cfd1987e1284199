using System.Collections.Immutable;
using Infra.Manifests;

namespace Infra.Tower;

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
