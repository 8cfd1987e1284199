using Infra.Clusters;
using Infra.Networks;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>Whether the addresses of a cluster are enough for its nodes and pods.</summary>
internal static class GkeNetworkRules
{
    public static IEnumerable<SettingsProblem> Check(GkeClusterSettings settings, SettingPath at)
    {
        var nodes = GkeNodePool.MostNodes(settings.NodePools.Select(pool => new GkeNodePool(pool.Key, pool.Value.MachineType) { Maximum = pool.Value.Maximum }));
        var network = at[nameof(settings.Network)];
        if (nodes == 0)
        {
            return [];
        }

        return settings.Network switch
        {
            { Create: { } create } => create.Addresses.Problems(nodes, settings.PodsPerNode).Select(problem => Told(problem, create.Addresses, network[nameof(settings.Network.Create)])),
            { Existing: { } existing } => CheckExisting(existing, nodes, settings.PodsPerNode, network[nameof(settings.Network.Existing)]),
            _ => [],
        };
    }

    private static IEnumerable<SettingsProblem> CheckExisting(ExistingGkeNetworkSettings existing, int nodes, int podsPerNode, SettingPath here)
    {
        // Only what is known of a foreign network can be wrong.
        var known = GkeAddressPlan.Default with
        {
            Pods = existing.Pods ?? GkeAddressPlan.Default.Pods,
            ControlPlane = existing.ControlPlane,
            ManagedServices = existing.ManagedServices ?? GkeAddressPlan.Default.ManagedServices,
        };
        string[] given =
        [
            nameof(existing.ControlPlane),
            .. existing.Pods is null ? Array.Empty<string>() : [nameof(existing.Pods)],
            .. existing.ManagedServices is null ? Array.Empty<string>() : [nameof(existing.ManagedServices)],
        ];
        return known.SizeProblems().Concat(known.CapacityProblems(nodes, podsPerNode))
            .Where(problem => given.Contains(problem.Range))
            .Select(problem => Told(problem, known, here));
    }

    private static SettingsProblem Told(GkeAddressProblem problem, GkeAddressPlan plan, SettingPath here) => new(
        here[problem.Range],
        problem.What,
        problem.Allowed,
        problem.Fix,
        problem.Range switch
        {
            nameof(plan.Nodes) => plan.Nodes.Text,
            nameof(plan.Pods) => plan.Pods.Text,
            nameof(plan.Services) => plan.Services.Text,
            nameof(plan.ControlPlane) => plan.ControlPlane.Text,
            _ => plan.ManagedServices.Text,
        });
}
