using System.Collections.Immutable;

namespace Infra.Iam;

/// <summary>Resource policies of KMS keys.</summary>
public static class KeyPolicies
{
    // Every action on a key itself, named one by one: a wildcard would take in actions that KMS adds later.
    private static readonly ImmutableArray<string> Administration =
    [
        "kms:CancelKeyDeletion",
        "kms:CreateAlias",
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DeleteAlias",
        "kms:DescribeKey",
        "kms:DisableKey",
        "kms:DisableKeyRotation",
        "kms:EnableKey",
        "kms:EnableKeyRotation",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:ListGrants",
        "kms:ListKeyPolicies",
        "kms:ListKeyRotations",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:RetireGrant",
        "kms:RevokeGrant",
        "kms:RotateKeyOnDemand",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
    ];

    private static readonly ImmutableArray<string> Use =
    [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    ];

    /// <summary>
    /// A key that the account's IAM policies govern, so that it cannot become unmanageable; CloudWatch Logs may use it for the named log groups.
    /// </summary>
    /// <param name="partition">Partition of the account, <c>aws</c> in the commercial regions.</param>
    /// <param name="region">Region of the log groups.</param>
    /// <param name="accountId">The account that owns the key.</param>
    /// <param name="logGroups">Names of log groups; each may end in <c>*</c>. Without one CloudWatch Logs may not use the key.</param>
    public static PolicyDocument AccountKey(string partition, string region, string accountId, ImmutableArray<string> logGroups)
    {
        var account = AccountStatement(partition, accountId);
        if (logGroups.IsEmpty)
        {
            return new PolicyDocument(account);
        }

        ImmutableArray<string> arns = [.. logGroups.Select(group => $"arn:{partition}:logs:{region}:{accountId}:log-group:{group}")];
        return new PolicyDocument(account, new PolicyStatement("CloudWatchLogs", Use)
        {
            Principal = PolicyPrincipal.Service($"logs.{region}.amazonaws.com"),
            Resources = ["*"],
            Conditions = [new PolicyCondition("ArnLike", "kms:EncryptionContext:aws:logs:arn", arns)],
        });
    }

    // In a key policy "*" means the key that the policy belongs to (KMS developer guide, "Resource element").
    private static PolicyStatement AccountStatement(string partition, string accountId) => new("Account", Administration)
    {
        Principal = PolicyPrincipal.Aws($"arn:{partition}:iam::{accountId}:root"),
        Resources = ["*"],
    };
}
