using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;

namespace Infra.Tower;

/// <summary>Who may launch pipelines in a namespace.</summary>
public sealed class TowerLauncherArgs : ResourceArgs
{
    public const string DefaultUser = "tower-launcher-user";

    /// <summary>Namespace of the pipelines.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Account of the head job. Default <c>tower-launcher-sa</c>, what the Platform's form suggests.</summary>
    public KubernetesName ServiceAccountName { get; init; } = LauncherNames.OfficialAccount;

    /// <summary>Name of the Role and, through it, of its bindings. Default that of Seqera's manifest.</summary>
    public KubernetesName RoleName { get; init; } = LauncherNames.OfficialRole;

    /// <summary>Annotations of the account: a cloud identity for Fusion (<c>eks.amazonaws.com/role-arn</c>, <c>iam.gke.io/gcp-service-account</c>). Default none.</summary>
    public InputMap<string>? ServiceAccountAnnotations { get; init; }

    /// <summary>Users that the Platform signs in as. Default <c>tower-launcher-user</c>; on GKE the e-mail address of an IAM service account.</summary>
    public ImmutableArray<Input<string>> Users { get; init; } = [DefaultUser];

    /// <summary>Groups that the Platform signs in with: those of an EKS access entry. Default none.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Make a token that does not expire, for a Platform that reaches a plain Kubernetes API with it. Default false: EKS and GKE sign in otherwise.</summary>
    public bool TokenEnabled { get; init; }
}
