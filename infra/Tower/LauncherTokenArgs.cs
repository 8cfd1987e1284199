using System.Collections.Immutable;
using Pulumi;

namespace Infra.Tower;

/// <summary>Whose token is made.</summary>
public sealed class LauncherTokenArgs : ResourceArgs
{
    public required Input<string> Namespace { get; init; }

    /// <summary>Physical name of the Secret.</summary>
    public required string SecretName { get; init; }

    /// <summary>Account that exists: Kubernetes deletes a token Secret whose account does not.</summary>
    public required Input<string> ServiceAccountName { get; init; }

    public required ImmutableDictionary<string, string> Labels { get; init; }
}
