using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Infra.Iam;

/// <summary>Who may assume a role.</summary>
public static class TrustPolicies
{
    private const string AssumeRole = "sts:AssumeRole";
    private const string TagSession = "sts:TagSession";

    /// <summary>The control plane of an EKS cluster.</summary>
    public static PolicyDocument EksControlPlane() => new(
        new PolicyStatement("EksControlPlane", [AssumeRole, TagSession]) { Principal = PolicyPrincipal.Service("eks.amazonaws.com") });

    /// <summary>EC2 instances. The service principal is the same in every partition (EKS user guide, "Amazon EKS node IAM role").</summary>
    public static PolicyDocument Ec2Instances() => new(
        new PolicyStatement("Ec2Instances", [AssumeRole]) { Principal = PolicyPrincipal.Service("ec2.amazonaws.com") });

    /// <summary>VPC flow logs (VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs").</summary>
    public static PolicyDocument FlowLogs() => new(
        new PolicyStatement("FlowLogs", [AssumeRole]) { Principal = PolicyPrincipal.Service("vpc-flow-logs.amazonaws.com") });

    /// <summary>AWS Backup (AWS Backup developer guide, "IAM service roles").</summary>
    public static PolicyDocument Backup() => new(
        new PolicyStatement("Backup", [AssumeRole]) { Principal = PolicyPrincipal.Service("backup.amazonaws.com") });

    /// <summary>Service accounts of one namespace of one cluster, through EKS Pod Identity.</summary>
    /// <remarks>
    /// EKS sends cluster, namespace and service account as session tags with every request, which makes the role useless elsewhere (EKS user guide,
    /// "pod-id-role", conditions).
    /// </remarks>
    public static PolicyDocument PodIdentity(string clusterArn, string @namespace, params ImmutableArray<string> serviceAccounts) => new(
        new PolicyStatement("PodIdentity", [AssumeRole, TagSession])
        {
            Principal = PolicyPrincipal.Service("pods.eks.amazonaws.com"),
            Conditions =
            [
                new PolicyCondition("StringEquals", "aws:RequestTag/eks-cluster-arn", clusterArn),
                new PolicyCondition("StringEquals", "aws:RequestTag/kubernetes-namespace", @namespace),
                new PolicyCondition("StringEquals", "aws:RequestTag/kubernetes-service-account", serviceAccounts),
            ],
        });

    /// <summary>Service accounts of one namespace of one cluster, through the cluster's IAM OIDC provider (IRSA).</summary>
    /// <param name="providerArn">ARN of the IAM OIDC provider.</param>
    /// <param name="issuer">Issuer without scheme.</param>
    /// <param name="namespace">Namespace of the service accounts.</param>
    /// <param name="serviceAccounts">Names of the service accounts.</param>
    public static PolicyDocument ServiceAccount(string providerArn, string issuer, string @namespace, params ImmutableArray<string> serviceAccounts) => new(
        new PolicyStatement("ServiceAccount", ["sts:AssumeRoleWithWebIdentity"])
        {
            Principal = PolicyPrincipal.Federated(providerArn),
            Conditions =
            [
                new PolicyCondition("StringEquals", $"{issuer}:aud", "sts.amazonaws.com"),
                new PolicyCondition("StringEquals", $"{issuer}:sub", [.. serviceAccounts.Select(account => $"system:serviceaccount:{@namespace}:{account}")]),
            ],
        });

    /// <summary>One user or role that shows an external id, as the Seqera Platform does in its assume-role mode.</summary>
    /// <remarks>Tagging the session is a statement of its own: the Platform sends tags without the external id (Seqera docs 26.1, "AWS credentials").</remarks>
    public static PolicyDocument WithExternalId(string principalArn, string externalId) => new(
        new PolicyStatement("AssumeWithExternalId", [AssumeRole])
        {
            Principal = PolicyPrincipal.Aws(principalArn),
            Conditions = [new PolicyCondition("StringEquals", "sts:ExternalId", externalId)],
        },
        new PolicyStatement("TagSession", [TagSession]) { Principal = PolicyPrincipal.Aws(principalArn) });
}

/// <summary>An IAM user or role by its ARN.</summary>
/// <param name="Arn">The whole ARN.</param>
/// <param name="Kind">User or role.</param>
/// <param name="Name">Name without its path.</param>
public sealed partial record IamPrincipal(string Arn, IamPrincipalKind Kind, string Name)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out IamPrincipal? principal)
    {
        var match = Shape().Match(text ?? "");
        var kind = match.Groups["kind"].Value == "user" ? IamPrincipalKind.User : IamPrincipalKind.Role;
        principal = match.Success ? new IamPrincipal(match.Value, kind, match.Groups["name"].Value) : null;
        return principal is not null;
    }

    public static IamPrincipal Parse(string text) =>
        TryParse(text, out var principal)
            ? principal
            : throw new FormatException(
                $"'{text}' is not the ARN of an IAM user or role: it must be written as in 'arn:aws:iam::123456789012:role/platform'; the ARN of a session "
                    + "(sts, assumed-role) is none.");

    // "arn:aws:iam::123456789012:role/team/platform"; not "arn:aws:sts::123456789012:assumed-role/platform/session" and not ":root".
    [GeneratedRegex(
        @"\Aarn:aws(-us-gov)?:iam::[0-9]{12}:(?<kind>user|role)/([\x21-\x7e]+/)?(?<name>[A-Za-z0-9_+=,.@-]{1,64})\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Shape();
}

/// <summary>What an IAM principal is.</summary>
public enum IamPrincipalKind
{
    User,

    Role,
}
