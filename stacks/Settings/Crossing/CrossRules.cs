using System.Collections.Immutable;

namespace Stacks.Settings.Crossing;

/// <summary>
/// What one concept needs of another, pair by pair: each rule is here once, whichever of the two an operator wrote last. A rule that concerns one concept alone
/// stands beside its record; which concepts a kind cannot do without says its <c>[Needs]</c>.
/// </summary>
/// <remarks>
/// <code>
///          | dns                | storage         | redis | studios                         | tower
/// cluster  | Needs, NeedsEks    | ClusterStorage  | Needs | ClusterStudios, FirstDeployment | ClusterTower, EnvironmentNodes
/// dns      |                    |                 |       | Listeners, CertificateRegions,  |
///          |                    |                 |       | EdgeRules                       |
/// storage  |                    |                 |       |                                 | TowerSettings, TowerScratchSettings
/// redis    |                    |                 |       | StudiosRedisSettings            |
/// studios  |                    |                 |       | StudiosHostRules, …Version…     | NamespaceOwners
/// </code>
/// compose beside dns, backup and studios: ComposeHostSettings, BackupSettings, ComposeSettings;
/// certManager, externalDns and charts beside all of them: ClusterControllers; codeStudios beside the cluster: ClusterCodeStudios, beside the rest:
/// CodeStudioRules; the cluster's version beside the calendar: KubernetesSupport.
/// </remarks>
internal static class CrossRules
{
    private static readonly ImmutableArray<Func<PlatformSettings, IEnumerable<SettingsProblem>>> Rules =
    [
        ClusterStorage.Check,
        ClusterStudios.Check,
        ClusterCodeStudios.Check,
        ClusterTower.Check,
        EnvironmentNodes.Check,
        Listeners.Check,
        CertificateRegions.Check,
        EdgeRules.Check,
        NamespaceOwners.Check,
        FirstDeployment.Check,
        OpenedParts.Check,
        ArnPartitions.Check,
        OneOfAKind.Check,
        TraefikRules.Check,
        ClusterControllers.Check,
    ];

    /// <summary>Everything that contradicts something else. Absent and malformed concepts are null, and contradict nothing.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="today">The day for which warnings about dates are given.</param>
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings, DateOnly today) =>
        [.. Rules.SelectMany(rule => rule(settings)), .. KubernetesSupport.Check(settings, today)];
}

/// <summary>Where the concepts stand in the stack file.</summary>
internal static class At
{
    public static SettingPath Aws => SettingPath.Top(nameof(PlatformSettings.Aws));

    public static SettingPath Gcp => SettingPath.Top(nameof(PlatformSettings.Gcp));

    public static SettingPath Cluster => SettingPath.Top(nameof(PlatformSettings.Cluster));

    public static SettingPath CodeStudios => SettingPath.Top(nameof(PlatformSettings.CodeStudios));

    public static SettingPath Dns => SettingPath.Top(nameof(PlatformSettings.Dns));

    public static SettingPath ExternalDns => SettingPath.Top(nameof(PlatformSettings.ExternalDns));

    public static SettingPath Charts => SettingPath.Top(nameof(PlatformSettings.Charts));

    public static SettingPath Traefik => SettingPath.Top(nameof(PlatformSettings.Traefik));

    public static SettingPath Storage => SettingPath.Top(nameof(PlatformSettings.Storage));

    public static SettingPath Studios => SettingPath.Top(nameof(PlatformSettings.Studios));

    public static SettingPath Compose => SettingPath.Top(nameof(PlatformSettings.Compose));

    public static SettingPath Tower => SettingPath.Top(nameof(PlatformSettings.Tower));

    public static SettingPath Workbench => SettingPath.Top(nameof(PlatformSettings.Workbench));

    public static SettingPath WorkbenchIngress => Workbench[nameof(WorkbenchSettings.Ingress)];

    public static SettingPath Ingress => Studios[nameof(StudiosSettings.Ingress)];

    public static SettingPath Platform => Studios[nameof(StudiosSettings.Platform)];

    public static SettingPath Environment(string name) => Tower[nameof(TowerSettings.Environments)].Entry(name);

    /// <summary>A node pool of a cluster that this stack makes; both clouds spell it alike, and those of Karpenter and EKS Auto Mode stand elsewhere.</summary>
    public static SettingPath NodePool(ClusterSettings cluster, string name) => cluster switch
    {
        EksClusterSettings { Provisioned: var (key, pools) } when pools.ContainsKey(name) => Cluster["eks"][key][nameof(KarpenterSettings.Pools)].Entry(name),
        EksClusterSettings => Cluster["eks"][nameof(EksClusterSettings.NodePools)].Entry(name),
        _ => Cluster["gke"][nameof(GkeClusterSettings.NodePools)].Entry(name),
    };
}
