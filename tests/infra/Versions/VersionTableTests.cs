using Infra.Versions;
using Tests.Support;

namespace Tests.Infra.Versions;

// Promise: the table in docs/studios.md says what versions.json says.
public sealed class VersionTableTests
{
    [Fact]
    public void TheDocument_HasEveryRowOfTheMatrix()
    {
        var rows = Rows().ToDictionary(row => row.Platform, row => (row.Connect, row.Client));

        foreach (var release in VersionMatrix.Current.Releases)
        {
            var (connect, client) = rows.Single(row => Names(row.Key, release.From)).Value;
            connect.Split(' ')[0].TrimEnd(',').ShouldBe(release.Connect.ToString());
            // "0.8" stands for 0.8.0: the vendor's tags float.
            SemanticVersion.Parse(client).ShouldBe(release.Client);
        }
    }

    // "24.1.4, 24.2" stands for the rows from 24.1.4 and from 24.2.0.
    private static bool Names(string cell, SemanticVersion from) => cell.Split(", ").Any(text => SemanticVersion.Parse(text) == from);

    private static IEnumerable<(string Platform, string Connect, string Client)> Rows() => File.ReadLines(Path.Combine(Repository.Root, "docs", "studios.md"))
        .SkipWhile(line => !line.StartsWith("| Platform | Connect | connect-client |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => (cells[1], cells[2], cells[3]));
}
