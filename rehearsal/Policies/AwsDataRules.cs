using System.Collections.Immutable;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>What keeps data on AWS: how it is encrypted, copied, and kept from being deleted.</summary>
internal static class AwsDataRules
{
    private const string Cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    private const string Database = "aws:rds/instance:Instance";
    private const string FileSystem = "aws:efs/fileSystem:FileSystem";
    private const string LogGroup = "aws:cloudwatch/logGroup:LogGroup";
    private const string Bucket = "aws:s3/bucket:Bucket";

    public static readonly ImmutableArray<PolicyRule> All =
    [
        PolicyRule.Of(
            "aws/efs-encryption", Severity.High,
            "Files are not encrypted.",
            "Set encrypted: true.",
            "Checkov CKV_AWS_42",
            FileSystem,
            resource => resource["encrypted"].UnlessTrue()),
        PolicyRule.Of(
            "aws/efs-key", Severity.Low,
            "Files are encrypted with AWS's key, which nobody can take away.",
            "Give kmsKeyId.",
            "Checkov CKV_AWS_184",
            FileSystem,
            resource => resource["kmsKeyId"].IfAbsent()),
        PolicyRule.Of(
            "aws/efs-backup", Severity.Medium,
            "A deleted file is gone.",
            "Make a BackupPolicy, or select the file system in a backup plan.",
            "Checkov CKV2_AWS_18",
            FileSystem,
            (resource, plan) => plan.OfType("aws:efs/backupPolicy:BackupPolicy", "aws:backup/selection:Selection")
                .Any(other => other.State.Dependencies.Contains(resource.Urn)) ? [] : [resource["encrypted"]]),
        PolicyRule.Of(
            "aws/lustre-key", Severity.Low,
            "Files are encrypted with AWS's key, which nobody can take away.",
            "Give kmsKeyId.",
            "Checkov CKV_AWS_190",
            "aws:fsx/lustreFileSystem:LustreFileSystem",
            resource => resource["kmsKeyId"].IfAbsent()),
        PolicyRule.Of(
            "aws/cache-rest", Severity.High,
            "What the cache keeps is not encrypted.",
            "Set atRestEncryptionEnabled: true.",
            "Checkov CKV_AWS_29",
            Cache,
            resource => resource["atRestEncryptionEnabled"].UnlessTrue()),
        PolicyRule.Of(
            "aws/cache-transit", Severity.High,
            "What goes to the cache can be read on its way.",
            "Set transitEncryptionEnabled: true.",
            "Checkov CKV_AWS_30",
            Cache,
            resource => resource["transitEncryptionEnabled"].UnlessTrue()),
        PolicyRule.Of(
            "aws/cache-password", Severity.High,
            "Whoever reaches the cache may use it.",
            "Give authToken or userGroupIds.",
            "Checkov CKV_AWS_31",
            Cache,
            resource => resource["userGroupIds"].IsAbsent ? resource["authToken"].IfAbsent() : []),
        PolicyRule.Of(
            "aws/cache-zones", Severity.Low,
            "The cache goes with its availability zone.",
            "Set multiAzEnabled and automaticFailoverEnabled.",
            "Checkov CKV2_AWS_50",
            Cache,
            resource => resource["numCacheClusters"].Number > 1 || resource["replicasPerNodeGroup"].Number > 0 ? resource["multiAzEnabled"].UnlessTrue() : []),
        PolicyRule.Of(
            "aws/database-encryption", Severity.High,
            "The database is not encrypted.",
            "Set storageEncrypted: true.",
            "Checkov CKV_AWS_16, CIS AWS 3.0 2.3.1",
            Database,
            resource => resource["storageEncrypted"].UnlessTrue()),
        PolicyRule.Of(
            "aws/database-public", Severity.High,
            "The database has an address of the internet.",
            "Set publiclyAccessible: false.",
            "Checkov CKV_AWS_17, CIS AWS 3.0 2.3.3",
            Database,
            resource => resource["publiclyAccessible"].IfTrue()),
        PolicyRule.Of(
            "aws/database-backups", Severity.High,
            "A mistake in the database cannot be undone.",
            "Set backupRetentionPeriod to a week or more.",
            "Checkov CKV_AWS_133",
            Database,
            resource => resource["backupRetentionPeriod"].When(days => !days.IsUnknown && days.Number is null or < 7)),
        PolicyRule.Of(
            "aws/database-final-snapshot", Severity.Medium,
            "Whoever removes the database removes its data.",
            "Set skipFinalSnapshot: false.",
            "",
            Database,
            resource => resource["skipFinalSnapshot"].IfTrue()),
        PolicyRule.Of(
            "aws/database-upgrades", Severity.Low,
            "Fixes of the database wait for somebody.",
            "Set autoMinorVersionUpgrade: true.",
            "Checkov CKV_AWS_226, CIS AWS 3.0 2.3.2",
            Database,
            resource => resource["autoMinorVersionUpgrade"].When(upgrade => upgrade.Flag == false)),
        PolicyRule.Of(
            "aws/log-retention", Severity.Low,
            "Logs are kept, and paid for, for ever.",
            "Give retentionInDays.",
            "Checkov CKV_AWS_66",
            LogGroup,
            resource => resource["retentionInDays"].When(days => !days.IsUnknown && days.Number is null or 0)),
        PolicyRule.Of(
            "aws/log-key", Severity.Low,
            "Logs are encrypted with AWS's key, which nobody can take away.",
            "Give kmsKeyId.",
            "Checkov CKV_AWS_158",
            LogGroup,
            resource => resource["kmsKeyId"].IfAbsent()),
        PolicyRule.Of(
            "aws/secret-key", Severity.Low,
            "The secret is encrypted with AWS's key, which every role that reads secrets may use.",
            "Give kmsKeyId.",
            "Checkov CKV_AWS_149",
            "aws:secretsmanager/secret:Secret",
            resource => resource["kmsKeyId"].IfAbsent()),
        PolicyRule.Of(
            "aws/parameter-plain", Severity.Medium,
            "The parameter is kept in the open.",
            "Set type: SecureString.",
            "Checkov CKV2_AWS_34",
            "aws:ssm/parameter:Parameter",
            resource => resource["value"].Found is { ContainsSecrets: true }
                ? resource["type"].When(type => !type.IsUnknown && type.Text != "SecureString") : []),
        PolicyRule.Of(
            "aws/queue-encryption", Severity.Medium,
            "Messages of the queue are not encrypted.",
            "Set sqsManagedSseEnabled: true, or give kmsMasterKeyId.",
            "Checkov CKV_AWS_27",
            "aws:sqs/queue:Queue",
            resource => resource["kmsMasterKeyId"].IsAbsent ? resource["sqsManagedSseEnabled"].UnlessTrue() : []),
        PolicyRule.Of(
            "aws/bucket-public", Severity.High,
            "Nothing keeps the bucket from being opened to everybody.",
            "Make a BucketPublicAccessBlock with all four switches.",
            "Checkov CKV_AWS_53, Checkov CKV_AWS_54, Checkov CKV_AWS_55, Checkov CKV_AWS_56, CIS AWS 3.0 2.1.4",
            Bucket,
            (resource, plan) => plan.OfType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
                .Any(block => Blocks(block) && block.State.Dependencies.Contains(resource.Urn)) ? [] : [resource["bucket"]]),
        PolicyRule.Of(
            "aws/backup-key", Severity.Low,
            "Copies are encrypted with AWS's key, which nobody can take away.",
            "Give kmsKeyArn.",
            "Checkov CKV_AWS_166",
            "aws:backup/vault:Vault",
            resource => resource["kmsKeyArn"].IfAbsent()),
        PolicyRule.Of(
            "aws/certificate-transparency", Severity.Low,
            "Nobody would see that somebody else issued a certificate of this name.",
            "Remove certificateTransparencyLoggingPreference: DISABLED.",
            "Checkov CKV_AWS_234",
            "aws:acm/certificate:Certificate",
            resource => resource.At("options", "certificateTransparencyLoggingPreference").When(preference => preference.Text == "DISABLED")),
    ];

    private static bool Blocks(PlannedResource block) =>
        new[] { "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets" }.All(name => block[name].Flag == true);
}
