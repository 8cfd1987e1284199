using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Scaling;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Tower;

/// <summary>The nodes that runs are meant for, in the two places where the Platform takes that: the spec of head pods, and Nextflow's configuration.</summary>
/// <param name="Labels">Labels of the nodes, one at least.</param>
/// <param name="Taints">Taints of the nodes, which pods have to tolerate.</param>
public sealed record PipelineNodes(ImmutableSortedDictionary<string, string> Labels, ImmutableArray<NodeTaint> Taints)
{
    /// <summary>Whether tasks say that their node is not given up before they have ended. Default false: nobody gives it up.</summary>
    public bool KeepsNode { get; init; }

    private const string Spec = "spec";
    private const string NodeSelector = "nodeSelector";
    private const string Tolerations = "tolerations";

    /// <summary>Head jobs stay on other nodes: they have no use for what these have. Default false.</summary>
    public bool HeadJobsElsewhere { get; init; }

    /// <summary>The first label for which a spec asks for another value; null without one.</summary>
    public string? Contradiction(string? headPodSpec) =>
        headPodSpec is not null && Child(SpecOf(Document(headPodSpec)), NodeSelector) is YamlMappingNode selector
            ? Labels
                .Where(label => Child(selector, label.Key) is YamlScalarNode { Value: var value } && value != label.Value)
                .Select(label => label.Key)
                .FirstOrDefault()
            : null;

    /// <summary>The document with the nodes added, beside all that the operator wrote; as given where head jobs stay elsewhere.</summary>
    /// <param name="given">A document with <c>spec</c> on top; null for none.</param>
    public string? HeadPodSpec(string? given)
    {
        if (HeadJobsElsewhere)
        {
            return given;
        }

        var document = given is null ? new YamlMappingNode { { Spec, new YamlMappingNode() } } : Document(given);
        var spec = SpecOf(document);
        var selector = Child(spec, NodeSelector) as YamlMappingNode ?? Added(spec, NodeSelector, new YamlMappingNode());
        foreach (var (key, value) in Labels.Where(label => Child(selector, label.Key) is null))
        {
            selector.Add(Text(key), Text(value));
        }

        if (!Taints.IsEmpty)
        {
            var tolerations = Child(spec, Tolerations) as YamlSequenceNode ?? Added(spec, Tolerations, new YamlSequenceNode());
            foreach (var taint in Taints)
            {
                tolerations.Add(
                    new YamlMappingNode(Toleration(taint).SelectMany(entry => new YamlNode[] { new YamlScalarNode(entry.Key), Text(entry.Value) })));
            }
        }

        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(document)).Save(text, assignAnchors: false);
        // The writer marks the end of the document, which nobody reads.
        return text.ToString().Replace("\n...\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>
    /// The configuration with the nodes first, so that what the operator wrote has the last word. The scope k8s holds for the pods of all processes, also of
    /// those that a pipeline gives pod options of their own.
    /// </summary>
    public string NextflowConfig(string? given)
    {
        var selector = string.Join(',', Labels.Select(label => $"{label.Key}={label.Value}"));
        IEnumerable<string> options =
        [
            $"[nodeSelector: {Quoted(selector)}]",
            .. KeepsNode ? [$"[annotation: {Quoted(NodePoolPlan.DoNotDisrupt)}, value: {Quoted("true")}]"] : (IEnumerable<string>)[],
            .. Taints.Select(taint => $"[toleration: [{string.Join(", ", Toleration(taint).Select(entry => $"{entry.Key}: {Quoted(entry.Value)}"))}]]"),
        ];
        var config = $"k8s.pod = [\n  {string.Join(",\n  ", options)}\n]\n";
        return given is null ? config : $"{config}{given}";
    }

    private static IEnumerable<KeyValuePair<string, string>> Toleration(NodeTaint taint) => taint.Value.Length == 0
        ? [new("key", taint.Key), new("operator", "Exists"), new("effect", $"{taint.Effect}")]
        : [new("key", taint.Key), new("operator", "Equal"), new("value", taint.Value), new("effect", $"{taint.Effect}")];

    private static YamlMappingNode Document(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static YamlMappingNode SpecOf(YamlMappingNode document) => Child(document, Spec) as YamlMappingNode
        ?? throw new ArgumentException("The spec of head pods has no spec: on top.", nameof(document));

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static T Added<T>(YamlMappingNode node, string key, T child) where T : YamlNode
    {
        node.Children[new YamlScalarNode(key)] = child;
        return child;
    }

    // Labels and taints are texts whatever they look like: "true", "1".
    private static YamlScalarNode Text(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
