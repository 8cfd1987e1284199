using Pulumi;

namespace Infra.Clusters;

/// <summary>An EKS cluster with an IAM OIDC provider: its service accounts can assume IAM roles (IRSA).</summary>
public interface IIamRolesForServiceAccounts
{
    /// <summary>The ARN of the IAM OIDC provider, the federated principal of a role's trust policy.</summary>
    Output<string> OidcProviderArn { get; }

    /// <summary>The issuer without scheme, the prefix of the <c>:aud</c> and <c>:sub</c> condition keys.</summary>
    Output<string> OidcIssuer { get; }
}
