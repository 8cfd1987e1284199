using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Infra.Tower;

/// <summary>The lists of the <c>aws-auth</c> config map: YAML inside a YAML text.</summary>
public static class AwsAuthEntries
{
    public const string UsersKey = "mapUsers";

    public const string RolesKey = "mapRoles";

    /// <summary>Adds or replaces one entry; all others keep their order and every key of theirs.</summary>
    /// <param name="list">The text as it is; empty for none.</param>
    /// <param name="entry">The entry.</param>
    public static string Merge(string list, AwsAuthEntry entry)
    {
        var entries = Parse(list);
        var wanted = new YamlMappingNode
        {
            { entry.ArnKey, entry.Arn },
            { "username", entry.UserName },
            { "groups", new YamlSequenceNode(entry.Groups.Select(group => new YamlScalarNode(group))) },
        };
        var present = entries.Children.OfType<YamlMappingNode>().ToList()
            .FindIndex(candidate => candidate.Children.TryGetValue(entry.ArnKey, out var arn) && arn is YamlScalarNode { Value: { } text } && text == entry.Arn);
        if (present < 0)
        {
            entries.Add(wanted);
        }
        else
        {
            entries.Children[present] = wanted;
        }

        // "[]" would otherwise keep its form, and the entry be written into the brackets.
        entries.Style = SequenceStyle.Block;
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(entries)).Save(writer, assignAnchors: false);
        // The writer ends a document with "...", which the reader of the config map does not need and people would wonder about.
        return writer.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n', '.') + "\n";
    }

    // "- rolearn: arn:aws:iam::123456789012:role/nodes\n  username: system:node:{{EC2PrivateDNSName}}\n  groups:\n  - system:nodes\n"; "" and "[]" are empty lists.
    private static YamlSequenceNode Parse(string list)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(list));
        }
        catch (YamlException exception)
        {
            throw new FormatException($"The config map kube-system/aws-auth holds a list that is not YAML ({exception.Message}): repair it first, nothing was changed.", exception);
        }

        return stream.Documents switch
        {
            [] => [],
            [{ RootNode: YamlSequenceNode entries }] when entries.Children.All(entry => entry is YamlMappingNode) => entries,
            _ => throw new FormatException("The config map kube-system/aws-auth holds something else than a list of entries: repair it first, nothing was changed."),
        };
    }
}
