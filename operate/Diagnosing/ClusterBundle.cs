using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using Operate.Clusters;

namespace Operate.Diagnosing;

/// <summary>What a cluster says of the parts of a stack: objects, events and states; nothing that a Secret holds.</summary>
/// <param name="sight">What can be seen of the stack there.</param>
/// <param name="bundle">Where it goes.</param>
/// <param name="redactor">Hears of every value of the Secrets, which are kept in memory only.</param>
/// <param name="time">The clock, for ages.</param>
internal sealed class ClusterBundle(ClusterSight sight, Bundle bundle, Redactor redactor, TimeProvider time)
{
    private const string ReleaseType = "helm.sh/release.v1";

    // What a support engineer asks for, with what explains it
    private static readonly ImmutableArray<ApiKind> OfNamespace =
    [
        ApiKind.Deployments, ApiKind.StatefulSets, ApiKind.DaemonSets, ApiKind.ReplicaSets, ApiKind.Pods, ApiKind.Jobs, ApiKind.CronJobs, ApiKind.Services,
        ApiKind.Endpoints, ApiKind.Ingresses, ApiKind.Gateways, ApiKind.Routes, ApiKind.Claims, ApiKind.ConfigMaps, ApiKind.ServiceAccounts, ApiKind.Roles,
        ApiKind.RoleBindings, ApiKind.NetworkPolicies, ApiKind.DisruptionBudgets, ApiKind.Scalers, ApiKind.Quotas, ApiKind.LimitRanges,
    ];

    private static readonly ImmutableArray<ApiKind> OfCluster = [ApiKind.Nodes, ApiKind.StorageClasses, ApiKind.IngressClasses];

    // What is read of a namespace whatever it is part of: it holds for every pod there
    private static readonly ImmutableArray<ApiKind> OfEverybody = [ApiKind.Quotas, ApiKind.LimitRanges];

    /// <summary>Gathers everything but logs.</summary>
    public async Task GatherAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(sight.Namespaces.Select(name => SecretsAsync(name, cancellation)));
        bundle.Add("cluster/version.json", $"{sight.Version!.ToJsonString(Indented)}\n");
        foreach (var kind in OfCluster)
        {
            var list = await sight.ListAsync(kind, null, cancellation);
            Add($"cluster/{kind.Plural}.yaml", list, [.. list.Items.Select(Slim)]);
        }

        var volumes = await sight.ListAsync(ApiKind.Volumes, null, cancellation);
        Add(
            "cluster/persistentvolumes.yaml",
            volumes,
            [
                .. volumes.Items.Where(item =>
                    sight.Namespaces.Contains($"{item["spec"]?["claimRef"]?["namespace"]}", StringComparer.Ordinal)
                    && !IsShared($"{item["spec"]?["claimRef"]?["namespace"]}")),
            ]);

        var nodes = await sight.ListAsync(ApiKind.Nodes, null, cancellation);
        if (nodes.Trouble is null)
        {
            bundle.Add("cluster/nodes.txt", DescribedObjects.Nodes(nodes.Items.Select(ClusterReader.Typed<V1Node>)));
        }

