using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using k8s.Models;
using Operate.Clusters;

namespace Operate.Verifying;

/// <summary>Whether everything that runs pods has rolled out, and if not, what its pods say.</summary>
/// <param name="sight">What can be seen of the stack there.</param>
public sealed class KubernetesRollouts(ClusterSight sight) : KubernetesGroup(sight)
{
    public override string Name => "rollouts";

    protected override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var deployments = await Sight.HeldAsync<V1Deployment>(ApiKind.Deployments, cancellation);
        var sets = await Sight.HeldAsync<V1StatefulSet>(ApiKind.StatefulSets, cancellation);
        var daemons = await Sight.HeldAsync<V1DaemonSet>(ApiKind.DaemonSets, cancellation);
        foreach (var finding in Unread([.. deployments.Failed, .. sets.Failed, .. daemons.Failed]))
        {
            yield return finding;
        }

        Rollout[] all = [.. deployments.Items.Select(Rollout.Of), .. sets.Items.Select(Rollout.Of), .. daemons.Items.Select(Rollout.Of)];
        foreach (var rollout in all.OrderBy(rollout => rollout.Namespace, StringComparer.Ordinal).ThenBy(rollout => rollout.Title, StringComparer.Ordinal))
        {
            yield return await FindingAsync(rollout, cancellation);
        }

        foreach (var part in Sight.Parts.Where(part => !part.Patched.IsEmpty))
        {
            foreach (var missing in part.Patched.Where(name => !all.Any(rollout => rollout.Namespace == part.Namespace && rollout.Name == name)))
            {
                yield return new Finding(
                    $"Deployment {part.Namespace}/{missing}",
                    Outcome.Failed,
                    "is there, as the stack file says of the Platform's installation",
                    "there is none",
                    "Correct studios.platform (namespace, install, helmRelease, names), or install the Platform.");
            }
        }
    }

    private async Task<Finding> FindingAsync(Rollout rollout, CancellationToken cancellation)
    {
        var check = $"{rollout.Title} in {rollout.Namespace}";
        var expected = rollout.Wanted == 0 ? "no replicas, as its spec says" : $"{rollout.Wanted} of {rollout.Wanted} up to date and available";
        if (rollout.IsDone)
        {
            return new Finding(check, Outcome.Passed, expected, $"{rollout.Available} of {rollout.Wanted}");
        }

        var found = rollout.IsSeen
            ? $"{rollout.Updated} up to date, {rollout.Available} available of {rollout.Wanted}"
            : "its controller has not seen the last change yet";
        var pods = await Sight.ListAsync(ApiKind.Pods, rollout.Namespace, cancellation);
        var complaints = PodTrouble.Of(pods.Items.Select(ClusterReader.Typed<V1Pod>).Where(rollout.Owns));
        if (complaints.IsEmpty)
        {
            return new Finding(
                check, Outcome.Failed, expected, rollout.Condition is { } condition ? $"{found}; {condition}" : found,
                $"Wait for it, or look: kubectl describe {rollout.Kind} {rollout.Name} --namespace {rollout.Namespace}");
        }

        return new Finding(check, Outcome.Failed, expected, $"{found}; {string.Join("; ", complaints.Select(complaint => complaint.Text))}", complaints[0].Fix);
    }
}

/// <summary>How far a Deployment, StatefulSet or DaemonSet has come.</summary>
internal sealed record Rollout(string Kind, string Namespace, string Name, int Wanted, int Updated, int Available)
{
    /// <summary>Whether its controller knows the spec that it has.</summary>
    public required bool IsSeen { get; init; }

    /// <summary>Labels of its pods.</summary>
    public required IDictionary<string, string> Selector { get; init; }

    /// <summary>What its controller says of it; null where it says nothing.</summary>
    public string? Condition { get; init; }

    public string Title => $"{Kind} {Name}";

    public bool IsDone => IsSeen && Updated >= Wanted && Available >= Wanted;

    public static Rollout Of(V1Deployment deployment) => new(
        "Deployment", deployment.Namespace(), deployment.Name(), deployment.Spec.Replicas ?? 1, deployment.Status?.UpdatedReplicas ?? 0,
        deployment.Status?.AvailableReplicas ?? 0)
    {
        IsSeen = Seen(deployment.Metadata, deployment.Status?.ObservedGeneration),
        Selector = deployment.Spec.Selector.MatchLabels ?? new Dictionary<string, string>(),
        Condition = deployment.Status?.Conditions?.Where(condition => condition.Status != "True" || condition.Type == "ReplicaFailure")
            .Select(condition => $"{condition.Reason}: {condition.Message}").FirstOrDefault(),
    };

