using System.Collections.Immutable;
using Infra.Iam;

namespace Infra.Tower;

/// <summary>One entry of the <c>aws-auth</c> config map.</summary>
/// <param name="Kind">User or role, which decides the list it stands in.</param>
/// <param name="Arn">ARN of the principal.</param>
/// <param name="UserName">RBAC user.</param>
/// <param name="Groups">RBAC groups.</param>
public sealed record AwsAuthEntry(IamPrincipalKind Kind, string Arn, string UserName, ImmutableArray<string> Groups)
{
    /// <summary>The key of the ARN in the entry.</summary>
    public string ArnKey => Kind is IamPrincipalKind.User ? "userarn" : "rolearn";
}
