using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using k8s.Models;
using Operate.Clusters;

namespace Operate.Verifying;

/// <summary>Jobs that failed, and what Kubernetes warned of lately.</summary>
/// <remarks>
/// A warning stays for an hour after its cause is gone: probes fail while a pod starts. Only one of the last minutes fails; older ones are told.
/// </remarks>
/// <param name="sight">What can be seen of the stack there.</param>
/// <param name="time">The clock.</param>
public sealed class KubernetesTroubles(ClusterSight sight, TimeProvider time) : KubernetesGroup(sight)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    public override string Name => "events";

    protected override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var (jobs, failed) = await Sight.HeldAsync<V1Job>(ApiKind.Jobs, cancellation);
        foreach (var finding in Unread(failed).Concat(jobs.Select(Of)))
        {
            yield return finding;
        }

        foreach (var name in Sight.Namespaces)
        {
            var list = await Sight.ListAsync(ApiKind.Events, name, cancellation);
            if (list.Trouble is { } trouble)
            {
                yield return Unread(list.What, trouble);
                continue;
            }

            var held = await HeldNamesAsync(name, cancellation);
            var now = time.GetUtcNow();
            var warnings = list
                .Items.Select(ClusterReader.Typed<Corev1Event>)
                .Where(happened => happened.Type == "Warning" && now - Last(happened) <= Lately)
                .Where(happened => IsOfPart(happened.InvolvedObject?.Name, held))
                .ToArray();
            foreach (
                var group in warnings
                    .GroupBy(happened => $"{happened.InvolvedObject.Kind} {name}/{happened.InvolvedObject.Name}")
                    .OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                yield return Of(group.Key, [.. group.OrderByDescending(Last)], now);
            }

            if (warnings.Length == 0)
            {
                yield return new Finding($"events in {name}", Outcome.Passed, "no warning in the last hour", "none");
            }
        }
    }

    /// <summary>When an event happened last: which of its fields says it depends on who wrote it.</summary>
    internal static DateTimeOffset Last(Corev1Event happened) =>
        new[] { happened.Series?.LastObservedTime, happened.LastTimestamp, happened.EventTime, happened.FirstTimestamp, happened.Metadata?.CreationTimestamp }
            .OfType<DateTime>().Select(moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc))).FirstOrDefault();

    private static Finding Of(string what, ImmutableArray<Corev1Event> happened, DateTimeOffset now)
    {
        var reasons = happened.GroupBy(entry => entry.Reason).Select(group => $"{group.Key} ×{group.Sum(entry => entry.Series?.Count ?? entry.Count ?? 1)}");
        var age = now - Last(happened[0]);
        var found = $"{string.Join(", ", reasons)}, last {Math.Max(0, (int)age.TotalMinutes)} min ago: {happened[0].Message?.ReplaceLineEndings(" ").Trim()}";
        return age <= Fresh
            ? new(
                $"events of {what}",
                Outcome.Failed,
                "no warning in the last 5 minutes",
                found,
                "What the message says; if it is gone by now, ask again in 5 minutes.")
            : new($"events of {what}", Outcome.Passed, "no warning in the last 5 minutes", found);
    }

    private static Finding Of(V1Job job)
    {
        var (check, expected) = ($"Job {job.Namespace()}/{job.Name()}", "has not failed");
        return job.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "Failed", Status: "True" }) is { } failure
            ? new(
                check, Outcome.Failed, expected, $"{failure.Reason}: {failure.Message}",
                $"kubectl logs job/{job.Name()} --namespace {job.Namespace()} says why; delete it once that is mended.")
            : new(check, Outcome.Passed, expected, job.Status?.CompletionTime is not null ? "complete" : $"{job.Status?.Active ?? 0} active");
    }

    // Names of workloads and claims of the parts; those of their pods begin with them. A whole namespace is given as null.
    private async Task<ImmutableArray<string>?> HeldNamesAsync(string ofNamespace, CancellationToken cancellation)
    {
        if (Sight.Parts.Any(part => part.Namespace == ofNamespace && part.IsWhole))
        {
            return null;
        }

        var lists = await Task.WhenAll(
            new[] { ApiKind.Deployments, ApiKind.StatefulSets, ApiKind.DaemonSets, ApiKind.Jobs, ApiKind.Claims, ApiKind.Services, ApiKind.Ingresses }.Select(
                kind => Sight.ListAsync(kind, ofNamespace, cancellation)));
        return [.. lists.SelectMany(list => list.Items).Where(item => Sight.Holds(ofNamespace, item)).Select(item => $"{item["metadata"]?["name"]}")];
    }

    private static bool IsOfPart(string? name, ImmutableArray<string>? held) => held is not { } names
        || (name is not null && names.Any(known => name == known || name.StartsWith($"{known}-", StringComparison.Ordinal)));
}
