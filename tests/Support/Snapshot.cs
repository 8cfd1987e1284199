using System.Runtime.CompilerServices;

namespace Tests.Support;

/// <summary>Reviewed text under <c>tests/Snapshots</c>. It is accepted by running the test with <c>PLATFORM_ACCEPT=1</c>, never by itself.</summary>
internal static class Snapshot
{
    /// <summary>Compares with the reviewed text, or writes it anew.</summary>
    /// <param name="name">The file, without its ending.</param>
    /// <param name="lines">What it should hold.</param>
    /// <param name="test">The method that asks, by which a reader runs it alone.</param>
    public static void ShouldMatch(string name, IEnumerable<string> lines, [CallerMemberName] string test = "")
    {
        var path = Path.Combine(Repository.Root, "tests", "Snapshots", $"{name}.txt");
        var actual = string.Concat(lines.Select(line => $"{line}\n"));
        if (Environment.GetEnvironmentVariable("PLATFORM_ACCEPT") == "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(
            File.Exists(path) ? File.ReadAllText(path) : "",
            $"tests/Snapshots/{name}.txt is what was reviewed. If the change is meant: PLATFORM_ACCEPT=1 ./platform test {test}, "
                + "and a State impact line in CHANGELOG.md.");
    }
}
