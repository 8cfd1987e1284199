using System.Collections.Immutable;
using Pulumi;

namespace Stacks;

/// <summary>
/// What goes into the Platform's form of one compute environment, under the names of its API (schemas K8sComputeConfig, EksComputeConfig, GkeComputeConfig
/// of Seqera Platform 26.1); a field that the kind of environment does not have, or that keeps the Platform's default, is null.
/// </summary>
[Exported]
public sealed record TowerEnvironmentOutputs
{
    /// <summary><c>k8s-platform</c>, <c>eks-platform</c> or <c>gke-platform</c>; TOWER_ENABLE_PLATFORMS of the Platform has to name it.</summary>
    public required string Platform { get; init; }

    /// <summary>URL of the API server; secret.</summary>
    public Output<string>? Server { get; init; }

    /// <summary>Certificate authority of the API server, PEM; secret.</summary>
    public Output<string>? SslCert { get; init; }

    /// <summary>Token of the credentials; secret.</summary>
    public Output<string>? Token { get; init; }

    /// <summary>Secret in <see cref="Namespace"/> whose key <c>token</c> holds the token.</summary>
    public Output<string>? TokenSecret { get; init; }

    /// <summary>Role that the AWS credentials assume.</summary>
    public Output<string>? AssumeRoleArn { get; init; }

    /// <summary>Region, or zone of a zonal GKE cluster.</summary>
    public Output<string>? Region { get; init; }

    public Output<string>? ClusterName { get; init; }

    public required Output<string> Namespace { get; init; }

    public required Output<string> HeadServiceAccount { get; init; }

    public required Output<string> ComputeServiceAccount { get; init; }

    public Output<string>? StorageClaimName { get; init; }

    public string? StorageMountPath { get; init; }

    public required string WorkDir { get; init; }

    public bool? Fusion2Enabled { get; init; }

    public bool? WaveEnabled { get; init; }

    /// <summary><c>on_success</c>, <c>always</c> or <c>never</c>.</summary>
    public required string PodCleanup { get; init; }

    public int? HeadJobCpus { get; init; }

    public int? HeadJobMemoryMb { get; init; }

    public string? HeadPodSpec { get; init; }

    public string? ServicePodSpec { get; init; }

    /// <summary>Environment variables, each with its name, value and where it is set.</summary>
    public ImmutableArray<ImmutableDictionary<string, object>>? Environment { get; init; }

    public string? PreRunScript { get; init; }

    public string? PostRunScript { get; init; }

    public string? NextflowConfig { get; init; }

    /// <summary>What an operator must know before relying on the environment.</summary>
    public string? Warning { get; init; }
}
