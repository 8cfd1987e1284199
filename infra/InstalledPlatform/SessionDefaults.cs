using System.Collections.Immutable;
using Infra.Studios;

namespace Infra.InstalledPlatform;

/// <summary>Settings of Platform 26.1 for sessions in general; null leaves the Platform's own default.</summary>
/// <param name="LifespanHours">Hours after which a session stops, <c>TOWER_DATA_STUDIO_DEFAULT_LIFESPAN</c>.</param>
/// <param name="PrivateByDefault">New studios are private to who made them.</param>
/// <param name="ForceStopThreshold">Time after which a stopping session is forced, as duration (<c>10m</c>).</param>
/// <param name="Iframe">Workspaces whose sessions show in a frame of the Platform's pages.</param>
/// <param name="Metrics">Workspaces whose sessions report metrics.</param>
/// <param name="MetricsRetentionDays">Days that metrics are kept.</param>
public sealed record SessionDefaults(
    int? LifespanHours = null,
    bool? PrivateByDefault = null,
    string? ForceStopThreshold = null,
    WorkspaceAccess? Iframe = null,
    WorkspaceAccess? Metrics = null,
    int? MetricsRetentionDays = null)
{
    internal ImmutableSortedDictionary<string, string> Variables
    {
        get
        {
            IEnumerable<KeyValuePair<string, string?>> all =
            [
                new("TOWER_DATA_STUDIO_DEFAULT_LIFESPAN", LifespanHours?.ToString()),
                new("TOWER_DATA_STUDIO_PRIVATE_STUDIO_BY_DEFAULT", PrivateByDefault?.ToString().ToLowerInvariant()),
                new("TOWER_DATA_STUDIO_FORCE_STOP_THRESHOLD", ForceStopThreshold),
                new(WorkspaceVariable.Iframe.Name, Iframe is null ? null : WorkspaceVariable.Iframe.Render(Iframe)),
                new(WorkspaceVariable.Metrics.Name, Metrics is null ? null : WorkspaceVariable.Metrics.Render(Metrics)),
                new("TOWER_STUDIO_METRICS_RETENTION_DAYS", MetricsRetentionDays?.ToString()),
            ];
            return all.Where(pair => pair.Value is not null).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        }
    }
}
