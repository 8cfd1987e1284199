using System.Collections.Immutable;

namespace Stacks.Forms;

/// <summary>One field of the Platform's form for a compute environment on Kubernetes.</summary>
/// <param name="Key">Name in the stack's outputs and, unless it belongs to the credentials, in the Platform's API.</param>
/// <param name="Label">What the form calls it.</param>
/// <param name="Option">Option of <c>tw compute-envs add</c>; null where the command has none.</param>
public sealed record FormField(string Key, string Label, string? Option = null)
{
    /// <summary>The words of the API and of <c>tw</c> (seqeralabs/tower-cli, commands/computeenvs/platforms: K8sPlatform, EksPlatform, GkePlatform and AbstractPlatform).</summary>
    public static readonly ImmutableArray<FormField> All =
    [
        new("token", "Service account token") { IsSecret = true, IsCredential = true },
        new("tokenSecret", "Secret that holds the token") { IsCredential = true },
        new("assumeRoleArn", "Assume role") { IsCredential = true },
        new("server", "Control plane URL", "--server") { IsSecret = true, RequiredBy = "k8s-platform" },
        new("sslCert", "SSL certificate", "--ssl-cert") { IsSecret = true, IsFile = true, RequiredBy = "k8s-platform" },
        new("region", "Region", "--region"),
        new("clusterName", "Cluster name", "--cluster-name"),
        new("namespace", "Namespace", "--namespace"),
        new("headServiceAccount", "Head service account", "--head-account"),
        new("storageClaimName", "Storage claim", "--storage-claim"),
        new("storageMountPath", "Storage mount path", "--storage-mount"),
        new("workDir", "Work directory", "--work-dir"),
        new("fusion2Enabled", "Fusion v2"),
        new("waveEnabled", "Wave containers"),
        new("computeServiceAccount", "Compute service account", "--compute-account"),
        new("podCleanup", "Pod cleanup policy", "--pod-cleanup"),
        new("headPodSpec", "Custom head pod specs", "--head-pod-spec") { IsFile = true },
        new("servicePodSpec", "Custom service pod specs", "--service-pod-spec") { IsFile = true },
        new("headJobCpus", "Head job CPUs"),
        new("headJobMemoryMb", "Head job memory (MiB)"),
        new("environment", "Environment variables", "--env"),
        new("preRunScript", "Pre-run script", "--pre-run") { IsFile = true },
        new("postRunScript", "Post-run script", "--post-run") { IsFile = true },
        new("nextflowConfig", "Nextflow config file", "--nextflow-config") { IsFile = true },
    ];

    /// <summary>Whether the value is shown only on demand.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it belongs to the credentials that the environment refers to, not to the environment.</summary>
    public bool IsCredential { get; init; }

    /// <summary>Whether the option takes the name of a file with the value.</summary>
    public bool IsFile { get; init; }

    /// <summary>The kind of environment that does not work without it; null for those that every stack fills in or nobody needs.</summary>
    public string? RequiredBy { get; init; }
}
