using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rehearsal.StackFiles;

/// <summary>One YAML document on disk, and the words for what is wrong at a place in it.</summary>
internal sealed class YamlFile
{
    private YamlFile(string path, YamlMappingNode root)
    {
        Path = path;
        Root = root;
    }

    public string Path { get; }

    public YamlMappingNode Root { get; }

    /// <summary>Reads a file whose document is a mapping; an empty file is an empty mapping.</summary>
    /// <exception cref="BadInputException">The file cannot be read, is not YAML, or holds something else.</exception>
    public static YamlFile Read(string path)
    {
        var text = ReadText(path);
        var stream = new YamlStream();
        var scanner = new Scanner(new StringReader(text));
        try
        {
            var parser = new Parser(scanner);
            // the merging parser loses the place of most errors, so it is there only for `<<:`
            stream.Load(text.Contains("<<", StringComparison.Ordinal) ? new MergingParser(parser) : parser);
        }
        catch (YamlException e)
        {
            var hint = text.Contains('\t', StringComparison.Ordinal) ? "YAML is indented with spaces; this file has tabs." : null;
            // an anchor that is missing is noticed at the end, without a place
            var place = e.Start.Index == 0 ? Name(path) : Place(path, e.Start);
            throw new BadInputException($"{place}: this is not valid YAML: {Sentence(e)}", hint, e);
        }
        catch (InvalidOperationException e)
        {
            // YamlDotNet 16.3.0 ends so, without a place, where a line begins a new key inside brackets: `a: [1, 2`, then `b: 3`
            throw new BadInputException($"{Place(path, scanner.CurrentPosition)}: this is not valid YAML: a bracket that was opened before is not closed.", null, e);
        }

        if (stream.Documents.Count > 1) throw At(path, stream.Documents[1].RootNode, "a second document begins here; the file has to hold one.");
        if (stream.Documents.Count == 0 || IsNull(stream.Documents[0].RootNode)) return new YamlFile(path, []);
        if (stream.Documents[0].RootNode is YamlMappingNode root) return new YamlFile(path, root);
        throw At(path, stream.Documents[0].RootNode, "the file has to hold `key: value` lines.");
    }

    public BadInputException At(YamlNode node, string problem, string? fix = null) => At(Path, node, problem, fix);

    public IEnumerable<(YamlScalarNode Key, YamlNode Value)> Entries(YamlMappingNode mapping)
    {
        foreach (var (key, value) in mapping.Children)
        {
            yield return key is YamlScalarNode scalar ? (scalar, value) : throw At(key, "a key has to be plain text.");
        }
    }

    /// <summary>The text under a key of the root, or null when the key is absent or has no value.</summary>
    public string? Text(string key)
    {
        if (!Root.Children.TryGetValue(new YamlScalarNode(key), out var node) || IsNull(node)) return null;
        return node is YamlScalarNode scalar ? scalar.Value : throw At(node, $"`{key}` has to be text.");
    }

    public YamlMappingNode? Mapping(string key)
    {
        if (!Root.Children.TryGetValue(new YamlScalarNode(key), out var node) || IsNull(node)) return null;
        return node as YamlMappingNode ?? throw At(node, $"`{key}` has to hold `key: value` lines.");
    }

    public static bool IsNull(YamlNode node) => node is YamlScalarNode scalar && YamlScalars.IsNull(scalar);

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new BadInputException($"{Name(path)} cannot be read: {e.Message}", "Check that the file is there and that you may read it.", e);
        }
    }

    private static BadInputException At(string path, YamlNode node, string problem, string? fix = null) => new($"{Place(path, node.Start)}: {problem}", fix);

    private static string Place(string path, Mark mark) => $"{Name(path)}, line {mark.Line}, column {mark.Column}";

    private static string Name(string path) => System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    // the library's own message, which may be wrapped in "(Line: 3, Col: 1, Idx: 20) - (Line: ...): "
    private static string Sentence(YamlException e)
    {
        var message = (e.InnerException ?? e).Message;
        var end = message.StartsWith("(Line", StringComparison.Ordinal) ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = end < 0 ? message : message[(end + 3)..];
        return message.EndsWith('.') ? message : message + ".";
    }
}
