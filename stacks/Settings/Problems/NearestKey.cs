namespace Stacks.Settings.Problems;

/// <summary>Finds the key an operator most likely meant.</summary>
public static class NearestKey
{
    /// <summary>The closest of <paramref name="known"/> within a third of the word's length in edits, or null.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        var limit = Math.Max(1, word.Length / 3);
        return known
            .Select(key => (Key: key, Edits: Distance(word, key)))
            .Where(candidate => candidate.Edits <= limit)
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Key, StringComparer.Ordinal)
            .Select(candidate => candidate.Key)
            .FirstOrDefault();
    }

    // Optimal string alignment: insert, delete, replace and swap of neighbours cost one; case does not count.
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1][];
        for (var row = 0; row <= from.Length; row++)
        {
            rows[row] = new int[to.Length + 1];
            for (var column = 0; column <= to.Length; column++)
            {
                rows[row][column] = (row, column) switch
                {
                    (0, _) => column,
                    (_, 0) => row,
                    _ => Cheapest(row, column),
                };
            }
        }

        return rows[from.Length][to.Length];

        int Cheapest(int row, int column)
        {
            var replace = rows[row - 1][column - 1] + (Same(from[row - 1], to[column - 1]) ? 0 : 1);
            var best = Math.Min(replace, Math.Min(rows[row - 1][column], rows[row][column - 1]) + 1);
            var swapped = row > 1 && column > 1 && Same(from[row - 1], to[column - 2]) && Same(from[row - 2], to[column - 1]);
            return swapped ? Math.Min(best, rows[row - 2][column - 2] + 1) : best;
        }
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
