using Infra.Accounts;
using Infra.Networks;
using Pulumi;

namespace Infra.Databases;

/// <summary>What a Cloud SQL for PostgreSQL server looks like and who reaches it.</summary>
public sealed class CloudSqlPostgresArgs : ResourceArgs
{
    public required GcpProject Project { get; init; }

    public required IGcpNetwork Network { get; init; }

    /// <summary>Physical name (<see cref="Naming.GcpNameRule.SqlInstance"/>); after a deletion it is not free for a week.</summary>
    public required string InstanceName { get; init; }

    /// <summary>Namespace of the clients, where password and authority go.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Name of the database; letters, digits and underscores, a letter first.</summary>
    public required string Database { get; init; }

    /// <summary>Role that owns it; not one of PostgreSQL's reserved names.</summary>
    public required string User { get; init; }

    /// <summary>Machine type of the Enterprise edition. Default two processors and 8 GiB.</summary>
    public string MachineType { get; init; } = "db-custom-2-8192";

    /// <summary>Storage at first, in GiB, 10 or more; it grows on its own. Default 20.</summary>
    public int StorageGiB { get; init; } = 20;

    /// <summary>A standby in another zone that takes over. Default true.</summary>
    public bool MultiZone { get; init; } = true;

    /// <summary>Daily backups that are kept: 1 to 365. Default 7.</summary>
    public int Backups { get; init; } = 7;

    /// <summary>Changing the number makes a new password. Default 1.</summary>
    public int PasswordRotation { get; init; } = 1;

    /// <summary>Cloud SQL and Pulumi refuse to delete the server. Default false.</summary>
    public bool Protected { get; init; }
}
