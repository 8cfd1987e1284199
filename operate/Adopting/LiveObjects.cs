using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Operate.Clusters;
using Rehearsal.Graph;
using Rehearsal.Manifests;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Operate.Adopting;

/// <summary>A resource of the plan whose object is on the cluster already.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Id">The provider's id of it: <c>namespace/name</c>, or the name alone.</param>
/// <param name="Differences">What the stack says otherwise.</param>
public sealed record FoundObject(Urn Urn, string Kind, string Id, ImmutableArray<FieldDifference> Differences)
{
    /// <summary>Whether the first update would make it anew.</summary>
    public bool IsReplaced => Differences.Any(difference => difference.Replaces);
}

/// <summary>Looks on a cluster for the objects that a plan would make.</summary>
/// <param name="reader">Asks the cluster.</param>
internal sealed class LiveObjects(ClusterReader reader)
{
    private const string Release = "kubernetes:helm.sh/v3:Release";

    private readonly Dictionary<string, JsonObject?> _served = new(StringComparer.Ordinal);

    /// <summary>Why something could not be looked for, a sentence each.</summary>
    public List<string> Unseen { get; } = [];

    /// <summary>The objects and Helm releases that are there.</summary>
    public async Task<ImmutableArray<FoundObject>> FindAsync(Plan plan, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<FoundObject>();
        foreach (var planned in KubernetesObjects.Find(plan, showSecrets: false).Where(item => !item.IsPatch))
        {
            if (await GetAsync(planned, cancellation) is { } live)
            {
                var id = planned.Namespace.Length == 0 ? planned.Name : $"{planned.Namespace}/{planned.Name}";
                found.Add(new(planned.Urn, planned.Kind, id, LiveDifference.Between(planned.Urn.Type, planned, live)));
            }
        }

        foreach (var state in plan.Steps.Select(step => step.New).OfType<ResourceState>().Where(state => state.Type == Release).DistinctBy(state => state.Urn))
        {
            if (state.Inputs.OpenText("namespace") is { } place && state.Inputs.OpenText("name") is { } name
                && await HasReleaseAsync(place, name, cancellation))
            {
                found.Add(new(state.Urn, "Helm release", $"{place}/{name}", []));
            }
        }

        return found.ToImmutable();
    }

    private async Task<JsonObject?> GetAsync(KubernetesObject planned, CancellationToken cancellation)
    {
        var version = (planned.Body.Find("apiVersion") as StringProperty)?.Value ?? "v1";
        try
        {
            if (await KindAsync(version, planned.Kind, cancellation) is not { } kind)
            {
                // The cluster does not know the kind, so it has none
                return null;
            }

            return await reader.GetAsync(kind.Path(kind.IsNamespaced && planned.Namespace.Length > 0 ? planned.Namespace : null, planned.Name), cancellation);
        }
        catch (ClusterException trouble) when (trouble.Fault is ClusterFault.Missing)
        {
            return null;
        }
        catch (ClusterException trouble) when (!trouble.IsFinal)
        {
            Unseen.Add($"{planned.Kind} {planned.Namespace}/{planned.Name} was not looked for: {trouble.Message}");
            return null;
        }
    }

    private async Task<bool> HasReleaseAsync(string place, string name, CancellationToken cancellation)
    {
        try
        {
            var secrets = await reader.ListAsync(ApiKind.Secrets, place, cancellation, metadataOnly: true);
            return secrets.Any(secret => secret["metadata"]?["labels"] is JsonObject labels
                && (string?)labels["owner"] == "helm" && (string?)labels["name"] == name);
        }
        catch (ClusterException trouble) when (!trouble.IsFinal)
        {
            Unseen.Add($"Whether there is a Helm release {name} in {place} was not seen: {trouble.Message}");
            return false;
        }
    }

    // Names in paths are the server's to say: {"resources":[{"name":"deployments","kind":"Deployment","namespaced":true}, …]}
    private async Task<ApiKind?> KindAsync(string apiVersion, string kind, CancellationToken cancellation)
    {
        if (!_served.TryGetValue(apiVersion, out var list))
        {
            var path = apiVersion.Contains('/', StringComparison.Ordinal) ? $"apis/{apiVersion}" : $"api/{apiVersion}";
            try
            {
                list = await reader.GetAsync(path, cancellation);
            }
            catch (ClusterException trouble) when (trouble.Fault is ClusterFault.Missing)
            {
                list = null;
            }

            _served[apiVersion] = list;
        }

        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return (list?["resources"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(entry => (string?)entry["kind"] == kind && (string?)entry["name"] is { } name && !name.Contains('/', StringComparison.Ordinal))
            .Select(entry => new ApiKind(
                slash < 0 ? "" : apiVersion[..slash], apiVersion[(slash + 1)..], (string)entry["name"]!, kind, (bool?)entry["namespaced"] ?? true))
            .FirstOrDefault();
    }
}
