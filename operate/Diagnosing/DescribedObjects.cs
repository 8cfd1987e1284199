using System.Globalization;
using System.Text;
using k8s.Models;
using Operate.Verifying;

namespace Operate.Diagnosing;

/// <summary>Pods, nodes and events in lines, as <c>kubectl describe</c> has them: what somebody reads before the YAML.</summary>
internal static class DescribedObjects
{
    /// <summary>Each pod with its conditions, the states of its containers and its events.</summary>
    public static string Pods(IEnumerable<V1Pod> pods, IEnumerable<Corev1Event> events, DateTimeOffset now)
    {
        var byPod = events.Where(happened => happened.InvolvedObject?.Kind == "Pod").ToLookup(happened => happened.InvolvedObject.Name, StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var pod in pods.OrderBy(pod => pod.Name(), StringComparer.Ordinal))
        {
            Line(text, $"{pod.Name()}: {pod.Status?.Phase} {pod.Status?.Reason} {pod.Status?.Message}".TrimEnd());
            Line(
                text,
                $"  node {pod.Spec?.NodeName ?? "(none)"}, {Age(pod.Metadata.CreationTimestamp, now)} old, account "
                + $"{pod.Spec?.ServiceAccountName ?? "default"}");
            foreach (var condition in pod.Status?.Conditions ?? [])
            {
                Line(text, $"  {condition.Type}={condition.Status} {condition.Reason} {condition.Message}".TrimEnd());
            }

            foreach (var state in (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []))
            {
                Line(
                    text,
                    $"  container {state.Name}: {(state.Ready ? "ready" : "not ready")}, {state.RestartCount} restarts, {State(state.State)}, image "
                    + $"{state.Image}");
                if (state.LastState is { Terminated: not null } last)
                {
                    Line(text, $"    before: {State(last)}");
                }
            }

            foreach (var happened in byPod[pod.Name()].OrderBy(KubernetesTroubles.Last))
            {
                Line(text, $"  {Event(happened)}");
            }
        }

        return text.Length == 0 ? "none\n" : $"{text}";
    }

    /// <summary>Each node with its conditions, taints and what it has room for.</summary>
    public static string Nodes(IEnumerable<V1Node> nodes)
    {
        var text = new StringBuilder();
        foreach (var node in nodes.OrderBy(node => node.Name(), StringComparer.Ordinal))
        {
            var info = node.Status?.NodeInfo;
            Line(
                text,
                $"{node.Name()}: kubelet {info?.KubeletVersion}, {info?.OsImage}, "
                + $"{info?.Architecture}{(node.Spec?.Unschedulable == true ? ", cordoned" : "")}");
            Line(
                text,
                $"  allocatable: {string.Join(", ", (node.Status?.Allocatable ?? new Dictionary<string, ResourceQuantity>())
                    .OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"))}");
            foreach (var condition in node.Status?.Conditions ?? [])
            {
                Line(text, $"  {condition.Type}={condition.Status} {condition.Reason} {condition.Message}".TrimEnd());
            }

            foreach (var taint in node.Spec?.Taints ?? [])
            {
                Line(text, $"  taint {taint.Key}={taint.Value}:{taint.Effect}");
            }
        }

        return text.Length == 0 ? "none\n" : $"{text}";
    }

    /// <summary>Events, the oldest first.</summary>
    public static string Events(IEnumerable<Corev1Event> events)
    {
        var text = new StringBuilder();
        foreach (var happened in events.OrderBy(KubernetesTroubles.Last).ThenBy(happened => happened.Name(), StringComparer.Ordinal))
        {
            Line(text, Event(happened));
        }

        return text.Length == 0 ? "none\n" : $"{text}";
    }

    private static string Event(Corev1Event happened) => string.Create(
        CultureInfo.InvariantCulture,
        $"{KubernetesTroubles.Last(happened):yyyy-MM-ddTHH:mm:ssZ} {happened.Type} ×{happened.Series?.Count ?? happened.Count ?? 1} {happened.Reason} "
        + $"{happened.InvolvedObject?.Kind}/{happened.InvolvedObject?.Name}: {happened.Message?.ReplaceLineEndings(" ").Trim()}");

    private static string State(V1ContainerState? state) => state switch
    {
        { Running: { } running } => $"running since {running.StartedAt:yyyy-MM-ddTHH:mm:ssZ}",
        { Waiting: { } waiting } => $"waiting: {waiting.Reason} {waiting.Message}".TrimEnd(),
        { Terminated: { } ended } => $"ended with {ended.ExitCode} ({ended.Reason}) at {ended.FinishedAt:yyyy-MM-ddTHH:mm:ssZ} {ended.Message}".TrimEnd(),
        _ => "unknown",
    };

    private static string Age(DateTime? made, DateTimeOffset now) =>
        made is { } moment
            ? $"{(now - new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc))).TotalHours.ToString("0.0", CultureInfo.InvariantCulture)} h"
            : "?";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
