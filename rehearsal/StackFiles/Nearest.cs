namespace Rehearsal.StackFiles;

/// <summary>Which of the known names a mistyped one was probably meant to be.</summary>
public static class Nearest
{
    /// <summary>The names with the most similar first; equally similar ones by the alphabet.</summary>
    public static IReadOnlyList<string> First(string given, IEnumerable<string> known) =>
        [.. known.OrderBy(name => Distance(given, name)).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary><c>Did you mean 'x'? </c>, or nothing when no name is near.</summary>
    public static string DidYouMean(string given, IEnumerable<string> known) =>
        First(given, known) is [var nearest, ..] && Distance(given, nearest) <= Math.Max(2, given.Length / 3) ? $"Did you mean '{nearest}'? " : "";

    // edits (insert, delete, replace one character, case ignored) that turn one name into the other
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j - 1], row[j]));
            }
        }

        return row[b.Length];
    }
}
