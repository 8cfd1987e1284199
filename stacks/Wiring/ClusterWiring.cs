using Infra.Clusters;
using Pulumi;
using Stacks.Kubeconfigs;
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

    private static ICluster Existing(ExistingClusterSettings settings, StackContext stack)
    {
        var kubeconfig = settings.Kubeconfig is { } secret ? stack.Secret(secret) : null;
        var cluster = new ExistingCluster(
            "cluster",
            new ExistingClusterArgs
            {
                ClusterName = (settings.Name ?? settings.Context)!,
                Context = settings.Context,
                Kind = settings.Kind,
                KubeConfig = kubeconfig is null ? null : (Input<string>)kubeconfig,
            });
        if (kubeconfig is null)
        {
            return cluster;
        }

        var read = kubeconfig.Apply(text => Kubeconfig.Read(text, settings.Context));
        return new ReachableCluster(cluster, read.Apply(found => found.Server), read.Apply(found => found.RequireCertificateAuthority()));
    }
}
