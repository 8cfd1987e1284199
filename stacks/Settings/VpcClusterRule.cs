using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>The rule of everything that stands beside the nodes in their VPC: the stack has to know which one that is.</summary>
internal static class VpcClusterRule
{
    public static SettingsProblem? Broken(PlatformSettings platform, SettingPath at) => platform.Cluster is null or { Eks: not null } or { AdoptedEks: not null }
        ? null
        : new SettingsProblem(
            at, "needs the VPC of the cluster, and the stack file does not say it", "a cluster of the kind eks or adoptedEks", "describe the cluster as adoptedEks, or choose another kind here");
}
