using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;

namespace Infra.Clusters;

/// <summary>
/// How Google spells what a GKE cluster logs and measures (Kubernetes Engine API reference, LoggingComponentConfig, MonitoringComponentConfig).
/// </summary>
internal static class GkeTelemetry
{
    public static InputList<string> Spell<T>(ImmutableArray<T> components)
        where T : struct, Enum =>
        components.Select(component => (Input<string>)Spell($"{component}")).ToList();

    // "APISERVER" is one word to Google, all others are joined by underscores.
    private static string Spell(string component) =>
        component == nameof(GkeLog.ApiServer) ? "APISERVER" : component == nameof(GkeMetric.StatefulSet) ? "STATEFULSET" : SnakeUpper(component);

    private static string SnakeUpper(string name) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);
}

/// <summary>What a GKE cluster sends to Cloud Logging.</summary>
public enum GkeLog
{
    /// <summary>The API server's own messages.</summary>
    ApiServer,

    /// <summary>The controllers of deployments, nodes and the like.</summary>
    ControllerManager,

    /// <summary>Where pods are put, and why not.</summary>
    Scheduler,

    /// <summary>Nodes and what GKE itself runs; everything else needs it.</summary>
    SystemComponents,

    /// <summary>Whatever the pods print: by far the largest.</summary>
    Workloads,
}

/// <summary>What a GKE cluster sends to Cloud Monitoring.</summary>
public enum GkeMetric
{
    ApiServer,
    ControllerManager,
    Deployment,
    Pod,
    Scheduler,
    StatefulSet,
    Storage,

    /// <summary>Nodes and what GKE itself runs; everything else needs it.</summary>
    SystemComponents,
}