        await Task.WhenAll(sight.Namespaces.Select(name => NamespaceAsync(name, cancellation)));
    }

    private async Task NamespaceAsync(string name, CancellationToken cancellation)
    {
        foreach (var kind in OfNamespace)
        {
            var list = await sight.ListAsync(kind, name, cancellation);
            if (list.Trouble?.Fault == ClusterFault.Missing)
            {
                // A kind that this cluster does not know
                continue;
            }

            var held = list.Items.Where(item => OfEverybody.Contains(kind) || IsHeld(name, kind, item)).ToImmutableArray();
            Add($"namespaces/{name}/{kind.Plural}.yaml", list, held);
        }

        var pods = await sight.ListAsync(ApiKind.Pods, name, cancellation);
        var events = await sight.ListAsync(ApiKind.Events, name, cancellation);
        if (events.Trouble is { } trouble)
        {
            bundle.Lacks($"namespaces/{name}/events.txt", trouble.Message);
        }
        else
        {
            var happened = events.Items.Select(ClusterReader.Typed<Corev1Event>).Where(entry => IsOfChart(name, entry.InvolvedObject?.Name ?? ""));
            bundle.Add($"namespaces/{name}/events.txt", DescribedObjects.Events(happened));
        }

        if (pods.Trouble is null)
        {
            var described = pods.Items.Where(item => IsHeld(name, ApiKind.Pods, item)).Select(ClusterReader.Typed<V1Pod>);
            bundle.Add(
                $"namespaces/{name}/pods.txt",
                DescribedObjects.Pods(described, events.Items.Select(ClusterReader.Typed<Corev1Event>), time.GetUtcNow()));
        }
    }

    // kube-system and its like, in which the stack has a chart among others' things
    private bool IsShared(string ofNamespace) => sight.Parts.Where(part => part.Namespace == ofNamespace).All(part => part.Chart is not null);

    private bool IsOfChart(string ofNamespace, string name) =>
        !IsShared(ofNamespace) || sight.Parts.Any(part => part.Namespace == ofNamespace && name.Contains(part.Chart!, StringComparison.Ordinal));

    /// <summary>Whether an object is the stack's: by itself, or as the pod of something that is.</summary>
    private bool IsHeld(string ofNamespace, ApiKind kind, JsonObject item) => sight.Holds(ofNamespace, item)
        || (kind == ApiKind.Pods && sight.Parts.Any(part => part.Namespace == ofNamespace && part.Patched.Any(
            name => $"{item["metadata"]?["name"]}".StartsWith($"{name}-", StringComparison.Ordinal))));

    private void Add(string name, Listing list, ImmutableArray<JsonObject> items)
    {
        if (list.Trouble is { } trouble)
        {
            bundle.Lacks(name, trouble.Message);
        }
        else if (!items.IsEmpty)
        {
            bundle.Add(name, ObjectText.Of(items));
        }
    }

    // A node lists the fifty images that it has, which nobody reads
    private static JsonObject Slim(JsonObject item)
    {
        var slim = item.DeepClone().AsObject();
        (slim["status"] as JsonObject)?.Remove("images");
        return slim;
    }

    // Names, types and keys go into the bundle; values only to the redactor, and releases of Helm to their own files
    private async Task SecretsAsync(string ofNamespace, CancellationToken cancellation)
    {
        ImmutableArray<JsonObject> secrets;
        try
        {
            secrets = await (await sight.ReaderAsync(cancellation)).ListAsync(ApiKind.Secrets, ofNamespace, cancellation);
        }
        catch (ClusterException trouble)
        {
            bundle.Lacks($"namespaces/{ofNamespace}/secrets.txt", $"{trouble.Message} What is in them was looked for by its shape only, not by its value.");
            bundle.Lacks($"helm/{ofNamespace}/", "releases are kept in Secrets, which cannot be read");
            return;
        }

        var lines = new StringBuilder();
        foreach (var secret in secrets.Select(ClusterReader.Typed<V1Secret>))
        {
            var data = secret.Data ?? new Dictionary<string, byte[]>();
            foreach (var (key, value) in data.Where(_ => secret.Type != ReleaseType))
            {
                redactor.LearnSecret(key, value);
            }

            if (!IsOfChart(ofNamespace, secret.Name()))
            {
                continue;
            }

            lines.Append(CultureInfo.InvariantCulture, $"{secret.Name()}  {secret.Type}  keys: {string.Join(", ", data.Keys.Order(StringComparer.Ordinal))}\n");
        }

        bundle.Add($"namespaces/{ofNamespace}/secrets.txt", lines.Length == 0 ? "none\n" : $"{lines}");
        foreach (
            var release in HelmReleases.Latest(
                secrets.Select(ClusterReader.Typed<V1Secret>).Where(secret => secret.Type == ReleaseType && IsOfChart(ofNamespace, secret.Name()))))
        {
            bundle.Add($"helm/{ofNamespace}/{release.Name}.txt", release.Summary);
            bundle.Add($"helm/{ofNamespace}/{release.Name}-values.yaml", release.Values);
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };
}
