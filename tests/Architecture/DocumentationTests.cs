using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Architecture;

// Promise: a link of a page leads somewhere, and a file that a page names is there.
public sealed partial class DocumentationTests
{
    // The first part of a path from the root; what begins otherwise is the reader's own file, or another program's.
    private static readonly string[] Rooms = [".ci", ".github", "docs", "infra", "operate", "rehearsal", "sdk", "stacks", "tests"];

    private static readonly ILookup<string, string> ByName = Page.Files.ToLookup(file => file[(file.LastIndexOf('/') + 1)..], StringComparer.Ordinal);

    [Fact]
    public void Pages_AreFound() =>
        new[] { "README.md", "CHANGELOG.md", "docs/aws.md", "docs/adr/0001-record-decisions.md" }.Except(Page.All.Select(page => page.Name)).ShouldBeEmpty();

    [Fact]
    public void Links_LeadSomewhere() => Page.All.SelectMany(DeadLinks).ShouldBeEmpty();

    [Fact]
    public void Files_ThatPagesName_AreThere() => Page.All.SelectMany(MissingFiles).ShouldBeEmpty();

    [Theory]
    [InlineData("[a](configuration.md)", null)]
    [InlineData("[a](../README.md#licence)", null)]
    [InlineData("[a](#a-heading-of-its-own-and-code)", null)]
    [InlineData("[a](https://example.com/nowhere)", null)]
    [InlineData("[a](adr)", null)]
    [InlineData("[a](configurations.md)", "docs/x.md(1): no file configurations.md")]
    [InlineData("[a](../README.md#licenses)", "docs/x.md(1): no heading ../README.md#licenses")]
    [InlineData("[a](#another)", "docs/x.md(1): no heading #another")]
    [InlineData("`[a](nowhere.md)` is code", null)]
    public void DeadLinks_AreFound(string line, string? fault) =>
        DeadLinks(Page.Parse("docs/x.md", $"{line}\n# A heading of its *own*, and `code`")).ShouldBe(fault is null ? [] : [fault]);

    [Theory]
    [InlineData("`infra/Cache/Redis.cs`", null)]
    [InlineData("`infra/Cache/Radish.cs`", "docs/x.md(1): infra/Cache/Radish.cs")]
    [InlineData("`infra/Clusters/Eks*.cs`", null)]
    [InlineData("`infra/Clusters/Aks*.cs`", "docs/x.md(1): infra/Clusters/Aks*.cs")]
    [InlineData("`Crossing/CrossRules.cs` and `CrossRules.cs`", null)]
    [InlineData("`Crossings/CrossRules.cs`", "docs/x.md(1): Crossings/CrossRules.cs")]
    [InlineData("`stacks/Wiring/`, `infra/<Concept>/X.cs`, `stacks/Settings/<Concept>.cs`", null)]
    [InlineData("`stacks/Wirings/`", "docs/x.md(1): stacks/Wirings/")]
    [InlineData("`.ci/run --nightly`", null)]
    [InlineData("`.ci/walk`", "docs/x.md(1): .ci/walk")]
    [InlineData("`tests/Snapshots/*.txt`", null)]
    [InlineData("`docs/operation.md`", "docs/x.md(1): docs/operation.md")]
    public void MissingFiles_AreFound(string line, string? fault) => MissingFiles(Page.Parse("docs/x.md", line)).ShouldBe(fault is null ? [] : [fault]);

    private static IEnumerable<string> DeadLinks(Page page)
    {
        foreach (var (at, target) in page.Links.Where(link => !link.Target.Contains("://", StringComparison.Ordinal)))
        {
            var parts = target.Split('#', 2);
            var name = parts[0].Length == 0 ? page.Name : Resolved(page.Name, parts[0]);
            if (parts[0].Length > 0 && !IsThere(name))
            {
                yield return $"{at}: no file {target}";
            }
            else if (parts.Length > 1 && name.EndsWith(".md", StringComparison.Ordinal)
                && !(parts[0].Length == 0 ? page : Page.Of(name)).Anchors.Contains(parts[1]))
            {
                yield return $"{at}: no heading {target}";
            }
        }
    }

    // A CHANGELOG tells of files that are gone.
    private static IEnumerable<string> MissingFiles(Page page) => page.Name == "CHANGELOG.md" ? [] :
        from span in page.Spans
        let path = FilePath().Match(span.Text)
        where path.Success && !path.Value.Contains('<', StringComparison.Ordinal)
        where IsOurs(path.Value) && !IsNamed(path.Value)
        select $"{span.At}: {path.Value}";

    private static bool IsOurs(string path) => Rooms.Contains(path.Split('/')[0]) || path.EndsWith(".cs", StringComparison.Ordinal);

    // `Crossing/CrossRules.cs`: by the end of its path, where the page's subject says the rest
    private static bool IsNamed(string path)
    {
        // `stacks/plans/STACK.yaml`: capitals stand for the reader's own word
        path = IsThere(path) ? path : Capitals().Replace(path, "*");
        if (path.Contains('*', StringComparison.Ordinal) || path.Contains('…', StringComparison.Ordinal))
        {
            var open = Regex.Escape(path).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("…", ".*", StringComparison.Ordinal);
            var pattern = new Regex($"(^|/){open}", RegexOptions.None, TimeSpan.FromSeconds(1));
            return Page.Files.Any(file => pattern.IsMatch(file));
        }
        return IsThere(path.TrimEnd('/')) || ByName[path[(path.LastIndexOf('/') + 1)..]].Any(file => file.EndsWith($"/{path}", StringComparison.Ordinal));
    }

    private static bool IsThere(string path) => File.Exists(Path.Combine(Repository.Root, path)) || Directory.Exists(Path.Combine(Repository.Root, path));

    private static string Resolved(string page, string target) => Path
        .GetRelativePath(Repository.Root, Path.GetFullPath(target, Path.GetDirectoryName(Path.Combine(Repository.Root, page))!)).Replace('\\', '/');

    [GeneratedRegex("[A-Z]{4,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Capitals();

    // A path of at least two parts, or the name of a source file, at the beginning of a span: `.ci/run --nightly`
    [GeneratedRegex(@"^(\.?[\w-]+/[\w.*…<>/-]*|[\w*-]+\.cs)(?=$|[ :#])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FilePath();
}
