using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rehearsal.StackFiles;

/// <summary>A value of a YAML document and where it stands; an alias is the very value that its anchor names.</summary>
internal abstract class YamlNode(Mark start, Mark end)
{
    public Mark Start { get; } = start;

    /// <summary>The end of a scalar; of a list or mapping the end of its first token.</summary>
    public Mark End { get; } = end;

    /// <summary>How many lists and mappings are nested in it, itself included and aliases followed.</summary>
    public abstract int Height { get; }

    /// <summary>How many values it is, itself included and aliases followed.</summary>
    public abstract int Size { get; }
}

/// <summary>A text as it stands, without quotes.</summary>
internal sealed class YamlScalar(Scalar scalar) : YamlNode(scalar.Start, scalar.End)
{
    private const string StringTag = "tag:yaml.org,2002:str";

    public string Value { get; } = scalar.Value;

    /// <summary>Whether it may stand for a number, a boolean or nothing: it has no quotes, and no tag that makes it text.</summary>
    public bool IsPlain { get; } = scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && (scalar.Tag.IsEmpty || scalar.Tag.Value != StringTag);

    public override int Height => 0;

    public override int Size => 1;
}

/// <summary>Values in an order.</summary>
internal sealed class YamlList(SequenceStart start, IReadOnlyList<(Mark Start, YamlNode Value)> items) : YamlNode(start.Start, start.End)
{
    public IReadOnlyList<YamlNode> Items { get; } = [.. items.Select(item => item.Value)];

    /// <summary>Where each item begins in this list; the value of an alias stands elsewhere.</summary>
    public IReadOnlyList<Mark> Starts { get; } = [.. items.Select(item => item.Start)];

    public bool IsFlow { get; } = start.Style == SequenceStyle.Flow;

    public override int Height { get; } = 1 + items.Select(item => item.Value.Height).DefaultIfEmpty().Max();

    public override int Size { get; } = 1 + items.Sum(item => item.Value.Size);
}

/// <summary>Values under keys.</summary>
internal sealed class YamlMap(MappingStart start, IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries) : YamlNode(start.Start, start.End)
{
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries { get; } = entries;

    public bool IsFlow { get; } = start.Style == MappingStyle.Flow;

    public override int Height { get; } = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max();

    public override int Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);

    public YamlNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;
}

/// <summary>Makes the error for a place, a problem, its remedy and what went wrong below.</summary>
internal delegate BadInputException YamlRefusal(Mark mark, string problem, string? fix = null, Exception? cause = null);

/// <summary>Builds the values of a document from the parser's events, and stops at the first that no stack file needs.</summary>
/// <remarks>
/// The library's own model follows aliases into themselves, loses places where keys are merged (<c>&lt;&lt;</c>), and has no limits: a file of one kilobyte
/// could fill the memory. Here every value is counted as often as aliases repeat it.
/// </remarks>
/// <param name="parser">Gives the events.</param>
/// <param name="refuse">Makes the error for a place.</param>
internal sealed class YamlReader(IParser parser, YamlRefusal refuse)
{
    /// <summary>As deep as .NET reads JSON, which is how a program gets a structured value.</summary>
    public const int MaxDepth = 64;

    /// <summary>Far more than the settings that an environment variable can hold.</summary>
    public const int MaxValues = 100_000;

    private const string MergeKey = "<<";

    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _values;

