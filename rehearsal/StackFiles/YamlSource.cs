using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Rehearsal.StackFiles;

/// <summary>The text of a YAML file: places in it, and lines of it as far as they may be shown.</summary>
/// <remarks>The library counts other characters than editors as ends of lines, so places follow from its index.</remarks>
internal sealed partial class YamlSource(string path, string content)
{
    private readonly Lazy<int[]> _lineStarts = new(() =>
        [0, .. Enumerable.Range(0, content.Length).Where(index => content[index] == '\n').Select(index => index + 1)]);

    public string Path => path;

    public string Content => content;

    public FilePlace Place(Mark mark) => Place((int)mark.Index);

    /// <summary>The error for a place.</summary>
    public BadInputException At(Mark mark, string problem, string? fix = null, Exception? cause = null) =>
        new([new FileProblem(Place(mark) with { Source = cause is null ? Line((int)mark.Index) : null }, Key: null, problem)], fix, cause);

    /// <summary>The error of the library, which names the mapping around a line that is indented with a tab.</summary>
    public BadInputException At(YamlException error, string problem)
    {
        var tab = Tabs().Match(content, _lineStarts.Value[LineOf(Math.Min((int)error.Start.Index, content.Length))]);
        var place = tab.Success && problem.Contains(" tab ", StringComparison.Ordinal) ? Place(tab.Index + tab.Length - 1) : Place(error.Start);
        var hint = content.Contains('\t', StringComparison.Ordinal) ? "YAML is indented with spaces; this file has tabs." : null;
        return new([new FileProblem(place, Key: null, problem)], hint, error);
    }

    private FilePlace Place(int mark)
    {
        var index = Math.Clamp(mark, 0, content.Length);
        var line = LineOf(index);
        return new FilePlace(path, line + 1, index - _lineStarts.Value[line] + 1);
    }

    /// <summary>The line of an entry.</summary>
    public SourceLine Line(YamlScalar key, YamlNode value)
    {
        var written = $"{Before((int)key.Start.Index)}{Written(key)}:";
        // An alias has its value elsewhere, and shows nothing of it
        var isHere = value.Start.Index >= key.End.Index && SameLine((int)key.End.Index, (int)value.Start.Index);
        return value is YamlScalar scalar && isHere && SameLine((int)scalar.Start.Index, (int)scalar.End.Index)
            ? new SourceLine($"{written} …", $"{written} {Written(scalar)}", scalar.Value)
            : new SourceLine(EndsLine((int)key.End.Index) ? written : $"{written} …", Text: null, Value: null);
    }

    /// <summary>The line of an item.</summary>
    public SourceLine Line(YamlList list, int index)
    {
        var (start, item) = ((int)list.Starts[index].Index, list.Items[index]);
        var isHere = item.Start.Index == start;
        return item switch
        {
            YamlScalar scalar when isHere && SameLine(start, (int)scalar.End.Index) =>
                new SourceLine($"{Before(start)}…", $"{Before(start)}{Written(scalar)}", scalar.Value),
            YamlMap { IsFlow: false, Entries: [var first, ..] } when isHere && first.Key.Start.Index == start => Line(first.Key, first.Value) with
            {
                Text = null,
            },
            _ => new SourceLine($"{Before(start)}…", Text: null, Value: null),
        };
    }

    // Of a file that has no tree yet, or none at all, only a key is shown, and where the text is no YAML, nothing: it may be the midst of a secret
    private SourceLine? Line(int index)
    {
        var end = content.IndexOf('\n', Math.Min(index, content.Length));
        var key = Keys().Match(content[Math.Min(index, content.Length)..(end < 0 ? content.Length : end)]);
        return !key.Success ? null
            : new SourceLine($"{Before(index)}{key.Groups["key"].Value}:{(key.Groups["rest"].Length == 0 ? "" : " …")}", Text: null, Value: null);
    }

    // What stands before an entry on its line, if it is nothing but its indentation and the hyphens of lists
    private string Before(int index)
    {
        var before = content[_lineStarts.Value[LineOf(index)]..index];
        return before.All(character => character is ' ' or '\t' or '-' or '?') ? before : "… ";
    }

    private string Written(YamlScalar scalar)
    {
        var text = content[(int)scalar.Start.Index..Math.Min(content.Length, (int)scalar.End.Index)].TrimEnd();
        var end = text.AsSpan().IndexOfAny('\n', '\r');
        return end < 0 ? text : text[..end];
    }

    // Whether a key has nothing beside it but a comment
    private bool EndsLine(int keyEnd)
    {
        var end = content.IndexOf('\n', keyEnd);
        var rest = content.AsSpan()[keyEnd..(end < 0 ? content.Length : end)].TrimStart(" \t").TrimStart(':').Trim();
        return rest.IsEmpty || rest[0] == '#';
    }

    private bool SameLine(int from, int to) => LineOf(Math.Min(from, content.Length)) == LineOf(Math.Min(to, content.Length));

    private int LineOf(int index)
    {
        var found = Array.BinarySearch(_lineStarts.Value, index);
        return found >= 0 ? found : ~found - 1;
    }

    [GeneratedRegex(@"^ *\t", RegexOptions.Multiline, 1000)]
    private static partial Regex Tabs();

    // Key: value, "quoted key": value
    [GeneratedRegex("""^(?<key>"[^"]*"|'[^']*'|[\w$][\w.:/@$-]*?):(?=\s|$)\s*(?<rest>.*)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Keys();
}
