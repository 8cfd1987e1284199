using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Architecture;

// Promise: docs/seeds.md leaves no requirement out, and each row names a file that does it and a test that proves it.
public sealed partial class SeedsTests
{
    // What proves something without being a class: checks that .ci/run starts, in programs of their own.
    private const string Checks = ".ci/";

    private static readonly ImmutableArray<Row> Rows = [.. Parse(Page.Of("docs/seeds.md"))];

    private static readonly ILookup<string, Type> Classes = typeof(SeedsTests).Assembly.GetTypes().ToLookup(type => type.Name, StringComparer.Ordinal);

    // Every id of the requirements, which stand outside of this repository: a new one is a line here
    private static IEnumerable<string> Required => File.ReadLines(Path.Combine(Repository.Root, "tests", "Snapshots", "requirements.txt"));

    [Fact]
    public void EveryRequirement_HasARow() =>
        Rows.Select(row => row.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(Required.Order(StringComparer.Ordinal));

    [Fact]
    public void EveryRow_NamesWhatDoesIt() => Rows.SelectMany(Undone).ShouldBeEmpty();

    [Fact]
    public void EveryRow_NamesWhatProvesIt() => Rows.SelectMany(Unproved).ShouldBeEmpty();

    [Theory]
    [InlineData("`infra/Cache/Redis.cs`, `ElastiCacheRedis.cs`", "`ElastiCacheRedisTests`", null)]
    [InlineData("`infra/Cache/*`", "`ElastiCacheRedisTests.X_…`", "docs/x.md(3): X-01: no test ElastiCacheRedisTests.X_…")]
    [InlineData("`infra/Cache/*`", "`SeedsTests.EveryRow_…`, `.EveryRequirement_HasARow`", null)]
    [InlineData("`infra/Cache/*`", "`SeedsTests.EveryRow_…`, `.EveryRequirement_HasRows`", "docs/x.md(3): X-01: no test SeedsTests.EveryRequirement_HasRows")]
    [InlineData("`infra/Cache/*`", "`.ci/run`", null)]
    [InlineData("`infra/Cache/*`", "by hand", "docs/x.md(3): X-01: nothing proves it")]
    [InlineData("by hand", "`SeedsTests`", "docs/x.md(3): X-01: nothing does it")]
    [InlineData("`infra/Cash/*`", "`SeedsTests`", "docs/x.md(3): X-01: no file infra/Cash/*")]
    [InlineData("`infra/Cache/Redis.cs`, `Radish.cs`", "`SeedsTests`", "docs/x.md(3): X-01: no file Radish.cs")]
    public void FaultyRows_AreFound(string done, string proved, string? fault)
    {
        var row = Parse(Page.Parse("docs/x.md", $"| id | done by | proved by | |\n|---|---|---|---|\n| X-01 | {done} | {proved} | |")).ShouldHaveSingleItem();

        Undone(row).Concat(Unproved(row)).ShouldBe(fault is null ? [] : [fault]);
    }

    private static IEnumerable<Row> Parse(Page page) =>
        from line in page.Lines
        let cells = line.Text.Split('|')
        where cells.Length > 4 && Id().IsMatch(cells[1].Trim())
        select new Row(line, cells[1].Trim(), [.. Span().Matches(cells[2]).Select(span => span.Groups["text"].Value)],
            [.. Span().Matches(cells[3]).Select(span => span.Groups["text"].Value)]);

    // A bare name belongs to the folder of the one before it, as a list of files of one folder is written; settings may stand among them.
    private static IEnumerable<string> Undone(Row row)
    {
        var files = row.Done.Where(span => span.Contains('/', StringComparison.Ordinal) || span.Contains('.', StringComparison.Ordinal)).ToList();
        return files.Count == 0
            ? [$"{row.At}: {row.Id}: nothing does it"]
            : files.Where(file => !IsThere(file)).Select(file => $"{row.At}: {row.Id}: no file {file}");
    }

    private static bool IsThere(string file)
    {
        var pattern = new Regex($"(^|/){Regex.Escape(file).Replace("\\*", "[^/]*", StringComparison.Ordinal)}", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Page.Files.Any(known => pattern.IsMatch(known));
    }

    private static IEnumerable<string> Unproved(Row row)
    {
        if (row.Proved.IsEmpty)
        {
            yield return $"{row.At}: {row.Id}: nothing proves it";
        }
        var last = "";
        foreach (var span in row.Proved.Where(span => Test().IsMatch(span) || span.StartsWith(Checks, StringComparison.Ordinal)))
        {
            var test = span.StartsWith('.') && !span.StartsWith(Checks, StringComparison.Ordinal) ? last + span : span;
            last = test.Split('.')[0];
            if (!(test.StartsWith(Checks, StringComparison.Ordinal) ? Page.Files.Contains(test) : Exists(test)))
            {
                yield return $"{row.At}: {row.Id}: no test {test}";
            }
        }
    }

    private static bool Exists(string test)
    {
        var parts = test.Split('.', 2);
        var methods = Classes[parts[0]].SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)).ToList();
        return methods.Exists(method => parts.Length == 1
            || (parts[1].EndsWith('…') ? method.Name.StartsWith(parts[1][..^1], StringComparison.Ordinal) : method.Name == parts[1]));
    }

    private sealed record Row(PageLine At, string Id, ImmutableArray<string> Done, ImmutableArray<string> Proved);

    [GeneratedRegex(@"^[A-Z][A-Z0-9]*-\d\d$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    // `HostScriptTests`, `RotationTests.Rejects_…`, `.Rejects_…`
    [GeneratedRegex(@"^(\w+(Tests|Properties))?(\.\w+…?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();
}