    /// <summary>The only document; null when there is none.</summary>
    public YamlNode? Read()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }
        parser.Consume<DocumentStart>();
        var root = Node(depth: 1);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            throw refuse(second.Start, "a second document begins here; the file has to hold one.", null);
        }
        parser.Consume<StreamEnd>();
        return root;
    }

    private YamlNode Node(int depth)
    {
        var next = parser.Consume<ParsingEvent>();
        if (next is AnchorAlias alias)
        {
            return Aliased(alias, depth);
        }
        if (depth > MaxDepth && next is not Scalar)
        {
            throw TooDeep(next.Start);
        }
        Count(next.Start, 1);
        var anchor = next is NodeEvent { Anchor: { IsEmpty: false } name } ? name.Value : null;
        if (anchor is not null)
        {
            _open.Add(anchor);
        }
        YamlNode node = next switch
        {
            Scalar scalar => Checked(scalar),
            SequenceStart list => new YamlList(list, [.. Items(depth)]),
            MappingStart map => new YamlMap(map, Entries(depth)),
            _ => throw refuse(next.Start, "this is no value.", null),
        };
        if (anchor is not null)
        {
            _open.Remove(anchor);
            _anchors[anchor] = node;
        }
        return node;
    }

    private YamlNode Aliased(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        if (_open.Contains(name))
        {
            throw refuse(alias.Start, $"the alias '*{YamlText.Shown(name)}' stands inside the value that it repeats, which would never end.", null);
        }
        if (!_anchors.TryGetValue(name, out var node))
        {
            throw refuse(
                alias.Start, $"the alias '*{YamlText.Shown(name)}' has no anchor before it.",
                $"Put '&{YamlText.Shown(name)}' before the value that it is to repeat.");
        }
        if (depth - 1 + node.Height > MaxDepth)
        {
            throw TooDeep(alias.Start);
        }
        Count(alias.Start, node.Size);
        return node;
    }

    private IEnumerable<(Mark Start, YamlNode Value)> Items(int depth)
    {
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var start = parser.Current!.Start;
            yield return (start, Node(depth + 1));
        }
    }

    private List<(YamlScalar Key, YamlNode Value)> Entries(int depth)
    {
        var entries = new List<(YamlScalar Key, YamlNode Value)>();
        var merged = new List<YamlMap>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = parser.Current!.Start;
            var key = Node(depth + 1) as YamlScalar ?? throw refuse(at, "a key has to be plain text.", null);
            var value = Node(depth + 1);
            if (key is { Value: MergeKey, IsPlain: true })
            {
                merged.AddRange(Merged(value));
            }
            else if (taken.Add(key.Value))
            {
                entries.Add((key, value));
            }
            else
            {
                throw refuse(at, $"this is not valid YAML: Duplicate key {YamlText.Shown(key.Value)}.", null);
            }
        }
        // What a mapping says itself wins, then what the first of the merged ones says
        entries.AddRange(merged.SelectMany(map => map.Entries).Where(entry => taken.Add(entry.Key.Value)));
        return entries;
    }

    private IEnumerable<YamlMap> Merged(YamlNode value)
    {
        var nodes = value is YamlList list ? list.Items : [value];
        return nodes.Select(
            node => node as YamlMap ?? throw refuse(node.Start, $"'{MergeKey}' takes over the keys of a mapping, and this is none.", null));
    }

    private YamlScalar Checked(Scalar scalar)
    {
        if (YamlText.Forbidden(scalar.Value) is { } character)
        {
            throw refuse(
                scalar.Start, $"this text holds {character}, which no setting needs and a terminal could obey.",
                "Take it out; a line break inside quotes is \\n, a tab \\t.");
        }
        return new YamlScalar(scalar);
    }

    private void Count(Mark at, int values)
    {
        _values += values;
        if (_values > MaxValues)
        {
            throw refuse(at, $"up to here the file has more than {MaxValues:N0} values, each counted as often as aliases repeat it.", null);
        }
    }

    private BadInputException TooDeep(Mark at) => refuse(at, $"lists and mappings are nested deeper than {MaxDepth} levels here.", null);
}

/// <summary>Text of a file that anybody may have written, before it reaches a terminal.</summary>
internal static class YamlText
{
    private const int Shortened = 80;

    /// <summary>The first character that is none of a setting, as <c>U+001B</c> or as words; null when all are fine.</summary>
    public static string? Forbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsControl(character) && character is not ('\n' or '\r' or '\t' or '\u0085'))
            {
                return $"the control character U+{(int)character:X4}";
            }
            if (!char.IsSurrogate(character))
            {
                continue;
            }
            if (!char.IsHighSurrogate(character) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return $"half of a character, U+{(int)character:X4},";
            }
            i++;
        }
        return null;
    }

    /// <summary>A piece of the file for a message: one line of at most 80 characters.</summary>
    public static string Shown(string? text)
    {
        var line = string.Concat((text ?? "").Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= Shortened ? line : $"{line[..Shortened]}…";
    }
}
