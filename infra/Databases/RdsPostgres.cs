using Infra.Manifests;
using Infra.Networks;
using Infra.Secrets;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Rds;
using Pulumi.Random;

namespace Infra.Databases;

/// <summary>A PostgreSQL server on RDS that refuses connections without TLS. Stateful: it honours <see cref="RdsPostgresArgs.Protected"/>.</summary>
/// <remarks>
/// It has no parameter group of its own: that of a major version refuses plain connections from 15 on (RDS user guide, "Updating applications to connect to
/// PostgreSQL DB instances", <c>rds.force_ssl</c>), and RDS changes it with the version, while one of ours could not go before a deferred upgrade is done.
/// </remarks>
public sealed class RdsPostgres : ComponentResource, IPostgres
{
    /// <summary>Log groups of all databases, as a key policy names them.</summary>
    public const string LogGroupNames = "/aws/rds/instance/*";

    private const string Token = "platform:databases:RdsPostgres";
    private const int PasswordLength = 32;
    private const int LogRetentionInDays = 365;

    // RDS user guide, "DB instance storage": the most that gp3 has under PostgreSQL.
    private const int MostStorageGiB = 65_536;

    private static readonly string[] Logs = ["postgresql", "upgrade"];

    // Room for growth without paying for it: RDS adds storage by itself up to this many times the first size.
    private const int StorageGrowth = 5;

    /// <summary>Address of the server; resolves when it answers.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    public Output<int> Port { get; }
    public Output<string> Database { get; }
    public Output<string> User { get; }
    public SecretKeyRef Password { get; }

    /// <summary>TLS is forced. The authority is Amazon's own for RDS, which no image knows: without its certificates clients cannot check it.</summary>
    public PostgresSslMode SslMode => CertificateAuthority is null ? PostgresSslMode.Require : PostgresSslMode.VerifyFull;

    public SecretKeyRef? CertificateAuthority { get; }

    public RdsPostgres(string name, RdsPostgresArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        var subnets = new SubnetGroup(
            $"{name}-subnets",
            new SubnetGroupArgs { SubnetIds = args.Network.PrivateSubnets.Select(subnet => (Input<string>)subnet.Id).ToList() },
            child);
        var clients = new ServiceSecurityGroup(
            $"{name}-security-group",
            new ServiceSecurityGroupArgs
            {
                VpcId = args.Network.VpcId,
                Description = "PostgreSQL",
                Ports = ServicePorts.Postgres,
                ClientGroupId = args.ClientSecurityGroupId,
            },
            new ComponentResourceOptions { Parent = this });
        var password = RotatedPassword.Make(this, $"{name}-password-value", PasswordLength, args.PasswordRotation);
        Password = PostgresSecrets.Password(this, name, args.Namespace, password.Result);
        CertificateAuthority = args.CertificateAuthority is { } authority
            ? PostgresSecrets.CertificateAuthority(this, name, args.Namespace, authority)
            : null;

        var server = new Instance(
            name,
            Server(args, subnets, clients, password, LastSnapshot(name, args)),
            new CustomResourceOptions
            {
                Parent = this,
                Protect = args.Protected,
                RetainOnDelete = args.Protected,
                // RDS makes a log group that is not there by itself, and keeps its lines for good.
                DependsOn = [.. Logs.Select(log => MakeLog(name, args, log))],
            });
        Host = server.Address;
        // Nothing gives it another: who counts ports reads it in the first plan.
        Port = Planned.Or(server.Port, ExistingPostgresArgs.DefaultPort);
        Database = Output.Create(args.Database);
        User = Output.Create(args.User);
        RegisterOutputs();
    }

    private Output<string>? LastSnapshot(string name, RdsPostgresArgs args) => args.FinalSnapshot
        ? FinalSnapshot.NameFor(this, name, args.Identifier, ("database", args.Database), ("keyArn", args.KeyArn ?? ""), ("user", args.User))
        : null;

    // RDS user guide, "Publishing PostgreSQL logs to Amazon CloudWatch Logs".
    private LogGroup MakeLog(string name, RdsPostgresArgs args, string log) => new(
        $"{name}-{log}-log",
        new LogGroupArgs { Name = $"/aws/rds/instance/{args.Identifier}/{log}", RetentionInDays = LogRetentionInDays, KmsKeyId = args.KeyArn! },
        new CustomResourceOptions { Parent = this });

