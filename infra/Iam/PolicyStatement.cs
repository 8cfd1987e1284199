using System.Collections.Immutable;

namespace Infra.Iam;

/// <summary>One statement of an IAM policy.</summary>
/// <param name="Sid">Statement id of letters and digits, unique in its document; null where the vendor gives none.</param>
/// <param name="Actions">Actions, each as <c>service:Name</c>.</param>
public sealed record PolicyStatement(string? Sid, ImmutableArray<string> Actions)
{
    /// <summary>ARNs or patterns. Default none, as trust policies have it.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>Who it speaks about. Default null, as policies of an identity have it.</summary>
    public PolicyPrincipal? Principal { get; init; }

    public ImmutableArray<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>Forbid instead of allow. Default allow.</summary>
    public bool Deny { get; init; }
}
