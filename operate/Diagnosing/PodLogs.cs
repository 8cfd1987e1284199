using System.Collections.Immutable;
using k8s.Models;
using Operate.Clusters;

namespace Operate.Diagnosing;

/// <summary>What every container of every part wrote, before its last restart as well; the end of it, within bounds.</summary>
/// <param name="sight">What can be seen of the stack there.</param>
/// <param name="bundle">Where it goes.</param>
/// <param name="since">How old a line may be.</param>
internal sealed class PodLogs(ClusterSight sight, Bundle bundle, TimeSpan since)
{
    private const int Lines = 2_000;
    private const int Bytes = 1 << 20;
    private const int AtOnce = 6;

    // Sessions of Workbench are jobs, hundreds of them: the newest say as much as all
    private const int MostPods = 60;

    /// <summary>Gathers them.</summary>
    public async Task GatherAsync(CancellationToken cancellation)
    {
        using var room = new SemaphoreSlim(AtOnce);
        foreach (var name in sight.Namespaces)
        {
            var list = await sight.ListAsync(ApiKind.Pods, name, cancellation);
            if (list.Trouble is { } trouble)
            {
                bundle.Lacks($"namespaces/{name}/logs/", trouble.Message);
                continue;
            }

            var pods = list.Items.Where(item => IsPartOf(name, item)).Select(ClusterReader.Typed<V1Pod>)
                .OrderByDescending(pod => pod.Metadata.CreationTimestamp ?? DateTime.MinValue).ThenBy(pod => pod.Name(), StringComparer.Ordinal).ToArray();
            if (pods.Length > MostPods)
            {
                bundle.Note($"namespaces/{name}/logs/", $"of the {MostPods} newest of {pods.Length} pods");
            }

            await Task.WhenAll(pods.Take(MostPods).SelectMany(pod => Containers(pod).Select(async container =>
            {
                await room.WaitAsync(cancellation);
                try
                {
                    await ReadAsync(pod, container, cancellation);
                }
                finally
                {
                    room.Release();
                }
            })));
        }
    }

    private async Task ReadAsync(V1Pod pod, string container, CancellationToken cancellation)
    {
        var file = $"namespaces/{pod.Namespace()}/logs/{pod.Name()}/{container}";
        var status = (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []).FirstOrDefault(state => state.Name == container);
        if (status?.State?.Running is null && status?.State?.Terminated is null && status?.LastState?.Terminated is null)
        {
            bundle.Note($"{file}.log", "the container has not started");
            return;
        }

        await ReadAsync(pod, container, $"{file}.log", new LogOptions(Lines, Bytes, since), cancellation);
        if (status.RestartCount > 0)
        {
            await ReadAsync(pod, container, $"{file}.previous.log", new LogOptions(Lines, Bytes, null, Previous: true), cancellation);
        }
    }

    private async Task ReadAsync(V1Pod pod, string container, string file, LogOptions options, CancellationToken cancellation)
    {
        try
        {
            var reader = await sight.ReaderAsync(cancellation);
            bundle.Add(file, await reader.LogAsync(pod.Namespace(), pod.Name(), container, options, cancellation));
        }
        catch (ClusterException trouble)
        {
            bundle.Lacks(file, trouble.Message);
        }
    }

    private bool IsPartOf(string ofNamespace, System.Text.Json.Nodes.JsonObject pod) => sight.Holds(ofNamespace, pod)
        || sight.Parts.Any(part => part.Namespace == ofNamespace && part.Patched.Any(
            name => $"{pod["metadata"]?["name"]}".StartsWith($"{name}-", StringComparison.Ordinal)));

    private static ImmutableArray<string> Containers(V1Pod pod) =>
        [.. (pod.Spec?.InitContainers ?? []).Concat(pod.Spec?.Containers ?? []).Select(container => container.Name)];
}
