using Infra.Manifests;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Connect;

/// <summary>The security contexts of Connect: restricted, except for the versions whose images know no user but root.</summary>
internal static class ConnectSecurity
{
    public static PodSecurityContextArgs Pod(ConnectWorkloadArgs workload) => workload.Profile.RunsAsRoot
        ? new() { SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" } }
        : RestrictedSecurity.Pod(UserId(workload));

    public static SecurityContextArgs Container(ConnectWorkloadArgs workload, params string[] capabilities)
    {
        var context = RestrictedSecurity.Container(UserId(workload), workload.ReadOnlyRootFilesystem, capabilities);
        if (workload.Profile.RunsAsRoot)
        {
            context.RunAsNonRoot = false;
        }

        return context;
    }

    private static int? UserId(ConnectWorkloadArgs workload) => workload.ClusterChoosesUser || workload.Profile.RunsAsRoot ? null : ConnectImages.UserId;
}
