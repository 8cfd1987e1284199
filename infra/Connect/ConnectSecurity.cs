using Infra.Manifests;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Connect;

/// <summary>The security contexts of Connect: restricted, except for the versions whose images know no user but root.</summary>
internal static class ConnectSecurity
{
    // Seqera's manifests and chart add it to proxy and server alike, though neither listens below 1024 any more:
    // a binary that carries it as a file capability does not start without it.
    private const string Capability = "NET_BIND_SERVICE";

    public static PodSecurityContextArgs Pod(ConnectWorkloadArgs workload) => workload.Profile.RunsAsRoot
        ? new() { SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" } }
        : RestrictedSecurity.Pod(UserId(workload));

    public static SecurityContextArgs Container(ConnectWorkloadArgs workload)
    {
        var context = RestrictedSecurity.Container(UserId(workload), workload.ReadOnlyRootFilesystem, Capability);
        if (workload.Profile.RunsAsRoot)
        {
            context.RunAsNonRoot = false;
        }

        return context;
    }

    private static int? UserId(ConnectWorkloadArgs workload) => workload.ClusterChoosesUser || workload.Profile.RunsAsRoot ? null : ConnectImages.UserId;
}
