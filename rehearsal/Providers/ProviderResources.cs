using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Schemas;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Provider resources, which the engine manages itself: their version and address are added to the inputs, their id is a UUID.</summary>
/// <param name="schema">The package's schema; null without one.</param>
internal sealed class ProviderResources(PackageSchema? schema) : IProvider
{
    // Nothing that a provider is configured with: where its plugin comes from
    private const string Internal = "__internal";
    private const string Url = "pluginDownloadURL";
    private const string BuiltIn = ProviderReference.TypePrefix + "pulumi";

    /// <summary>The program's inputs with the version and source of the plugin.</summary>
    public static PropertyMap Inputs(ResourceGoal goal)
    {
        var inputs = goal.Properties;
        if (goal.Version.Length > 0 && !inputs.ContainsKey("version"))
        {
            inputs = inputs.With("version", new StringProperty(goal.Version));
        }
        if (goal.Type == BuiltIn)
        {
            return inputs;
        }
        return inputs.With(Internal,
            new ObjectProperty(goal.PluginDownloadUrl.Length == 0 ? PropertyMap.Empty : PropertyMap.Create((Url, new StringProperty(goal.PluginDownloadUrl)))));
    }

    public bool Knows(string type) => true;

    public CheckResult Check(CheckRequest request) => new(request.News, schema?.Provider is { } spec ? ProviderConfig.Check(spec.Inputs, request.News) : []);

    public DiffResult Diff(DiffRequest request)
    {
        request = request with { OldInputs = request.OldInputs.Without(Internal), NewInputs = request.NewInputs.Without(Internal) };
        var diff = Differ.ByInputs(request, _ => false);
        if (!diff.Changes)
        {
            return diff;
        }
        var replacing = ProviderReference.PackageOf(request.Type) switch
        {
            "kubernetes" => KubernetesConfig.Replacing(diff.ChangedKeys, request.OldInputs, request.NewInputs),
            // ForcesProviderReplace in pulumi-aws: what is in one region is not in another
            "aws" => [.. diff.ChangedKeys.Where(key => key == "region")],
            _ => [],
        };
        return replacing.IsEmpty ? diff : diff with
        {
            ReplaceKeys = replacing,
            Detailed = Differ.Replacing(diff.Detailed, path => replacing.Contains(path.Parts[0])),
        };
    }

    public (string? Id, PropertyMap Outputs) Create(Urn urn, string type, PropertyMap inputs, bool preview)
        => (preview ? ProviderReference.UnknownId : Guid.NewGuid().ToString(), inputs.Without(Internal));

    public PropertyMap Update(Urn urn, ResourceState old, PropertyMap inputs, bool preview) => inputs.Without(Internal);

    public void Delete(ResourceState old)
    {
    }

    public ReadResult? Read(Urn urn, string type, string id, PropertyMap inputs, PropertyMap outputs, bool preview) => new(id, inputs, outputs);
}

/// <summary>Which changes of a Kubernetes provider's configuration point it at another cluster, so that it is replaced and all its objects with it.</summary>
/// <remarks>pulumi-kubernetes, provider/pkg/provider/provider.go (<c>DiffConfig</c>), 4.x.</remarks>
internal static class KubernetesConfig
{
    private const string Kubeconfig = "kubeconfig";
    private const string Identifier = "clusterIdentifier";

    // Objects are files instead, and go to another folder
    private const string Folder = "renderYamlToDirectory";

    public static ImmutableArray<string> Replacing(ImmutableArray<string> changed, PropertyMap old, PropertyMap @new)
    {
        ImmutableArray<string> moved = [.. changed.Where(key => key == Folder)];
        // Who names the cluster says whether it is another one
        if (old.OpenText(Identifier) is { Length: > 0 } was && @new.OpenText(Identifier) is { Length: > 0 } now)
        {
            return was == now ? moved : changed;
        }
        if (@new.Open(Kubeconfig) is { ContainsUnknowns: true } && changed.Contains(Kubeconfig))
        {
            return [Kubeconfig];
        }
        return ActiveCluster(old) == ActiveCluster(@new) ? moved : changed;
    }

    // The entry of the cluster that the provider talks to, as text: its address and authority
    private static string? ActiveCluster(PropertyMap config)
    {
        if (config.OpenText(Kubeconfig) is not { Length: > 0 } text || Parse(text) is not { } kubeconfig)
        {
            return null;
        }
        var context = config.OpenText("context") ?? (kubeconfig.Find("current-context") as YamlScalar)?.Value;
        var cluster = config.OpenText("cluster") ?? (Named(kubeconfig, "contexts", "context", context)?.Find("cluster") as YamlScalar)?.Value;
        return Named(kubeconfig, "clusters", "cluster", cluster) is { } entry
            ? string.Join('\n', entry.Entries.Select(field => $"{field.Key.Value}: {(field.Value as YamlScalar)?.Value}").Order(StringComparer.Ordinal)) : null;
    }

    private static YamlMap? Named(YamlMap kubeconfig, string list, string field, string? name) => kubeconfig.Find(list) is YamlList entries
        ? entries.Items.OfType<YamlMap>().FirstOrDefault(entry => (entry.Find("name") as YamlScalar)?.Value == name)?.Find(field) as YamlMap : null;

    // It may be a path, which says nothing of the cluster
    private static YamlMap? Parse(string text)
    {
        try
        {
            return YamlFile.Parse(Kubeconfig, text).Root;
        }
        catch (BadInputException)
        {
            return null;
        }
    }
}
