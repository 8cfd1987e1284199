using Pulumi;
using Pulumi.Random;

namespace Synthetic;

/// <summary>Ten resources to a component, each reading an output of the one before it in its component.</summary>
internal static class RandomIds
{
    private const int PerGroup = 10;

    /// <summary>Registers the resources.</summary>
    /// <param name="count">How many.</param>
    /// <param name="edition">What one of a hundred components keeps: those of another edition are replaced, and what follows from them.</param>
    public static void Define(int count, string edition)
    {
        for (var group = 0; group * PerGroup < count; group++)
        {
            var parent = new ComponentResource("bench:index:Group", $"group-{group}");
            RandomId? previous = null;
            for (var i = group * PerGroup; i < Math.Min(count, (group + 1) * PerGroup); i++)
            {
                previous = new RandomId($"id-{i}", new RandomIdArgs
                {
                    ByteLength = 8,
                    Prefix = $"prefix-{i}",
                    Keepers = { ["group"] = group % 100 == 0 ? $"{group}{edition}" : $"{group}", ["previous"] = previous is null ? "none" : previous.Hex },
                }, new CustomResourceOptions { Parent = parent });
            }
        }
    }
}
