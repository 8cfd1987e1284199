using Infra.Accounts;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>How the Platform's Google Cloud credentials launch pipelines on a GKE cluster.</summary>
[Needs(nameof(PlatformSettings.Gcp))]
public sealed record TowerGkeSettings : IChecked
{
    [Setting("IAM service account whose key the Platform's credentials hold.")]
    public required ServiceAccountEmail ServiceAccount { get; init; }

    [Setting("Let the account find clusters and sign in to them (roles/container.clusterViewer). False where IAM belongs to others.")]
    public bool GrantPermissions { get; init; } = true;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => GkeClusterRule.Broken(platform, at) is { } problem ? [problem] : [];
}
