using System.Text;
using Rehearsal.Auditing;
using Rehearsal.Comparing;
using Rehearsal.Planning;

namespace Rehearsal.Rendering;

/// <summary>Writes an audit as a comment of a pull request: the summary first, what changes folded by component, never longer than a comment may be.</summary>
/// <remarks>Nothing that a resource is called becomes markup, a mention or the end of a block.</remarks>
internal static class AuditMarkdown
{
    /// <summary>GitHub takes 65,536 characters; what posts the comment adds some of its own.</summary>
    public const int Longest = 60_000;

    /// <summary>What is kept for the sentence about what was left out.</summary>
    private const int Reserve = 600;

    private const int LongestTable = 25_000;

    private const int LongestBlock = 8_000;

    /// <summary>The comment.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="artefact">Where the whole report is, for what does not fit; null when nobody said.</param>
    public static string Text(Audit audit, string? artefact)
    {
        var (text, comparison) = (new StringBuilder(), audit.Comparison);
        text.Append("### ").Append(Plain(comparison.New.Stack)).Append(": ").Append(audit.Summary).Append("\n\n");
        text.Append(Code(comparison.Old.Described)).Append(" → ").Append(Code(comparison.New.Described)).Append("  \n");
        text.Append(Plain(comparison.Summary())).Append("\n\n");
        foreach (var note in comparison.Notes.Take(20))
        {
            text.Append("> ").Append(Plain(ComparisonText.Clipped(note))).Append("\n\n");
        }
        var told = Table(text, audit);
        var blocks = Blocks(comparison).ToArray();
        var written = 0;
        foreach (var block in blocks)
        {
            if (text.Length + block.Text.Length > Longest - Reserve)
            {
                break;
            }
            text.Append(block.Text);
            written++;
        }
        var left = blocks.Skip(written).Sum(block => block.Changes);
        if (left > 0 || told < audit.Findings.Length)
        {
            string[] missing =
            [
                .. told < audit.Findings.Length ? [$"{audit.Findings.Length - told} findings"] : Array.Empty<string>(),
                .. left > 0 ? [$"{left} changed resource{(left == 1 ? "" : "s")}"] : Array.Empty<string>(),
            ];
            text.Append($"\n**{string.Join(" and ", missing)} did not fit here**: the whole report is ");
            text.Append(artefact is { Length: > 0 } ? $"[in the artefact]({Address(artefact)}).\n"
                : "what `./platform audit … --format html -o audit.html` writes.\n");
        }
        else if (artefact is { Length: > 0 })
        {
            text.Append($"\n[The whole report]({Address(artefact)})\n");
        }
        return text.ToString();
    }

    // How many findings are in it
    private static int Table(StringBuilder text, Audit audit)
    {
        if (audit.Findings.IsEmpty)
        {
            return 0;
        }
        text.Append("| | finding | resource |\n|---|---|---|\n");
        var told = 0;
        foreach (var group in audit.Findings.GroupBy(finding => finding.Rule))
        {
            foreach (var finding in group)
            {
                var detail = finding.Detail.Length == 0 ? "" : $"<br>{Code(Short(finding.Detail))}";
                var row = $"| {Sign(finding.Severity)} {finding.Severity.Word()} | **{finding.Rule.Title}** ({Code(finding.Rule.Id)})<br>{finding.Rule.Reason} "
                    + $"| {Code(Short(finding.Change.Name))}<br>{Code(Short(finding.Change.Type))}{detail} |\n";
                if (text.Length + row.Length > LongestTable)
                {
                    text.Append('\n');
                    return told;
                }
                text.Append(row);
                told++;
            }
        }
        text.Append('\n');
        return told;
    }

    // What changes in a component, folded
    private static IEnumerable<(string Text, int Changes)> Blocks(Comparison comparison)
    {
        foreach (var group in comparison.ByComponent())
        {
            var lines = new StringBuilder();
            foreach (var change in group.Changes)
            {
                lines.Append(Head(change)).Append('\n');
                foreach (var property in change.Properties)
                {
                    foreach (var line in Lines(property))
                    {
                        lines.Append(line).Append('\n');
                    }
                }
                if (lines.Length > LongestBlock)
                {
                    break;
                }
            }
            var (body, cut) = lines.Length > LongestBlock ? (lines.ToString(0, LongestBlock), true) : (lines.ToString(), false);
            body = cut ? body[..(body.LastIndexOf('\n') + 1)] + "# and more\n" : body;
            var fence = new string('`', Math.Max(3, LongestRun(body) + 1));
            var head = $"<details><summary>{Plain(Short(group.Name))}: {Plain(group.Summary)}</summary>";
            yield return ($"{head}\n\n{fence}diff\n{body}{fence}\n\n</details>\n", group.Changes.Count);
        }
    }

    private static string Head(ResourceChange change)
    {
        string[] notes =
        [
            .. change.Moved is { } moved ? [moved] : Array.Empty<string>(), .. change.Restarts is { } restarts ? [restarts] : Array.Empty<string>(),
            .. change.IsByProgram == true ? ["by the program"] : Array.Empty<string>(),
        ];
        return Line($"@@ {change.Kind.Word()} {change.Type} {change.Name}{(notes.Length == 0 ? "" : $" ({string.Join("; ", notes)})")} @@");
    }

    private static IEnumerable<string> Lines(PropertyChange property)
    {
        var name = $"{(property.IsOption ? "option " : "")}{property.Path}";
        var forces = property.Replaces ? "  (replaces)" : "";
        var sign = property.Kind switch
        {
            DifferenceKind.Add => '+',
            DifferenceKind.Delete => '-',
            _ => '!',
        };
        return property.Lines.IsEmpty ? [Line($"{sign} {name}: {ComparisonText.Value(property)}{forces}")]
            : property.Lines.Select(line => Line($"{line[0]}   {line[2..]}")).Prepend(Line($"! {name}:{forces}"));
    }

    private static string Line(string text) => ComparisonText.Clipped(Terminal.OneLine(text).Replace("\t", "\\t", StringComparison.Ordinal));

    private static string Short(string text) => text.Length <= 160 ? text : $"{text[..(char.IsHighSurrogate(text[158]) ? 158 : 159)]}…";

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    private static string Code(string text) => $"<code>{Plain(text)}</code>";

    // Every character that Markdown or HTML reads in its own way, as its entity
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in Terminal.OneLine(text))
        {
            plain.Append(letter is '&' or '<' or '>' or '"' or '\'' or '|' or '`' or '@' or '#' or '*' or '_' or '[' or ']' or '\\' or '~' or '!' or '$' or '\t'
                ? $"&#{(int)letter};" : letter.ToString());
        }
        return plain.ToString();
    }

    private static string Sign(Severity severity) => severity switch
    {
        Severity.Critical => "🛑",
        Severity.High => "🔴",
        Severity.Medium => "🟠",
        _ => "🔵",
    };

    private static string Address(string artefact) => Uri.TryCreate(artefact, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)
        : throw new BadInputException($"--artefact {artefact} is no address of a page.", "Give one that begins with https://.");
}
