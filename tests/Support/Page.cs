using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Tests.Support;

/// <summary>A Markdown page of the repository: its prose, its blocks of code, its links and the anchors that others may link to.</summary>
internal sealed partial record Page(string Name, ImmutableArray<PageLine> Lines)
{
    private static readonly string[] Foreign = [".git", ".platform", "bin", "obj", "node_modules"];

    private static readonly ConcurrentDictionary<string, Page> Known = new(StringComparer.Ordinal);

    /// <summary>Every file of the repository, by its path with slashes.</summary>
    public static ImmutableSortedSet<string> Files { get; } =
    [
        .. Directory.EnumerateFileSystemEntries(Repository.Root)
            .Where(entry => !Foreign.Contains(Path.GetFileName(entry)))
            .SelectMany(Below)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')),
    ];

    /// <summary>Every page.</summary>
    public static ImmutableArray<Page> All { get; } = [.. Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).Select(Of)];

    /// <summary>The page at a path from the root.</summary>
    public static Page Of(string name) => Known.GetOrAdd(name, static key => Parse(key, File.ReadAllText(Path.Combine(Repository.Root, key))));

    /// <summary>The page that a text is.</summary>
    public static Page Parse(string name, string text)
    {
        var lines = ImmutableArray.CreateBuilder<PageLine>();
        string? language = null;
        var block = 0;
        foreach (var (line, number) in text.ReplaceLineEndings("\n").Split('\n').Select((line, index) => (line, index + 1)))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                language = language is null ? line.TrimStart()[3..].Trim() : null;
                block++;
                continue;
            }
            lines.Add(new PageLine(name, number, line, language, block));
        }
        return new Page(name, lines.ToImmutable());
    }

    /// <summary>What stands between single backticks, where it stands.</summary>
    public IEnumerable<(PageLine At, string Text)> Spans =>
        from line in Lines
        where line.Language is null
        from Match span in Span().Matches(line.Text)
        select (line, span.Groups["text"].Value.Replace("\\|", "|", StringComparison.Ordinal));

    /// <summary>Each block of code: its language and its text.</summary>
    public IEnumerable<(PageLine At, string Language, string Text)> Blocks => Lines
        .Where(line => line.Language is not null)
        .GroupBy(line => line.Block)
        .Select(block => (block.First(), block.First().Language!, Dedented([.. block.Select(line => line.Text)])));

    /// <summary>The targets of its links.</summary>
    public IEnumerable<(PageLine At, string Target)> Links =>
        from line in Lines
        where line.Language is null
        from Match link in Link().Matches(Span().Replace(line.Text, "code"))
        select (line, link.Groups["target"].Value);

    /// <summary>Its headings as they are written, without the signs before them.</summary>
    public IEnumerable<(PageLine At, string Text)> Headings =>
        from line in Lines
        where line.Language is null
        let heading = Heading().Match(line.Text)
        where heading.Success
        select (line, heading.Groups["text"].Value);

    /// <summary>The anchors of its headings, as GitHub makes them: lower case, no punctuation, hyphens for spaces, a number behind repeated ones.</summary>
    public ImmutableHashSet<string> Anchors
    {
        get
        {
            var anchors = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
            foreach (var (_, text) in Headings)
            {
                var anchor = Anchor(text);
                for (var number = 1; !anchors.Add(anchor); number++)
                {
                    anchor = $"{Anchor(text)}-{number}";
                }
            }
            return anchors.ToImmutable();
        }
    }

    public bool Equals(Page? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    private static string Anchor(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var character in LinkText().Replace(heading, "${text}").ToLowerInvariant())
        {
            anchor.Append(character switch
            {
                ' ' => "-",
                '-' or '_' => $"{character}",
                _ when char.IsLetterOrDigit(character) => $"{character}",
                _ => "",
            });
        }
        return anchor.ToString();
    }

    private static string Dedented(IReadOnlyList<string> lines)
    {
        var indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : line.TrimStart()));
    }

    private static IEnumerable<string> Below(string entry) =>
        !Directory.Exists(entry) ? [entry]
        : Foreign.Contains(Path.GetFileName(entry)) ? []
        : Directory.EnumerateFileSystemEntries(entry).SelectMany(Below);

    // Also with two backticks, which hold one
    [GeneratedRegex("(?<ticks>`+)(?<text>.+?)(?<!`)\\k<ticks>(?!`)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkText();

    [GeneratedRegex(@"^#{1,6} (?<text>.+?)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();
}

/// <summary>One line of a page.</summary>
/// <param name="Page">The page's path.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">What it says.</param>
/// <param name="Language">The language of the block of code around it; null in prose.</param>
/// <param name="Block">Which block or piece of prose it belongs to.</param>
internal sealed record PageLine(string Page, int Number, string Text, string? Language, int Block)
{
    public override string ToString() => $"{Page}({Number})";
}
