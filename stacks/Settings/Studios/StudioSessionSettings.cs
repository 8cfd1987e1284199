using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>What the Platform assumes of sessions.</summary>
public sealed record StudioSessionSettings
{
    [Setting("Hours after which a session stops.", Absent = "8", Example = "12")]
    [Range(1, 8760)]
    public int? LifespanHours { get; init; }

    [Setting("Whether new studios are private to who made them.", Absent = "false", Example = "true")]
    public bool? PrivateByDefault { get; init; }

    [Setting("How long a session may take to stop before it is forced.", Absent = "10m", Example = "5m")]
    public TimeSpan? ForceStopThreshold { get; init; }

    [Setting("Workspaces whose sessions show in a frame of the Platform's pages.", Absent = "none", Example = "all")]
    [NumericId]
    public AllowList? IframeWorkspaces { get; init; }

    [Setting("Workspaces whose sessions report metrics.", Absent = "none", Example = "all")]
    [NumericId]
    public AllowList? MetricsWorkspaces { get; init; }

    [Setting("Days that metrics are kept.", Absent = "90", Example = "30")]
    [Range(1, 3650)]
    public int? MetricsRetentionDays { get; init; }
}
