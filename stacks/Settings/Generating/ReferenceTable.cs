using System.Text;
using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Generating;

/// <summary>The keys of one group as a table that is no wider than a screen; what does not fit into a row stands in a list below it.</summary>
internal static partial class ReferenceTable
{
    private const int Widest = 160;

    // A default that is longer is a sentence, and reads badly in a narrow column
    private const int LongDefault = 40;

    private const string Below = "see below";

    /// <summary>The table with its list.</summary>
    /// <param name="keys">The keys, in their order.</param>
    /// <param name="name">How a key is called within the group.</param>
    public static string Of(IReadOnlyCollection<CatalogEntry> keys, Func<CatalogEntry, string> name)
    {
        var table = new StringBuilder("| key | default | when changed | meaning |\n|---|---|---|---|\n");
        var list = new StringBuilder();
        foreach (var key in keys)
        {
            var (row, rest) = Row(key, name(key));
            table.Append(row).Append('\n');
            if (rest.Length > 0)
            {
                Wrap(list, $"- `{name(key)}`: {rest}");
            }
        }

        return list.Length == 0 ? table.ToString() : $"{table}\n{list}";
    }

    /// <summary>A text as a cell of a table.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|").Replace("<", "&lt;");

    // Left out in this order until the row fits: a long default, what is allowed, the meaning.
    private static (string Row, string List) Row(CatalogEntry key, string name)
    {
        List<string> rest = [];
        var fallback = key.Setting.IsRequired ? "**required**" : key.Setting.Kind is not null ? "one of these" : Cell(key.Default);
        if (fallback.Length > LongDefault)
        {
            rest.Add($"Default: {fallback}.");
            fallback = Below;
        }

        var start = $"| `{name}` | {fallback} | {Cell(Declarations.WhenChanged(key))} | ";
        var (meaning, allowed) = (Cell(key.Setting.Setting.Meaning), Allowed(key));
        if ($"{start}{meaning} {allowed} |".Length <= Widest)
        {
            return ($"{start}{$"{meaning} {allowed}".TrimEnd()} |", string.Join(' ', rest));
        }

        if (allowed.Length > 0)
        {
            rest.Add(allowed);
        }

        if ($"{start}{meaning} |".Length <= Widest)
        {
            return ($"{start}{meaning} |", string.Join(' ', rest));
        }

        rest.Insert(0, meaning);
        return ($"{start}{Below} |", string.Join(' ', rest));
    }

    // "A whole number from 2 to 3." says the type as well; "a list: …" does not say it twice.
    private static string Allowed(CatalogEntry key)
    {
        var (setting, noun) = (key.Setting, key.Setting.Shape.Noun);
        if (key.IsGroup)
        {
            var names = setting.Entry is { } entry ? $": {entry.Allowed}" : "";
            return setting.Shape.Kind is ShapeKind.Map ? Sentence($"an object with a key for each entry{names}")
                : setting.Shape.Kind is ShapeKind.List ? "A list." : "";
        }

        var phrase = setting.Allowed == noun || noun == "a text" || setting.Allowed.StartsWith(noun) ? setting.Allowed : $"{noun}: {setting.Allowed}";
        var example = setting.Setting.Example is { } text && text != key.Default ? $"; for example `{text}`" : "";
        return Sentence(Cell(phrase) + example);
    }

    private static string Sentence(string phrase) => $"{char.ToUpperInvariant(phrase[0])}{phrase[1..]}.";

    /// <summary>Appends a paragraph or an item of a list in lines that fit a screen. Never breaks inside of code, which would then hold a line break.</summary>
    public static void Wrap(StringBuilder page, string text, string indent = "  ")
    {
        var length = 0;
        foreach (var word in Words().Matches(text).Select(match => match.Value))
        {
            if (length > 0 && length + 1 + word.Length > Widest)
            {
                page.Append('\n').Append(indent);
                length = indent.Length;
            }
            else if (length > 0)
            {
                page.Append(' ');
                length++;
            }

            page.Append(word);
            length += word.Length;
        }

        page.Append('\n');
    }

    [GeneratedRegex(@"(`[^`]*`|\S)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();
}
