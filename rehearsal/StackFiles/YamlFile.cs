using System.Text;
using YamlDotNet.Core;

namespace Rehearsal.StackFiles;

/// <summary>One YAML document on disk, and the words for what is wrong at a place in it.</summary>
internal sealed class YamlFile
{
    /// <summary>Eight times what a program can get as settings: the rest may be comments.</summary>
    private const int MaxBytes = 1 << 20;

    private readonly YamlSource _source;

    private YamlFile(YamlSource source, YamlMap root)
    {
        _source = source;
        Root = root;
    }

    public string Path => _source.Path;

    /// <summary>Every character of the file.</summary>
    public string Content => _source.Content;

    public YamlMap Root { get; }

    /// <summary>Reads a file whose document is a mapping; an empty file is an empty mapping.</summary>
    /// <exception cref="BadInputException">The file cannot be read, is not YAML, or holds something else.</exception>
    public static YamlFile Read(string path) => Parse(path, ReadText(path));

    /// <summary>Reads a text that is, or is to become, the content of a file.</summary>
    /// <exception cref="BadInputException">The text is not YAML, or holds something else than a mapping.</exception>
    public static YamlFile Parse(string path, string content)
    {
        var scanner = new Scanner(new StringReader(content));
        var source = new YamlSource(path, content);
        try
        {
            var root = new YamlReader(new Parser(scanner), source.At).Read();
            return root switch
            {
                null => new YamlFile(source, Empty),
                YamlScalar scalar when YamlScalars.IsNull(scalar) => new YamlFile(source, Empty),
                YamlMap map => new YamlFile(source, map),
                _ => throw source.At(root.Start, "the file has to hold `key: value` lines."),
            };
        }
        catch (YamlException e)
        {
            throw source.At(e, $"this is not valid YAML: {Sentence(e)}");
        }
        catch (InvalidOperationException e)
        {
            // YamlDotNet 18.1.0 ends so, without a place, where a line begins a new key inside brackets: `a: [1, 2`, then `b: 3`
            throw source.At(scanner.CurrentPosition, "this is not valid YAML: a bracket that was opened before is not closed.", null, e);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // And so where a quoted text has an escape of a character that there is not: "\UFFFFFFFF"
            throw source.At(scanner.CurrentPosition, "this is not valid YAML.", null, e);
        }
    }

    public BadInputException At(YamlNode node, string problem, string? fix = null) => _source.At(node.Start, problem, fix);

    public FilePlace Place(YamlNode node) => _source.Place(node.Start);

    /// <summary>The place of an entry: that of its key.</summary>
    public FilePlace PlaceOf(YamlScalar key, YamlNode value) => _source.Place(key.Start) with { Source = _source.Line(key, value) };

    /// <summary>The place of an item, which may be an alias.</summary>
    public FilePlace PlaceOf(YamlList list, int index) => _source.Place(list.Starts[index]) with { Source = _source.Line(list, index) };

    /// <summary>The text under a key of the root, or null when the key is absent or has no value.</summary>
    public string? Text(string key)
    {
        var node = Root.Find(key);
        return node is null || IsNull(node) ? null : (node as YamlScalar)?.Value ?? throw At(node, $"`{key}` has to be text.");
    }

    public YamlMap? Mapping(string key)
    {
        var node = Root.Find(key);
        return node is null || IsNull(node) ? null : node as YamlMap ?? throw At(node, $"`{key}` has to hold `key: value` lines.");
    }

    public static bool IsNull(YamlNode node) => node is YamlScalar scalar && YamlScalars.IsNull(scalar);

    public static YamlMap Empty => new(new YamlDotNet.Core.Events.MappingStart(), []);

    // Bounded, since --config-file may name anything: a pipe, a device, a disk image
    private static string ReadText(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
            {
                throw new BadInputException(
                    $"{FilePlace.NameOf(path)} has more than {MaxBytes:N0} bytes, which no stack file needs.", "Check that it is the right file.");
            }
            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new BadInputException($"{FilePlace.NameOf(path)} cannot be read: {e.Message}", "Check that the file is there and that you may read it.", e);
        }
    }

    // The library's own message, which may be wrapped in "(Line: 3, Col: 1, Idx: 20) - (Line: ...): "
    private static string Sentence(YamlException e)
    {
        var message = (e.InnerException ?? e).Message;
        var end = message.StartsWith("(Line", StringComparison.Ordinal) ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = YamlText.Shown(end < 0 ? message : message[(end + 3)..]);
        return message.EndsWith('.') || message.EndsWith('…') ? message : message + ".";
    }
}
