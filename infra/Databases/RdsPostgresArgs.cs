using Infra.Networks;
using Pulumi;

namespace Infra.Databases;

/// <summary>What an RDS for PostgreSQL server looks like and who reaches it.</summary>
public sealed class RdsPostgresArgs : ResourceArgs
{
    public required INetwork Network { get; init; }

    /// <summary>Security group of the nodes and their pods.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>Physical name (<see cref="Naming.AwsNameRule.DatabaseInstance"/>).</summary>
    public required string Identifier { get; init; }

    /// <summary>Namespace of the clients, where the password goes.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Name of the database; letters, digits and underscores, a letter first.</summary>
    public required string Database { get; init; }

    /// <summary>Role that owns it; not one of PostgreSQL's reserved names.</summary>
    public required string User { get; init; }

    /// <summary>RDS instance class. Default the smallest Graviton one with 4 GiB.</summary>
    public string InstanceClass { get; init; } = "db.t4g.medium";

    /// <summary>Storage at first, in GiB; it grows up to five times of it on its own. Default 20.</summary>
    public int StorageGiB { get; init; } = 20;

    /// <summary>A standby in another zone that takes over. Default true.</summary>
    public bool MultiZone { get; init; } = true;

    /// <summary>Days that daily backups and the log for restoring to any moment are kept: 0 to 35. Default 7.</summary>
    public int BackupRetentionInDays { get; init; } = 7;

    /// <summary>Key of the storage; null for the account's own RDS key. Cannot be changed later.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Changing the number makes a new password. Default 1.</summary>
    public int PasswordRotation { get; init; } = 1;

    /// <summary>RDS and Pulumi refuse to delete the server, and a last snapshot is taken on any other way. Default false.</summary>
    public bool Protected { get; init; }
}
