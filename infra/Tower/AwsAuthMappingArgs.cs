using System.Collections.Immutable;
using Infra.Iam;
using Pulumi;

namespace Infra.Tower;

/// <summary>Who is entered into the <c>aws-auth</c> config map.</summary>
public sealed class AwsAuthMappingArgs : ResourceArgs
{
    /// <summary>ARN without a path: the config map does not match others.</summary>
    public required Input<string> PrincipalArn { get; init; }

    public required IamPrincipalKind Kind { get; init; }

    /// <summary>RBAC user.</summary>
    public required string UserName { get; init; }

    /// <summary>RBAC groups.</summary>
    public required ImmutableArray<string> Groups { get; init; }
}
