using System.Text;
using Pulumi;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stacks.Wiring;

/// <summary>What a kubeconfig says of one cluster. Its messages never repeat its text, which holds credentials.</summary>
/// <param name="Server">URL of the API server.</param>
/// <param name="CertificateAuthority">Certificate authority of the API server as PEM text; null where the kubeconfig does not hold it.</param>
public sealed record Kubeconfig(string Server, string? CertificateAuthority)
{
    private const string Fix = "kubectl config view --raw --minify --flatten writes one that says everything.";

    /// <summary>The certificate authority, or an error that says how to get one.</summary>
    public string RequireCertificateAuthority() => CertificateAuthority ?? throw Wrong("holds no certificate-authority-data");

    /// <summary>Reads the cluster of a context.</summary>
    /// <param name="text">A whole kubeconfig.</param>
    /// <param name="context">Name of the context; null for the current one.</param>
    // clusters: [{ name: studios, cluster: { server: https://10.0.0.1:6443, certificate-authority-data: LS0tLS1CRUdJTi… } }]
    // contexts: [{ name: admin@studios, context: { cluster: studios, user: admin } }]
    // current-context: admin@studios
    public static Kubeconfig Read(string text, string? context)
    {
        var root = Parse(text);
        var wanted = context ?? Text(root, "current-context") ?? throw Wrong("names no current context, and the stack file names none either");
        var named = Entry(root, "contexts", wanted, "context") ?? throw Wrong($"has no context '{wanted}'");
        var cluster = Text(named, "cluster") ?? throw Wrong($"has a context '{wanted}' without a cluster");
        var found = Entry(root, "clusters", cluster, "cluster") ?? throw Wrong($"has no cluster '{cluster}', which the context '{wanted}' names");
        var server = Text(found, "server") ?? throw Wrong($"has a cluster '{cluster}' without a server");
        return new Kubeconfig(server, Text(found, "certificate-authority-data") is { } data ? Pem(data, cluster) : null);
    }

    private static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException)
        {
            throw Wrong("is not YAML");
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }] ? root : throw Wrong("is not a kubeconfig");
    }

    // The part that an entry of a list of named entries has under its kind.
    private static YamlMappingNode? Entry(YamlMappingNode root, string list, string name, string kind) =>
        root.Children.TryGetValue(list, out var node) && node is YamlSequenceNode entries
            ? entries.OfType<YamlMappingNode>().Where(entry => Text(entry, "name") == name).Select(entry => Mapping(entry, kind)).FirstOrDefault()
            : null;

    private static YamlMappingNode? Mapping(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? value as YamlMappingNode : null;

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;

    private static string Pem(string data, string cluster)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }
        catch (FormatException)
        {
            throw Wrong($"has a cluster '{cluster}' whose certificate-authority-data is not base64");
        }
    }

    private static RunException Wrong(string what) => new($"The kubeconfig in platform:kubeconfig {what}: {Fix}");
}
