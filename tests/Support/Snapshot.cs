namespace Tests.Support;

/// <summary>Reviewed text under <c>tests/Snapshots</c>. It is accepted by running the test with <c>PLATFORM_ACCEPT=1</c>, never by itself.</summary>
internal static class Snapshot
{
    public static void ShouldMatch(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(Repository.Root, "tests", "Snapshots", $"{name}.txt");
        var actual = string.Concat(lines.Select(line => $"{line}\n"));
        if (Environment.GetEnvironmentVariable("PLATFORM_ACCEPT") == "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(
            File.Exists(path) ? File.ReadAllText(path) : "",
            $"tests/Snapshots/{name}.txt is what was reviewed. If the change is meant: PLATFORM_ACCEPT=1 ./platform test --filter {name}, and a State impact line in CHANGELOG.md.");
    }
}
