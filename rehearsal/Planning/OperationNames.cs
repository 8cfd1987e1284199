using System.Collections.Frozen;

namespace Rehearsal.Planning;

/// <summary>The spelling of operations in Pulumi's JSON: <c>create-replacement</c> for <see cref="Operation.CreateReplacement"/>.</summary>
public static class OperationNames
{
    private static readonly FrozenDictionary<Operation, string> Names = Enum.GetValues<Operation>().ToFrozenDictionary(o => o, Kebab);

    public static string PulumiName(this Operation operation) => Names[operation];

    private static string Kebab(Operation operation)
        => string.Concat(operation.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
