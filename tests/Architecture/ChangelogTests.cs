using System.Globalization;
using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Architecture;

// Promise: CHANGELOG.md has versions, the newest first, and each entry says what it does to a stack that exists.
public sealed partial class ChangelogTests
{
    private const string Unreleased = "## [Unreleased]";

    private static readonly string[] Kinds = ["### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security"];

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Sections_AreVersions_WithTheNewestFirst()
    {
        var sections = Lines(line => line.StartsWith("## ", StringComparison.Ordinal));
        var versions = sections.Skip(1).Select(section => Version().Match(section)).ToList();

        sections[0].ShouldBe(Unreleased);
        versions.ShouldAllBe(version => version.Success);
        versions.ShouldNotBeEmpty();
        versions.Select(version => System.Version.Parse(version.Groups["version"].Value)).ShouldBeInOrder(SortDirection.Descending);
        versions.Select(version => DateOnly.ParseExact(version.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture))
            .ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Entries_StandUnderTheirKind()
    {
        Lines(line => line.StartsWith("### ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Except(Kinds).ShouldBeEmpty();
        Text.Split("\n## ").Skip(1).Where(section => Entry().IsMatch(section.Split("\n### ")[0])).Select(section => section.Split('\n')[0]).ShouldBeEmpty();
    }

    [Fact]
    public void EveryEntry_SaysItsStateImpact() => Silent(Text).ShouldBeEmpty();

    [Theory]
    [InlineData("- Something new.\n  **State impact**: none.", false)]
    [InlineData("- Something new. **State impact**: none.", false)]
    [InlineData("- Something new.", true)]
    [InlineData("- Something new.\n- Another. **State impact**: none.", true)]
    [InlineData("- Something new. State impact: none.", true)]
    [InlineData("- Something new. **State impact**:", true)]
    public void SilentEntries_AreFound(string entries, bool silent) => Silent($"# Changelog\n\n{Unreleased}\n\n### Added\n{entries}\n").Any().ShouldBe(silent);

    private static IEnumerable<string> Silent(string text) => Regex.Split(text, "\n(?=- |#)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        .Where(part => part.StartsWith("- ", StringComparison.Ordinal) && !Impact().IsMatch(part))
        .Select(part => part.Split('\n')[0]);

    private static List<string> Lines(Func<string, bool> wanted) => [.. Text.Split('\n').Where(wanted)];

    [GeneratedRegex(@"^## \[(?<version>\d+\.\d+\.\d+)\] - (?<day>\d{4}-\d{2}-\d{2})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();

    [GeneratedRegex("^- ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\*\*State impact\*\*: \S", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Impact();
}
