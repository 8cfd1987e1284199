using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Infra.InstalledPlatform;

/// <summary>Sets <c>tower.data-studio.allowed-workspaces</c> in the Platform's <c>tower.yml</c> and leaves every other character as it was.</summary>
/// <remarks>The parser only finds the place; the text is edited there, so that comments, order and quoting survive.</remarks>
public static class TowerYaml
{
    /// <summary>Key of the file in its ConfigMap.</summary>
    public const string FileName = "tower.yml";

    private const string Indent = "  ";

    private static readonly string[] KeyPath = ["tower", "data-studio", "allowed-workspaces"];

    /// <summary>The file with the setting in it.</summary>
    /// <param name="text">The file as it is; empty or null for none.</param>
    /// <param name="allowedWorkspaces">Value as YAML: <c>null</c>, <c>[]</c> or <c>[1, 2]</c>.</param>
    public static string WithAllowedWorkspaces(string? text, string allowedWorkspaces)
    {
        var file = Unix(text ?? "");
        var (key, node, depth) = Find(file);
        if (depth == KeyPath.Length)
        {
            return Replace(file, key!, node!, allowedWorkspaces);
        }

        if (node is not null)
        {
            return Insert(file, key, node, depth, allowedWorkspaces);
        }

        var lineEnd = file.Length == 0 || file.EndsWith('\n') ? "" : "\n";
        return $"{file}{lineEnd}{Block(0, "", allowedWorkspaces)}";
    }

    /// <summary>The setting in a file, as it is written; null when the file has none.</summary>
    public static string? AllowedWorkspaces(string text)
    {
        var file = Unix(text);
        var (_, node, depth) = Find(file);
        return depth == KeyPath.Length ? file[Start(node!)..End(file, node!)] : null;
    }

    // The deepest node on the path that the file has, its key, and how many keys of the path lead to it.
    private static (YamlNode? Key, YamlNode? Node, int Depth) Find(string file)
    {
        (YamlNode? Key, YamlNode? Node, int Depth) best = (null, null, 0);
        foreach (var root in Roots(file))
        {
            (YamlNode? Key, YamlNode Node, int Depth) found = (null, root, 0);
            while (found.Depth < KeyPath.Length
                && found.Node is YamlMappingNode mapping
                && mapping.Children.FirstOrDefault(child => Is(child.Key, KeyPath[found.Depth])) is { Key: not null } next)
            {
                found = (next.Key, next.Value, found.Depth + 1);
            }

            if (best.Node is null || found.Depth > best.Depth)
            {
                best = found;
            }
        }

        return best;
    }

    private static bool Is(YamlNode key, string text) => key is YamlScalarNode scalar && scalar.Value == text;

    // The Helm chart writes its own setting and the operator's text as two documents of one file.
    private static IEnumerable<YamlMappingNode> Roots(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(file));
        foreach (var root in stream.Documents.Select(document => document.RootNode))
        {
            if (root is YamlMappingNode mapping)
            {
                yield return mapping;
            }
            else if (root is not YamlScalarNode { Value: "" })
            {
                throw new FormatException(
                    $"{FileName} is a YAML {root.NodeType.ToString().ToLowerInvariant()} and no mapping, so 'tower' cannot be set in it.");
            }
        }
    }

    // A block sequence stands below its key; what takes its place stands behind the colon, before a comment that may be there.
    private static string Replace(string file, YamlNode key, YamlNode value, string replacement)
    {
        var behindColon = file.IndexOf(':', End(file, key)) + 1;
        var between = file[behindColon..Math.Max(behindColon, Start(value))];
        var (before, after) = between.Contains('\n', StringComparison.Ordinal) || between.Length == 0 ? (" ", between.TrimEnd()) : (between, "");
        return $"{file[..behindColon]}{before}{replacement}{after}{file[End(file, value)..]}";
    }

    private static string Insert(string file, YamlNode? key, YamlNode parent, int depth, string value)
    {
        switch (parent)
        {
            case YamlMappingNode { Style: MappingStyle.Flow } flow:
                var inside = Start(flow) + 1;
                return $"{file[..inside]}{Inline(depth, value)}{(flow.Children.Count == 0 ? "" : ", ")}{file[inside..]}";
            case YamlMappingNode { Children.Count: > 0 } block:
                var first = block.Children[0].Key;
                var column = (int)first.Start.Column - 1;
                var at = Start(first);
                return $"{file[..at]}{Block(depth, new string(' ', column), value).TrimStart(' ')}{new string(' ', column)}{file[at..]}";
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "null" or "~" or "Null" or "NULL" } empty:
                return Replace(file, key!, empty, $"{{{Inline(depth, value)}}}");
            default:
                throw new FormatException(
                    $"'{string.Join('.', KeyPath[..depth])}' in {FileName} (line {parent.Start.Line}) is no mapping, so '{KeyPath[depth]}' cannot be set below "
                        + "it.");
        }
    }

    // The keys from one depth on, as an indented block that ends in a line break.
    private static string Block(int depth, string indentation, string value)
    {
        var lines = KeyPath[depth..].Select((key, index) => $"{indentation}{string.Concat(Enumerable.Repeat(Indent, index))}{key}:");
        return $"{string.Join('\n', lines)} {value}\n";
    }

    private static string Inline(int depth, string value)
    {
        var keys = KeyPath[depth..];
        return $"{string.Join(": {", keys)}: {value}{new string('}', keys.Length - 1)}";
    }

    private static string Unix(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static int Start(YamlNode node) => (int)node.Start.Index;

    // The library gives a collection the end of its first token; the events tell where its last one ends. A block collection ends with its last item:
    // its own end lies behind the blank lines and comments that follow, which are not part of it.
    private static int End(string file, YamlNode node)
    {
        var parser = new Parser(new StringReader(file));
        while (parser.MoveNext() && !(parser.Current is NodeEvent start && start.Start.Index == node.Start.Index && start is Scalar == node is YamlScalarNode))
        {
        }

        Stack<bool> flows = [];
        var end = Start(node);
        do
        {
            switch (parser.Current)
            {
                case SequenceStart start:
                    flows.Push(start.Style == SequenceStyle.Flow);
                    break;
                case MappingStart start:
                    flows.Push(start.Style == MappingStyle.Flow);
                    break;
                case SequenceEnd or MappingEnd:
                    // The event of a flow collection stops before its bracket.
                    end = flows.Pop() ? (int)parser.Current.End.Index + 1 : end;
                    break;
                default:
                    end = (int)parser.Current!.End.Index;
                    break;
            }
        }
        while (flows.Count > 0 && parser.MoveNext());

        return end;
    }
}