    private static InstanceArgs Server(
        RdsPostgresArgs args,
        SubnetGroup subnets,
        ServiceSecurityGroup clients,
        RandomPassword password,
        Output<string>? finalSnapshot)
    {
        var server = new InstanceArgs
        {
            Identifier = args.Identifier,
            Engine = "postgres",
            // RDS upgrades inside a major version on its own; the next one comes when the settings say so.
            EngineVersion = $"{args.Version}",
            AllowMajorVersionUpgrade = true,
            ApplyImmediately = args.ApplyImmediately,
            InstanceClass = args.InstanceClass,
            AllocatedStorage = args.StorageGiB,
            MaxAllocatedStorage = Math.Min(MostStorageGiB, args.StorageGiB * StorageGrowth),
            StorageType = "gp3",
            StorageEncrypted = true,
            KmsKeyId = args.KeyArn!,
            DbName = args.Database,
            Username = args.User,
            Password = password.Result,
            DbSubnetGroupName = subnets.Name,
            VpcSecurityGroupIds = { clients.GroupId },
            MultiAz = args.MultiZone,
            PubliclyAccessible = false,
            BackupRetentionPeriod = args.BackupRetentionInDays,
            BackupWindow = args.BackupWindow,
            MaintenanceWindow = args.MaintenanceWindow,
            CopyTagsToSnapshot = true,
            AutoMinorVersionUpgrade = true,
            EnabledCloudwatchLogsExports = [.. Logs],
            DeletionProtection = args.Protected,
            SkipFinalSnapshot = !args.FinalSnapshot,
        };
        if (finalSnapshot is not null)
        {
            server.FinalSnapshotIdentifier = finalSnapshot;
        }

        return server;
    }
}

/// <summary>What an RDS for PostgreSQL server looks like and who reaches it.</summary>
public sealed class RdsPostgresArgs : ResourceArgs
{
    public const string DefaultInstanceClass = "db.t4g.medium";
    public const int DefaultStorageGiB = 20;
    public const bool DefaultMultiZone = true;
    public const int DefaultBackupRetentionInDays = 7;
    public const string DefaultBackupWindow = "01:00-02:00";
    public const string DefaultMaintenanceWindow = "sun:03:00-sun:04:00";
    public const bool DefaultApplyImmediately = false;
    public const bool DefaultFinalSnapshot = true;
    public const int DefaultPasswordRotation = 1;
    public required INetwork Network { get; init; }

    /// <summary>Security group of the nodes and their pods.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>Physical name, at most 63 characters (<see cref="Naming.AwsNameRule.DatabaseInstance"/>).</summary>
    public required string Identifier { get; init; }

    /// <summary>Namespace of the clients, where the password goes.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Name of the database; letters, digits and underscores, a letter first.</summary>
    public required string Database { get; init; }

    /// <summary>Role that owns it; not one of PostgreSQL's reserved names.</summary>
    public required string User { get; init; }

    /// <summary>Major version: 15 or newer, whose servers refuse plain connections by themselves. Default 17.</summary>
    public int Version { get; init; } = PostgresVersions.Default;

    /// <summary>RDS instance class. Default the smallest Graviton one with 4 GiB.</summary>
    public string InstanceClass { get; init; } = DefaultInstanceClass;

    /// <summary>Storage at first, in GiB; it grows up to five times of it on its own. Default 20.</summary>
    public int StorageGiB { get; init; } = DefaultStorageGiB;

    /// <summary>A standby in another zone that takes over. Default true.</summary>
    public bool MultiZone { get; init; } = DefaultMultiZone;

    /// <summary>Days that daily backups and the log for restoring to any moment are kept: 0 to 35. Default 7.</summary>
    public int BackupRetentionInDays { get; init; } = DefaultBackupRetentionInDays;

    /// <summary>When the daily backup is taken, <c>hh24:mi-hh24:mi</c> in UTC, half an hour at least. Default an hour of the night.</summary>
    public string BackupWindow { get; init; } = DefaultBackupWindow;

    /// <summary>When RDS may restart the server, <c>ddd:hh24:mi-ddd:hh24:mi</c> in UTC, outside the backup window. Default Sunday night.</summary>
    public string MaintenanceWindow { get; init; } = DefaultMaintenanceWindow;

    /// <summary>Another class or version comes at once and not in the next maintenance window. Default false.</summary>
    public bool ApplyImmediately { get; init; } = DefaultApplyImmediately;

    /// <summary>PEM certificates of Amazon's authority for RDS, which clients then check the server's against. Default: they do not.</summary>
    public Input<string>? CertificateAuthority { get; init; }

    /// <summary>Key of the storage; null for the account's own RDS key. Cannot be changed later.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Changing the number makes a new password. Default 1.</summary>
    public int PasswordRotation { get; init; } = DefaultPasswordRotation;

    /// <summary>Whether what the server holds is worth a last snapshot when it is deleted, allowed or not. Default true.</summary>
    public bool FinalSnapshot { get; init; } = DefaultFinalSnapshot;

    /// <summary>RDS and Pulumi refuse to delete the server. Default false.</summary>
    public bool Protected { get; init; }
}
