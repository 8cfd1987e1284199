using System.Collections.Immutable;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>What policies of IAM and of single resources of AWS allow, and whom.</summary>
internal static class AwsAccessRules
{
    private const string Policies =
        "aws:iam/policy:Policy, aws:iam/rolePolicy:RolePolicy, aws:iam/userPolicy:UserPolicy, aws:iam/groupPolicy:GroupPolicy";

    private const string Role = "aws:iam/role:Role";
    private const string Key = "aws:kms/key:Key";

    private static readonly string[] Escalating =
    [
        "iam:PassRole", "iam:CreatePolicyVersion", "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy",
        "iam:UpdateAssumeRolePolicy", "iam:CreateAccessKey",
    ];

    public static readonly ImmutableArray<PolicyRule> All =
    [
        Allowing(
            "aws/iam-everything", Severity.High,
            "The policy allows every action.",
            "Name the actions.",
            "Checkov CKV_AWS_62, Checkov CKV_AWS_63, CIS AWS 3.0 1.16",
            statement => statement.Actions.Contains("*")),
        Allowing(
            "aws/iam-service-everywhere", Severity.Medium,
            "The policy allows every action of a service on every resource.",
            "Name the actions or the resources.",
            "Checkov CKV_AWS_355, Checkov CKV_AWS_290",
            statement => statement is { HasCondition: false } && statement.Resources.Contains("*")
                && statement.Actions.Any(action => action.EndsWith(":*", StringComparison.Ordinal))),
        Allowing(
            "aws/iam-escalation", Severity.High,
            "Whoever has the policy can give itself the rights of any role.",
            "Name the roles, or add a condition.",
            "Checkov CKV_AWS_286, Checkov CKV_AWS_289",
            statement => statement is { HasCondition: false } && statement.Resources.Contains("*") && statement.Actions.Any(Escalating.Contains)),
        Allowing(
            "aws/iam-secrets", Severity.High,
            "The policy reads every secret of the account.",
            "Name the secrets.",
            "Checkov CKV_AWS_288",
            statement => statement is { HasCondition: false } && statement.Resources.Contains("*")
                && statement.Actions.Any(action => action is "secretsmanager:GetSecretValue" or "secretsmanager:*" or "ssm:GetParameter*" or "ssm:*")),
        Allowing(
            "aws/iam-decrypt", Severity.Medium,
            "The policy decrypts with every key of the account.",
            "Name the keys, or add a condition on kms:ViaService.",
            "Checkov CKV_AWS_108",
            statement => statement is { HasCondition: false } && statement.Resources.Contains("*")
                && statement.Actions.Any(action => action is "kms:Decrypt" or "kms:*")),
        PolicyRule.Of(
            "aws/iam-user-policy", Severity.Low,
            "The policy hangs on a person or a key that never ends.",
            "Give it to a role.",
            "Checkov CKV_AWS_40, CIS AWS 3.0 1.15",
            "aws:iam/userPolicy:UserPolicy, aws:iam/userPolicyAttachment:UserPolicyAttachment",
            resource => [resource["user"]]),
        PolicyRule.Of(
            "aws/iam-administrator", Severity.High,
            "A role is given the whole account.",
            "Write a policy of what is needed.",
            "Checkov CKV_AWS_274, CIS AWS 3.0 1.16",
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            resource => resource["policyArn"].When(policy => policy.Text?.EndsWith(":policy/AdministratorAccess", StringComparison.Ordinal) == true)),
        PolicyRule.Of(
            "aws/role-anybody", Severity.High,
            "Everybody may take the role.",
            "Name the principals, or add a condition.",
            "Checkov CKV_AWS_60, Checkov CKV_AWS_61",
            Role,
            resource => Anybody(resource["assumeRolePolicy"])),
        PolicyRule.Of(
            "aws/role-federated", Severity.High,
            "Every identity of the provider may take the role.",
            "Add a condition on its subject.",
            "Checkov CKV_AWS_358",
            Role,
            resource => resource["assumeRolePolicy"].When(document =>
                IamStatement.Of(document).Any(statement => statement is { Allows: true, HasCondition: false }
                    && statement.Actions.Contains("sts:AssumeRoleWithWebIdentity")))),
        PolicyRule.Of(
            "aws/key-anybody", Severity.High,
            "Everybody may use the key.",
            "Name the principals.",
            "Checkov CKV_AWS_33",
            Key,
            resource => Anybody(resource["policy"])),
        PolicyRule.Of(
            "aws/key-rotation", Severity.Medium,
            "The key stays the same for ever.",
            "Set enableKeyRotation: true.",
            "Checkov CKV_AWS_7, CIS AWS 3.0 3.6",
            Key,
            resource => resource["keyUsage"].Text is null or "ENCRYPT_DECRYPT"
                && resource["customerMasterKeySpec"].Text is null or "SYMMETRIC_DEFAULT" ? resource["enableKeyRotation"].UnlessTrue() : []),
        PolicyRule.Of(
            "aws/queue-anybody", Severity.High,
            "Everybody may use the queue.",
            "Name the principals, or add a condition.",
            "Checkov CKV_AWS_168",
            "aws:sqs/queuePolicy:QueuePolicy",
            resource => Anybody(resource["policy"])),
        PolicyRule.Of(
            "aws/bucket-anybody", Severity.High,
            "Everybody may use the bucket.",
            "Name the principals, or add a condition.",
            "Checkov CKV_AWS_70",
            "aws:s3/bucketPolicy:BucketPolicy",
            resource => Anybody(resource["policy"])),
        PolicyRule.Of(
            "aws/secret-anybody", Severity.High,
            "Everybody may read the secret.",
            "Name the principals.",
            "",
            "aws:secretsmanager/secretPolicy:SecretPolicy, aws:secretsmanager/secret:Secret",
            resource => Anybody(resource["policy"])),
    ];

    private static PolicyRule Allowing(string id, Severity severity, string sentence, string fix, string same, Func<IamStatement, bool> isBroad) =>
        PolicyRule.Of(id, severity, sentence, fix, same, Policies, resource => resource["policy"].When(
            document => IamStatement.Of(document).Any(statement => statement.Allows && isBroad(statement))));

    private static IEnumerable<PropertyPlace> Anybody(PropertyPlace document) => document.When(
        place => IamStatement.Of(place).Any(statement => statement is { Allows: true, HasCondition: false } && statement.Principals.Contains("*")));
}
