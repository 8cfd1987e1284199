using System.Text;
using YamlDotNet.Core;

namespace Rehearsal.StackFiles;

/// <summary>One YAML document on disk, and the words for what is wrong at a place in it.</summary>
internal sealed class YamlFile
{
    /// <summary>Eight times what a program can get as settings: the rest may be comments.</summary>
    private const int MaxBytes = 1 << 20;

    private YamlFile(string path, string content, YamlMap root)
    {
        Path = path;
        Content = content;
        Root = root;
    }

    public string Path { get; }

    /// <summary>Every character of the file.</summary>
    public string Content { get; }

    public YamlMap Root { get; }

    /// <summary>Reads a file whose document is a mapping; an empty file is an empty mapping.</summary>
    /// <exception cref="BadInputException">The file cannot be read, is not YAML, or holds something else.</exception>
    public static YamlFile Read(string path) => Parse(path, ReadText(path));

    /// <summary>Reads a text that is, or is to become, the content of a file.</summary>
    /// <exception cref="BadInputException">The text is not YAML, or holds something else than a mapping.</exception>
    public static YamlFile Parse(string path, string content)
    {
        var scanner = new Scanner(new StringReader(content));
        try
        {
            var root = new YamlReader(new Parser(scanner), (mark, problem, fix) => At(path, mark, problem, fix)).Read();
            return root switch
            {
                null => new YamlFile(path, content, Empty),
                YamlScalar scalar when YamlScalars.IsNull(scalar) => new YamlFile(path, content, Empty),
                YamlMap map => new YamlFile(path, content, map),
                _ => throw At(path, root.Start, "the file has to hold `key: value` lines."),
            };
        }
        catch (YamlException e)
        {
            var hint = content.Contains('\t', StringComparison.Ordinal) ? "YAML is indented with spaces; this file has tabs." : null;
            throw new BadInputException($"{Place(path, e.Start)}: this is not valid YAML: {Sentence(e)}", hint, e);
        }
        catch (InvalidOperationException e)
        {
            // YamlDotNet 18.1.0 ends so, without a place, where a line begins a new key inside brackets: `a: [1, 2`, then `b: 3`
            throw new BadInputException(
                $"{Place(path, scanner.CurrentPosition)}: this is not valid YAML: a bracket that was opened before is not closed.", null, e);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // And so where a quoted text has an escape of a character that there is not: "\UFFFFFFFF"
            throw new BadInputException($"{Place(path, scanner.CurrentPosition)}: this is not valid YAML.", null, e);
        }
    }

    public BadInputException At(YamlNode node, string problem, string? fix = null) => At(Path, node.Start, problem, fix);

    public string Place(YamlNode node) => Place(Path, node.Start);

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

    private static YamlMap Empty => new(new YamlDotNet.Core.Events.MappingStart(), []);

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
                throw new BadInputException($"{Name(path)} has more than {MaxBytes:N0} bytes, which no stack file needs.", "Check that it is the right file.");
            }
            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new BadInputException($"{Name(path)} cannot be read: {e.Message}", "Check that the file is there and that you may read it.", e);
        }
    }

    private static BadInputException At(string path, Mark mark, string problem, string? fix = null) => new($"{Place(path, mark)}: {problem}", fix);

    private static string Place(string path, Mark mark) => $"{Name(path)}, line {mark.Line}, column {mark.Column}";

    private static string Name(string path)
        => System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal)
            ? path
            : relative;

    // The library's own message, which may be wrapped in "(Line: 3, Col: 1, Idx: 20) - (Line: ...): "
    private static string Sentence(YamlException e)
    {
        var message = (e.InnerException ?? e).Message;
        var end = message.StartsWith("(Line", StringComparison.Ordinal) ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = YamlText.Shown(end < 0 ? message : message[(end + 3)..]);
        return message.EndsWith('.') || message.EndsWith('…') ? message : message + ".";
    }
}
