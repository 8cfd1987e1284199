using Infra.Clusters;

namespace Stacks.Settings.Crossing;

/// <summary>What the Platform's form says of a cluster that the stack file names in another way.</summary>
internal static class ClusterTower
{
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) =>
        (settings.Cluster, settings.Tower) switch
        {
            (ExistingClusterSettings { Kind: not ClusterKind.Kubernetes } cluster, { Location: { } location } tower) =>
            [
                .. CheckName(cluster, tower),
                .. CheckLocation(cluster, location),
            ],
            (ExistingClusterSettings, { ClusterName: { } name }) =>
            [
                Unused(nameof(TowerSettings.ClusterName), name, "with a location, for the form of EKS or GKE"),
            ],
            (not null and not ExistingClusterSettings, { } tower) => CheckOfOthers(tower),
            _ => [],
        };

    // What a kubeconfig calls a cluster is nobody's name for it but the kubeconfig's.
    private static IEnumerable<SettingsProblem> CheckName(ExistingClusterSettings cluster, TowerSettings tower)
    {
        if (tower.NameOf(cluster) is null)
        {
            var command = cluster.Kind is ClusterKind.Eks ? "aws eks list-clusters" : "gcloud container clusters list";
            yield return new(
                At.Tower[nameof(tower.ClusterName)],
                $"is missing, and the context {cluster.Context} does not tell the name that the form needs",
                "the name of the cluster in its cloud",
                $"add clusterName: <name>; {command} shows it");
        }
        else if (tower.ClusterName is { } given && cluster.CloudIdentity is { } identity && identity.Name != given)
        {
            yield return new(
                At.Tower[nameof(tower.ClusterName)], $"is another cluster than {identity.Name}, which platform:cluster.existing names", identity.Name,
                "remove clusterName, or describe that cluster", given);
        }
    }

    private static IEnumerable<SettingsProblem> CheckLocation(ExistingClusterSettings cluster, string location)
    {
        if (cluster.CloudIdentity is { } identity && identity.Location != location)
        {
            yield return new(
                At.Tower[nameof(TowerSettings.Location)], $"is another place than {identity.Location}, where platform:cluster.existing says the cluster is",
                identity.Location, $"location: {identity.Location}", location);
        }
    }

    // A cluster that this stack makes or finds knows its own name, place and address.
    private static IEnumerable<SettingsProblem> CheckOfOthers(TowerSettings tower)
    {
        if (tower.Location is { } location)
        {
            yield return Unused(nameof(tower.Location), location, "with a cluster of the kind existing");
        }

        if (tower.ClusterName is { } name)
        {
            yield return Unused(nameof(tower.ClusterName), name, "with a cluster of the kind existing");
        }

        if (tower.Server is { } server)
        {
            yield return Unused(nameof(tower.Server), server.Text, "with a cluster of the kind existing");
        }
    }

    private static SettingsProblem Unused(string key, string given, string where) => SettingsProblem.Warning(
        At.Tower[key], "has no meaning here: the form takes it from elsewhere", $"given only {where}", $"remove {SettingPath.KeyFor(key)}", given);
}
