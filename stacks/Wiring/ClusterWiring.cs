using Infra.Clusters;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Picks the cluster; nothing else asks which one it is.</summary>
internal static class ClusterWiring
{
    public static ICluster Define(ClusterSettings settings, StackContext stack) => settings switch
    {
        { Eks: { } eks } => EksWiring.Define(eks, stack.Aws!, stack),
        { AdoptedEks: { } adopted } => EksWiring.Adopt(adopted, stack.Aws!),
        { Gke: { } gke } => GkeWiring.Define(gke, stack.Gcp!, stack),
        { AdoptedGke: { } adopted } => GkeWiring.Adopt(adopted, stack.Gcp!, stack),
        { Existing: { } existing } => Existing(existing, stack),
        _ => throw new RunException("platform:cluster names no kind of cluster."),
    };

    private static ExistingCluster Existing(ExistingClusterSettings settings, StackContext stack) => new(
        "cluster",
        new ExistingClusterArgs
        {
            ClusterName = (settings.Name ?? settings.Context)!,
            Context = settings.Context,
            Kind = settings.Kind,
            KubeConfig = settings.Kubeconfig is { } kubeconfig ? (Input<string>)stack.Secret(kubeconfig) : null,
        });
}
