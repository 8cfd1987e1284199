using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Manifests;
using Infra.Networks;
using Infra.Secrets;
using Pulumi;
using Pulumi.Gcp.Sql;
using Pulumi.Gcp.Sql.Inputs;
using Pulumi.Gcp.Sql.Outputs;

namespace Infra.Databases;

/// <summary>
/// A PostgreSQL server on Cloud SQL with a private address that refuses connections without TLS. Stateful: it honours <see
/// cref="CloudSqlPostgresArgs.Protected"/>.
/// </summary>
public sealed class CloudSqlPostgres : ComponentResource, IPostgres
{
    private const string Token = "platform:databases:CloudSqlPostgres";
    private const int PasswordLength = 32;
    private const int MiBInGiB = 1024;

    // Cloud SQL, "Point-in-time recovery": logs for up to seven days in the Enterprise edition.
    private const int MostLogDays = 7;

    // A quarter of a year in which somebody misses what was deleted.
    private const int FinalBackupDays = 90;

    /// <summary>Private address of the server; resolves when database and role exist.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    public Output<int> Port { get; }
    public Output<string> Database { get; }
    public Output<string> User { get; }
    public SecretKeyRef Password { get; }

    /// <summary>The server's certificate names the instance and not its address: its authority can be checked, its name cannot.</summary>
    public PostgresSslMode SslMode => PostgresSslMode.VerifyCa;

    public SecretKeyRef? CertificateAuthority { get; }

    public CloudSqlPostgres(string name, CloudSqlPostgresArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var server = new DatabaseInstance(
            name,
            new DatabaseInstanceArgs
            {
                Name = args.InstanceName,
                Region = args.Project.Region.Name,
                DatabaseVersion = $"POSTGRES_{args.Version}",
                DeletionProtection = args.Protected,
                Settings = Settings(args),
            },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });
        var password = RotatedPassword.Make(this, $"{name}-password-value", PasswordLength, args.PasswordRotation);
        var user = new User(
            $"{name}-user",
            // A role that owns objects cannot be dropped; it goes with the server.
            new UserArgs { Instance = server.Name, Name = args.User, Password = password.Result, DeletionPolicy = "ABANDON" },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        var database = new Pulumi.Gcp.Sql.Database(
            $"{name}-database",
            new DatabaseArgs { Instance = server.Name, Name = args.Database, DeletionPolicy = "ABANDON" },
            new CustomResourceOptions { Parent = this, Protect = args.Protected });
        Password = PostgresSecrets.Password(this, name, args.Namespace, password.Result);
        CertificateAuthority = PostgresSecrets.CertificateAuthority(this, name, args.Namespace, server.ServerCaCerts.Apply(Bundle));

        Host = server.PrivateIpAddress.After(Output.Tuple(user.Id, database.Id));
        Port = Output.Create(5432);
        Database = database.Name;
        User = user.Name;
        RegisterOutputs();
    }

    // Two for the time in which one follows the other: clients that know both never notice.
    private static string Bundle(ImmutableArray<DatabaseInstanceServerCaCert> authorities) =>
        string.Concat(authorities.Select(authority => $"{authority.Cert!.TrimEnd()}\n"));

    private static DatabaseInstanceSettingsArgs Settings(CloudSqlPostgresArgs args) => new()
    {
        Edition = "ENTERPRISE",
        Tier = $"db-custom-{args.Processors}-{args.MemoryGiB * MiBInGiB}",
        AvailabilityType = args.MultiZone ? "REGIONAL" : "ZONAL",
        DiskType = "PD_SSD",
        DiskSize = args.StorageGiB,
        DiskAutoresize = true,
        DeletionProtectionEnabled = args.Protected,
        RetainBackupsOnDelete = args.FinalBackup,
        FinalBackupConfig = new DatabaseInstanceSettingsFinalBackupConfigArgs
        {
            Enabled = args.FinalBackup,
            RetentionDays = FinalBackupDays,
        },
        IpConfiguration = new DatabaseInstanceSettingsIpConfigurationArgs
        {
            Ipv4Enabled = false,
            PrivateNetwork = args.Network.ManagedServicesNetworkId,
            SslMode = "ENCRYPTED_ONLY",
        },
        BackupConfiguration = new DatabaseInstanceSettingsBackupConfigurationArgs
        {
            Enabled = true,
            StartTime = "01:00",
            PointInTimeRecoveryEnabled = true,
            TransactionLogRetentionDays = Math.Min(MostLogDays, args.Backups),
            BackupRetentionSettings = new DatabaseInstanceSettingsBackupConfigurationBackupRetentionSettingsArgs
            {
                RetainedBackups = args.Backups,
                RetentionUnit = "COUNT",
            },
        },
        // Sunday, 03:00 UTC.
        MaintenanceWindow = new DatabaseInstanceSettingsMaintenanceWindowArgs { Day = 7, Hour = 3, UpdateTrack = "stable" },
    };
}

/// <summary>What a Cloud SQL for PostgreSQL server looks like and who reaches it.</summary>
public sealed class CloudSqlPostgresArgs : ResourceArgs
{
    public const int DefaultProcessors = 2;
    public const int DefaultMemoryGiB = 8;
    public const int DefaultStorageGiB = 20;
    public const bool DefaultMultiZone = true;
    public const int DefaultBackups = 7;
    public const bool DefaultFinalBackup = true;
    public const int DefaultPasswordRotation = 1;
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

    /// <summary>Major version. Default 17.</summary>
    public int Version { get; init; } = PostgresVersions.Default;

    /// <summary>Processors of the Enterprise edition: one or an even number up to 96. Default 2.</summary>
    public int Processors { get; init; } = DefaultProcessors;

    /// <summary>Memory in GiB, 0.9 to 6.5 for each processor, 4 or more. Default 8.</summary>
    public int MemoryGiB { get; init; } = DefaultMemoryGiB;

    /// <summary>Storage at first, in GiB, 10 or more; it grows on its own. Default 20.</summary>
    public int StorageGiB { get; init; } = DefaultStorageGiB;

    /// <summary>A standby in another zone that takes over. Default true.</summary>
    public bool MultiZone { get; init; } = DefaultMultiZone;

    /// <summary>Daily backups that are kept: 1 to 365. Default 7.</summary>
    public int Backups { get; init; } = DefaultBackups;

    /// <summary>Whether what the server holds is worth a last backup when it is deleted, allowed or not; daily ones then stay, too. Default true.</summary>
    public bool FinalBackup { get; init; } = DefaultFinalBackup;

    /// <summary>Changing the number makes a new password. Default 1.</summary>
    public int PasswordRotation { get; init; } = DefaultPasswordRotation;

    /// <summary>Cloud SQL and Pulumi refuse to delete the server. Default false.</summary>
    public bool Protected { get; init; }
}
