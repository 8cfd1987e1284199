using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Manifests;

/// <summary>Security contexts that meet the Pod Security Standard <c>restricted</c> (Kubernetes 1.36 documentation).</summary>
public static class RestrictedSecurity
{
    /// <summary>
    /// The pod's half: not root, one user and group for processes and volumes, the runtime's system call filter.
    /// Without a <paramref name="userId"/> the cluster chooses it, as OpenShift's <c>restricted-v2</c> demands.
    /// </summary>
    public static PodSecurityContextArgs Pod(int? userId)
    {
        var context = new PodSecurityContextArgs
        {
            RunAsNonRoot = true,
            SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
        };
        if (userId is { } id)
        {
            context.FsGroup = id;
            context.FsGroupChangePolicy = "OnRootMismatch";
            context.RunAsGroup = id;
            context.RunAsUser = id;
        }

        return context;
    }

    /// <summary>The container's half; <paramref name="addedCapabilities"/> may hold NET_BIND_SERVICE only, the one the standard allows.</summary>
    public static SecurityContextArgs Container(int? userId, bool readOnlyRootFilesystem, params string[] addedCapabilities)
    {
        var capabilities = new CapabilitiesArgs { Drop = { "ALL" } };
        foreach (var capability in addedCapabilities)
        {
            capabilities.Add.Add(capability);
        }

        var context = new SecurityContextArgs
        {
            AllowPrivilegeEscalation = false,
            Capabilities = capabilities,
            Privileged = false,
            ReadOnlyRootFilesystem = readOnlyRootFilesystem,
            RunAsNonRoot = true,
            SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
        };
        if (userId is { } id)
        {
            context.RunAsGroup = id;
            context.RunAsUser = id;
        }

        return context;
    }
}