    public static Rollout Of(V1StatefulSet set) => new(
        "StatefulSet", set.Namespace(), set.Name(), set.Spec.Replicas ?? 1, OfRevision(set), set.Status?.AvailableReplicas ?? 0)
    {
        IsSeen = Seen(set.Metadata, set.Status?.ObservedGeneration),
        Selector = set.Spec.Selector.MatchLabels ?? new Dictionary<string, string>(),
    };

    public static Rollout Of(V1DaemonSet set) =>
        new(
            "DaemonSet",
            set.Namespace(),
            set.Name(),
            set.Status?.DesiredNumberScheduled ?? 0,
            set.Status?.UpdatedNumberScheduled ?? 0,
            set.Status?.NumberAvailable ?? 0)
        {
            IsSeen = Seen(set.Metadata, set.Status?.ObservedGeneration),
            Selector = set.Spec.Selector.MatchLabels ?? new Dictionary<string, string>(),
        };

    public bool Owns(V1Pod pod) => Selector.Count > 0
        && Selector.All(label => pod.Metadata.Labels?.TryGetValue(label.Key, out var value) == true && value == label.Value);

    // Once all pods are of one revision, the number of updated ones is not told any more
    private static int OfRevision(V1StatefulSet set) =>
        set.Status?.UpdateRevision is { } revision && revision == set.Status.CurrentRevision ? set.Status.Replicas : set.Status?.UpdatedReplicas ?? 0;

    private static bool Seen(V1ObjectMeta metadata, long? observed) => (observed ?? 0) >= (metadata.Generation ?? 0);
}

/// <summary>Why a pod is not ready, in words of its own.</summary>
/// <param name="Text">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
internal sealed record PodTrouble(string Text, string Fix)
{
    private const int MostNamed = 3;

    // Reasons of a container that waits (kubernetes, pkg/kubelet/images and kuberuntime): all others are steps on its way
    private static readonly ImmutableArray<string> PullReasons =
    [
        "ErrImagePull",
        "ImagePullBackOff",
        "InvalidImageName",
        "ErrImageNeverPull",
        "RegistryUnavailable",
    ];

    /// <summary>What the pods complain of; the same for several only once.</summary>
    public static ImmutableArray<PodTrouble> Of(IEnumerable<V1Pod> pods) =>
    [
        .. pods.OrderBy(pod => pod.Name(), StringComparer.Ordinal).SelectMany(Of).DistinctBy(trouble => trouble.Fix + trouble.Text.Split(": ", 2)[^1])
            .Take(MostNamed),
    ];

    private static IEnumerable<PodTrouble> Of(V1Pod pod)
    {
        if (pod.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" }) is { } unscheduled)
        {
            yield return new(
                $"pod {pod.Name()}: {unscheduled.Reason}: {unscheduled.Message}",
                "Make room: more or larger nodes, or smaller requests; a claim may also be unbound.");
        }

        if (pod.Status is { Phase: "Failed", Reason: { Length: > 0 } reason })
        {
            yield return new($"pod {pod.Name()}: {reason}: {pod.Status.Message}", "Look at the node's memory and disk; Kubernetes makes another pod.");
        }

        foreach (var container in (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []))
        {
            if (Of(pod, container) is { } trouble)
            {
                yield return trouble;
            }
        }
    }

    private static PodTrouble? Of(V1Pod pod, V1ContainerStatus container)
    {
        var where = $"pod {pod.Name()}, container {container.Name}";
        var log = $"kubectl logs {pod.Name()} --container {container.Name} --namespace {pod.Namespace()}";
        return container.State?.Waiting is { Reason: { } reason } waiting && reason is not ("PodInitializing" or "ContainerCreating")
            ? PullReasons.Contains(reason, StringComparer.Ordinal)
                ? new(
                    $"{where}: {reason}: {waiting.Message ?? container.Image}",
                    $"Look whether {container.Image} is in the registry and the pull secret is right.")
                : new(
                    $"{where}: {reason}{Last(container)}{(reason == "CrashLoopBackOff" ? "" : $": {waiting.Message}")}",
                    reason == "CrashLoopBackOff" ? $"{log} --previous says why it ends." : $"kubectl describe pod {pod.Name()} --namespace {pod.Namespace()}")
            : container.State?.Terminated is { ExitCode: not 0 } ended
                ? new($"{where}: ended with {ended.ExitCode} ({ended.Reason})", $"{log} says why.")
                : container is { Ready: false, State.Running: not null }
                    ? new($"{where}: runs and is not ready{Last(container)}", $"Its readiness probe fails: {log}")
                    : null;
    }

    // "after 7 restarts, last ended with 137 (OOMKilled)"
    private static string Last(V1ContainerStatus container) => container.LastState?.Terminated is { } last
        ? $" after {container.RestartCount} restarts, last ended with {last.ExitCode} ({last.Reason})"
        : "";
}
