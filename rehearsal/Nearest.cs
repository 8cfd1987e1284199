namespace Rehearsal;

/// <summary>Which of the known names a mistyped one was probably meant to be.</summary>
public static class Nearest
{
    /// <summary>The names with the most similar first; equally similar ones by the alphabet.</summary>
    public static IReadOnlyList<string> First(string given, IEnumerable<string> known) =>
        [.. known.OrderBy(name => Distance(given, name)).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>The most similar name, or null when none is near enough to be meant.</summary>
    public static string? Find(string given, IEnumerable<string> known) =>
        First(given, known) is [var nearest, ..] && Distance(given, nearest) <= Math.Max(2, Math.Max(given.Length, nearest.Length) / 3) ? nearest : null;

    /// <summary><c>Did you mean 'x'? </c>, or nothing when no name is near.</summary>
    public static string DidYouMean(string given, IEnumerable<string> known) => Find(given, known) is { } nearest ? $"Did you mean '{nearest}'? " : "";

    // Optimal string alignment, case ignored: letters changed, added, left out, or two neighbours swapped; three rows of its table are enough.
    private static int Distance(string given, string known)
    {
        var (from, to) = (given.ToUpperInvariant(), known.ToUpperInvariant());
        var (before, above, row) = (new int[to.Length + 1], Enumerable.Range(0, to.Length + 1).ToArray(), new int[to.Length + 1]);
        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1), Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, above, row) = (above, row, before);
        }
        return above[to.Length];
    }
}
