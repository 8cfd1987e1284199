using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stacks.Settings.Values;

/// <summary>The spec of pods as the Platform's form takes it: a YAML document whose only key is <c>spec</c>.</summary>
public static class PodSpecText
{
    private const string Spec = "spec";

    /// <summary>What is wrong with a text, as a clause that does not repeat it; null if it is such a document.</summary>
    public static string? Problem(string text) => Root(text) switch
    {
        null => "is not YAML",
        YamlMappingNode root => Problem(root),
        _ => "is YAML, but not a mapping",
    };

    /// <summary>The way from bare keys of a pod to the document; null where that would not help.</summary>
    public static string? Fix(string text) => Root(text) is YamlMappingNode root && root.Children.Count > 0 && !Keys(root).Contains(Spec)
        ? $"indent {string.Join(", ", Keys(root))} under a line spec:"
        : null;

    private static string? Problem(YamlMappingNode root)
    {
        if (!Keys(root).Contains(Spec))
        {
            return "has keys of a pod on top, which the Platform does not read";
        }

        return root.Children[new YamlScalarNode(Spec)] is not YamlMappingNode
            ? "has a spec: that is no mapping"
            : root.Children.Count > 1 ? $"has {string.Join(", ", Keys(root).Where(key => key != Spec))} beside spec:" : null;
    }

    private static IEnumerable<string> Keys(YamlMappingNode root) => root.Children.Keys.Select(key => $"{key}");

    // Null for what is no YAML; the root of something else for several documents or none.
    private static YamlNode? Root(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException)
        {
            return null;
        }

        return stream.Documents is [var document] ? document.RootNode : new YamlScalarNode();
    }
}
