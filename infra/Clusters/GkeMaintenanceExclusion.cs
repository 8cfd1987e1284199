using Pulumi.Gcp.Container.Inputs;

namespace Infra.Clusters;

/// <summary>A time at which GKE upgrades less than the window lets it, or nothing.</summary>
/// <param name="Name">Its key in the stack file, which is its name in GKE.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends; null for the end of the support of the cluster's version, which GKE then moves on with each version.</param>
/// <param name="Scope">What GKE does not do.</param>
public sealed record GkeMaintenanceExclusion(string Name, UtcMoment Start, UtcMoment? End, GkeExclusionScope Scope)
{
    public const GkeExclusionScope DefaultScope = GkeExclusionScope.NoMinorOrNodeUpgrades;

    /// <summary>GKE documentation, "Maintenance windows and exclusions" (2026): most exclusions of a cluster.</summary>
    public const int Most = 20;

    /// <summary>The same: most exclusions of all upgrades.</summary>
    public const int MostWithoutUpgrades = 3;

    /// <summary>The same: most days of an exclusion of all upgrades.</summary>
    public const int MostDaysWithoutUpgrades = 90;

    internal ClusterMaintenancePolicyMaintenanceExclusionArgs Args
    {
        get
        {
            var options = new ClusterMaintenancePolicyMaintenanceExclusionExclusionOptionsArgs { Scope = ScopeName };
            var args = new ClusterMaintenancePolicyMaintenanceExclusionArgs { ExclusionName = Name, StartTime = Start.Whole(), ExclusionOptions = options };
            if (End is { } end)
            {
                args.EndTime = end.Whole();
            }
            else
            {
                options.EndTimeBehavior = "UNTIL_END_OF_SUPPORT";
            }

            return args;
        }
    }

    private string ScopeName => Scope switch
    {
        GkeExclusionScope.NoUpgrades => "NO_UPGRADES",
        GkeExclusionScope.NoMinorUpgrades => "NO_MINOR_UPGRADES",
        _ => "NO_MINOR_OR_NODE_UPGRADES",
    };
}

/// <summary>What GKE does not do during an exclusion.</summary>
public enum GkeExclusionScope
{
    /// <summary>Nothing is upgraded, not even for security.</summary>
    NoUpgrades,

    /// <summary>Control plane and nodes keep their minor version and get its patches.</summary>
    NoMinorUpgrades,

    /// <summary>The control plane keeps its minor version and gets its patches; nodes are not touched.</summary>
    NoMinorOrNodeUpgrades,
}
