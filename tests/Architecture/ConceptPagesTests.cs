using System.Text.RegularExpressions;
using Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Architecture;

// Promise: a report of this program says of every concept what it is, and leads to pages that there are.
public sealed partial class ConceptPagesTests
{
    private static readonly ConceptPages Pages = ConceptPages.Read(ProjectFile.Read(Repository.Root));

    private static readonly string[] Concepts =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Token().Matches(File.ReadAllText(file)))
            .Select(token => token.Groups["concept"].Value).Distinct().Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void EveryConcept_HasItsWords()
    {
        Concepts.Length.ShouldBeGreaterThan(20);
        Pages.Named.Order(StringComparer.Ordinal).ShouldBe(Concepts);
        Concepts.Select(Pages.Of).ShouldAllBe(words => words.About != null && words.About.EndsWith('.'));
    }

    [Fact]
    public void EveryPage_IsThere() => Pages.Problems.ShouldBeEmpty();

    [GeneratedRegex("\"platform:(?<concept>[A-Za-z]+):[A-Za-z]+\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
