using Infra.Networks;
using Pulumi;

namespace Infra.Storage;

/// <summary>What an EFS file system looks like and who reaches it.</summary>
public sealed class EfsStorageArgs : ResourceArgs
{
    public const EfsThroughput DefaultThroughput = EfsThroughput.Elastic;
    public const int DefaultInfrequentAccessAfterDays = 30;
    public const bool DefaultBackupEnabled = true;

    public required INetwork Network { get; init; }

    /// <summary>Security group of the nodes, which mount on behalf of their pods.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>Key of the file system; null for the account's own EFS key. Cannot be changed later.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Shown as the <c>Name</c> tag.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Default elastic.</summary>
    public EfsThroughput Throughput { get; init; } = DefaultThroughput;

    /// <summary>Days without access after which a file moves to the Infrequent Access class, one of EFS's values; it moves back when it is read. Default 30.</summary>
    public int InfrequentAccessAfterDays { get; init; } = DefaultInfrequentAccessAfterDays;

    /// <summary>Daily backups by AWS Backup, kept for 35 days. Default true.</summary>
    public bool BackupEnabled { get; init; } = DefaultBackupEnabled;

    /// <summary>Refuse deletion through Pulumi and keep the file system when it leaves the program. Default false.</summary>
    public bool Protected { get; init; }
}
