using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>The rule of everything that stands beside the nodes in their network: the stack has to know which one that is.</summary>
internal static class GkeClusterRule
{
    public static SettingsProblem? Broken(PlatformSettings platform, SettingPath at) => platform.Cluster is null or { Gke: not null } or { AdoptedGke: not null }
        ? null
        : new SettingsProblem(
            at, "needs a GKE cluster, and the stack file does not describe one", "a cluster of the kind gke or adoptedGke", "describe the cluster as adoptedGke, or choose another kind here");
}
