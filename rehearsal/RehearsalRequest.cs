using System.Collections.Immutable;
using Rehearsal.Wire;

namespace Rehearsal;

/// <summary>What to rehearse.</summary>
public sealed record RehearsalRequest
{
    public required ProgramLaunch Program { get; init; }

    public required string Project { get; init; }

    public required string Stack { get; init; }

    /// <summary>The organization; self-managed backends use <c>organization</c>.</summary>
    public string Organization { get; init; } = "organization";

    /// <summary>Configuration: full key (<c>platform:cluster</c>) to text; structured values are JSON text. Secrets are open here.</summary>
    public ImmutableSortedDictionary<string, string> Config { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Full keys of <see cref="Config"/> that are secret.</summary>
    public ImmutableSortedSet<string> SecretKeys { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>How many operations the program may have in flight; the CLI's default is four per processor, at least 16.</summary>
    public int Parallel { get; init; } = Math.Max(16, 4 * Environment.ProcessorCount);

    /// <summary>Outputs of other stacks by the name that a <c>StackReference</c> gives; null when there is no such stack.</summary>
    public Func<string, PropertyMap?> StackOutputs { get; init; } = _ => null;
}
