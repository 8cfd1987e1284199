using System.Collections.Immutable;
using System.Text.Json.Nodes;
using k8s.Models;
using Operate.Clusters;
using static Operate.Clusters.ClusterReader;

namespace Operate.Adopting;

/// <summary>What is in a namespace that somebody filled with kubectl or Helm, as far as it tells how it was set up.</summary>
/// <param name="Name">The namespace.</param>
/// <param name="Workloads">Deployments, StatefulSets and DaemonSets.</param>
/// <param name="ConfigMaps">ConfigMaps.</param>
/// <param name="Services">Services.</param>
/// <param name="Ingresses">Ingresses.</param>
/// <param name="Accounts">ServiceAccounts.</param>
/// <param name="Bindings">RoleBindings.</param>
/// <param name="Claims">Claims of volumes.</param>
/// <param name="Unseen">Why some kind of objects is not among them, a sentence each.</param>
public sealed record LiveNamespace(
    string Name,
    ImmutableArray<LiveWorkload> Workloads,
    ImmutableArray<V1ConfigMap> ConfigMaps,
    ImmutableArray<V1Service> Services,
    ImmutableArray<V1Ingress> Ingresses,
    ImmutableArray<V1ServiceAccount> Accounts,
    ImmutableArray<V1RoleBinding> Bindings,
    ImmutableArray<V1PersistentVolumeClaim> Claims,
    ImmutableArray<string> Unseen)
{
    /// <summary>Reads it; what the caller may not see is told in <see cref="Unseen"/>.</summary>
    /// <param name="reader">Asks the cluster.</param>
    /// <param name="name">The namespace.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ClusterException">The cluster cannot be asked, or there is no such namespace.</exception>
    public static async Task<LiveNamespace> ReadAsync(ClusterReader reader, string name, CancellationToken cancellation)
    {
        await reader.GetAsync(ApiKind.Namespaces.Path(name: name), cancellation);
        var unseen = ImmutableArray.CreateBuilder<string>();
        var workloads = ImmutableArray.CreateBuilder<LiveWorkload>();
        foreach (var kind in ApiKind.Workloads)
        {
            workloads.AddRange((await ListAsync(kind)).Select(item => new LiveWorkload(kind.Kind, Typed<V1Deployment>(AsDeployment(item)))));
        }

        var live = new LiveNamespace(
            name,
            workloads.ToImmutable(),
            [.. (await ListAsync(ApiKind.ConfigMaps)).Select(Typed<V1ConfigMap>)],
            [.. (await ListAsync(ApiKind.Services)).Select(Typed<V1Service>)],
            [.. (await ListAsync(ApiKind.Ingresses)).Select(Typed<V1Ingress>)],
            [.. (await ListAsync(ApiKind.ServiceAccounts)).Select(Typed<V1ServiceAccount>)],
            [.. (await ListAsync(ApiKind.RoleBindings)).Select(Typed<V1RoleBinding>)],
            [.. (await ListAsync(ApiKind.Claims)).Select(Typed<V1PersistentVolumeClaim>)],
            []);
        return live with { Unseen = unseen.ToImmutable() };

        async Task<ImmutableArray<JsonObject>> ListAsync(ApiKind kind)
        {
            try
            {
                return await reader.ListAsync(kind, name, cancellation);
            }
            catch (ClusterException trouble) when (!trouble.IsFinal)
            {
                unseen.Add($"{kind.Plural} of {name} were not seen: {trouble.Message}");
                return [];
            }
        }
    }

    /// <summary>The first workload with a container whose image ends with one of these names, whatever its registry and version.</summary>
    public LiveWorkload? WithImage(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Workloads.FirstOrDefault(workload => workload.ContainerOf(name) is not null) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The variables of a container that stand in it, or in ConfigMaps that it names; those of Secrets are left out.</summary>
    public ImmutableSortedDictionary<string, string> Variables(V1Container container)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom ?? [])
        {
            foreach (var (key, value) in Data(source.ConfigMapRef?.Name))
            {
                variables[$"{source.Prefix}{key}"] = value;
            }
        }

        foreach (var variable in container.Env ?? [])
        {
            var value = variable.ValueFrom is null ? variable.Value ?? ""
                : variable.ValueFrom.ConfigMapKeyRef is { } reference
                    && Data(reference.Name).TryGetValue(reference.Key, out var known) ? known : null;
            if (value is not null)
            {
                variables[variable.Name] = value;
            }
            else
            {
                variables.Remove(variable.Name);
            }
        }

        return variables.ToImmutable();
    }

    private IDictionary<string, string> Data(string? configMap) => ConfigMaps.FirstOrDefault(map => map.Metadata.Name == configMap)?.Data
        ?? ImmutableDictionary<string, string>.Empty;

    // The three kinds have the same pod template, and of their own fields only the replicas matter here
    private static JsonObject AsDeployment(JsonObject item)
    {
        var deployment = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = item["metadata"]?.DeepClone(),
            ["spec"] = new JsonObject
            {
                ["selector"] = item["spec"]?["selector"]?.DeepClone(),
                ["template"] = item["spec"]?["template"]?.DeepClone(),
            },
        };
        if (item["spec"]?["replicas"] is { } replicas)
        {
            deployment["spec"]!["replicas"] = replicas.DeepClone();
        }

        return deployment;
    }
}

/// <summary>Something that runs pods.</summary>
/// <param name="Kind">Deployment, StatefulSet or DaemonSet.</param>
/// <param name="Object">It, in the form of a Deployment.</param>
public sealed record LiveWorkload(string Kind, V1Deployment Object)
{
    public string Name => Object.Metadata.Name;

    public int Replicas => Object.Spec.Replicas ?? 1;

    /// <summary>The Helm release that it belongs to; null without one.</summary>
    public string? Release => Object.Metadata.Annotations?.TryGetValue("meta.helm.sh/release-name", out var release) == true ? release : null;

    public IEnumerable<V1Container> Containers => Object.Spec.Template?.Spec?.Containers ?? [];

    /// <summary>The container whose image ends with a name.</summary>
    public V1Container? ContainerOf(string image) =>
        Containers.FirstOrDefault(container => ImagePath(container.Image).EndsWith($"/{image}", StringComparison.Ordinal));

    /// <summary>The tag of an image, or null where it has a digest alone.</summary>
    public static string? Tag(string? image)
    {
        var name = (image ?? "").Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[(colon + 1)..] : null;
    }

    /// <summary>An image without tag and digest, behind a slash: <c>/cr.seqera.io/enterprise/backend</c>.</summary>
    public static string ImagePath(string? image)
    {
        var name = (image ?? "").Split('@')[0];
        return $"/{(Tag(image) is { } tag ? name[..^(tag.Length + 1)] : name)}";
    }
}
