using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tests.Support;

namespace Tests.Architecture;

// Promise: one dialect in every room. What .editorconfig can say, the build holds; this holds the rest.
public sealed class StyleTests
{
    private const int LongestLine = 160;

    // "The house takes two screens": over this a file holds a second idea (CONTRIBUTING, "One concept, one file").
    private const int LongestFile = 400;

    private static readonly string[] Rooms = ["infra", "stacks", "rehearsal", "operate", "sdk", "tests"];

    private static readonly ImmutableArray<SyntaxTree> Sources =
    [
        .. from room in Rooms
           from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, room), "*.cs", SearchOption.AllDirectories)
           let name = Path.GetRelativePath(Repository.Root, file)
           where !name.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules")
           orderby name
           select CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview), name),
    ];

    [Fact]
    public void Sources_AreFound() => Sources.Length.ShouldBeGreaterThan(300);

    [Fact]
    public void Lines_EndBeforeTheyLeaveTheScreen() => Faults(LongLines, Sources).ShouldBeEmpty();

    [Fact]
    public void Files_HoldOneIdea() => Sources
        .Where(tree => tree.GetText().Lines.Count > LongestFile).Select(tree => $"{tree.FilePath}: {tree.GetText().Lines.Count} lines").ShouldBeEmpty();

    [Fact]
    public void LambdaParameters_AreWords() => Faults(ShortLambdaParameters, Sources).ShouldBeEmpty();

    [Fact]
    public void Comments_BeginWithACapital() => Faults(SmallComments, Sources).ShouldBeEmpty();

    [Fact]
    public void Bodies_HaveBraces() => Faults(BareBodies, Sources).ShouldBeEmpty();

    // Each rule finds what it is there for; code and data that only look alike pass.
    [Theory]
    [InlineData("class A { object b = list.Select(x => x.Name); }", "LambdaParameters: x")]
    [InlineData("class A { object b = list.Select((x, index) => index); }", "LambdaParameters: x")]
    [InlineData("class A { object b = list.Select((_, item) => item); }", null)]
    [InlineData("class A { void B() { if (c) return; } }", "Bodies: if (c) return;")]
    [InlineData("class A { void B() { if (c) { } else D(); } }", "Bodies: else D();")]
    [InlineData("class A { void B() { foreach (var c in d)\nE(); } }", "Bodies: foreach (var c in d)")]
    [InlineData("class A { void B() { if (c) { } else if (d) { } } }", null)]
    [InlineData("// small\nclass A { }", "Comments: // small")]
    [InlineData("// Two lines,\n// of one sentence.\nclass A { }", null)]
    [InlineData("class A { } // 1.24 and later; `code` first is fine too", null)]
    [InlineData("class A { }\n\n// https://example.com/why\nclass B { }", null)]
    public void Rules_FindWhatTheyAreFor(string source, string? fault)
    {
        SyntaxTree[] tree = [CSharpSyntaxTree.ParseText(source)];

        string[] found =
        [
            .. Faults(ShortLambdaParameters, tree).Select(found => $"LambdaParameters: {found}"),
            .. Faults(BareBodies, tree).Select(found => $"Bodies: {found}"),
            .. Faults(SmallComments, tree).Select(found => $"Comments: {found}"),
        ];

        found.Select(line => line.Replace("(1): ", "", StringComparison.Ordinal)).ShouldBe(fault is null ? [] : [fault]);
    }

    private static IEnumerable<string> Faults(Func<SyntaxTree, IEnumerable<(int Position, string Text)>> rule, IEnumerable<SyntaxTree> trees) =>
        from tree in trees
        from fault in rule(tree)
        let line = tree.GetLineSpan(new(fault.Position, 0)).StartLinePosition.Line + 1
        select $"{tree.FilePath}({line}): {fault.Text.Split('\n')[0].Trim()}";

    // Data is as long as what it stands for: inside a raw string, and where a line begins with the text that makes it long or holds nothing else to break.
    private static IEnumerable<(int Position, string Text)> LongLines(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        return from line in tree.GetText().Lines
               where line.Span.Length > LongestLine && !IsText(root.FindToken(line.Start + LongestLine))
               select (line.Start, $"{line.Span.Length} characters");
    }

    private static bool IsText(SyntaxToken token) =>
        token.Kind()
            is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken
        || token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is not null;

    private static IEnumerable<(int Position, string Text)> ShortLambdaParameters(SyntaxTree tree) =>
        from lambda in tree.GetRoot().DescendantNodes().OfType<LambdaExpressionSyntax>()
        from parameter in lambda switch
        {
            SimpleLambdaExpressionSyntax simple => [simple.Parameter],
            ParenthesizedLambdaExpressionSyntax several => several.ParameterList.Parameters.AsEnumerable(),
            _ => [],
        }
        where parameter.Identifier.ValueText is { Length: 1 } name && name != "_"
        select (parameter.SpanStart, parameter.Identifier.ValueText);

    private static IEnumerable<(int Position, string Text)> BareBodies(SyntaxTree tree) =>
        from node in tree.GetRoot().DescendantNodes()
        let body = node switch
        {
            IfStatementSyntax branch => branch.Statement,
            ElseClauseSyntax { Statement: not IfStatementSyntax } branch => branch.Statement,
            CommonForEachStatementSyntax loop => loop.Statement,
            ForStatementSyntax loop => loop.Statement,
            WhileStatementSyntax loop => loop.Statement,
            LockStatementSyntax held => held.Statement,
            UsingStatementSyntax { Statement: not UsingStatementSyntax } used => used.Statement,
            _ => null,
        }
        where body is not null and not BlockSyntax
        select (node.SpanStart, node.ToString());

    // A comment that goes on from the line above, or begins with what is no word, has no capital to begin with.
    private static IEnumerable<(int Position, string Text)> SmallComments(SyntaxTree tree)
    {
        var lines = tree.GetText().Lines;
        return from trivia in tree.GetRoot().DescendantTrivia()
               where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
               let text = trivia.ToString()[2..].TrimStart()
               let number = lines.GetLineFromPosition(trivia.SpanStart).LineNumber
               let first = number == 0 || !lines[number - 1].ToString().TrimStart().StartsWith("//", StringComparison.Ordinal)
               where first && text.Length > 0 && char.IsLower(text[0]) && !IsName(text.Split(' ')[0])
               select (trivia.SpanStart, trivia.ToString());
    }

    // What stands for itself keeps its spelling: an address, a field, a command, a product.
    private static bool IsName(string word) =>
        word.IndexOfAny(['.', '/', ':', '(', '_', '-', '=', '<']) is > 0 and var at && at < word.Length - 1 || word.Any(char.IsUpper);
}
