using Infra.Networks;
using Infra.Secrets;
using Pulumi;
using Pulumi.Aws.Rds;
using Pulumi.Aws.Rds.Inputs;
using Pulumi.Random;

namespace Infra.Databases;

/// <summary>A PostgreSQL server on RDS that refuses connections without TLS. Stateful: it honours <see cref="RdsPostgresArgs.Protected"/>.</summary>
public sealed class RdsPostgres : ComponentResource, IPostgres
{
    private const string Token = "platform:databases:RdsPostgres";
    private const string PasswordKey = "password";
    private const int PasswordLength = 32;

    // RDS upgrades inside a major version on its own; the next one is a migration with a plan of its own.
    private const string MajorVersion = "17";

    // Room for growth without paying for it: RDS adds storage by itself up to this many times the first size.
    private const int StorageGrowth = 5;

    /// <summary>Address of the server; resolves when it answers.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    public Output<int> Port { get; }
    public Output<string> Database { get; }
    public Output<string> User { get; }
    public SecretKeyRef Password { get; }

    /// <summary>TLS is forced; the authority is Amazon's own for RDS, which no image knows, so clients do not check it.</summary>
    public PostgresSslMode SslMode => PostgresSslMode.Require;

    public SecretKeyRef? CertificateAuthority => null;

    public RdsPostgres(string name, RdsPostgresArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        var subnets = new SubnetGroup(
            $"{name}-subnets",
            new SubnetGroupArgs { SubnetIds = args.Network.PrivateSubnets.Select(subnet => (Input<string>)subnet.Id).ToList() },
            child);
        var parameters = new ParameterGroup(
            $"{name}-parameters",
            new ParameterGroupArgs
            {
                Family = $"postgres{MajorVersion}",
                Parameters = { new ParameterGroupParameterArgs { Name = "rds.force_ssl", Value = "1" } },
            },
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
        Password = new GivenSecret(
            $"{name}-password",
            new GivenSecretArgs { Namespace = args.Namespace, Key = PasswordKey, Value = password.Result },
            new ComponentResourceOptions { Parent = this }).Reference;

        var server = new Instance(
            name,
            Server(args, subnets, parameters, clients, password, LastSnapshot(name, args)),
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = args.Protected });
        Host = server.Address;
        Port = server.Port;
        Database = Output.Create(args.Database);
        User = Output.Create(args.User);
        RegisterOutputs();
    }

    private Output<string>? LastSnapshot(string name, RdsPostgresArgs args) => args.FinalSnapshot
        ? FinalSnapshot.NameFor(this, name, args.Identifier, ("database", args.Database), ("keyArn", args.KeyArn ?? ""), ("user", args.User))
        : null;

    private static InstanceArgs Server(
        RdsPostgresArgs args,
        SubnetGroup subnets,
        ParameterGroup parameters,
        ServiceSecurityGroup clients,
        RandomPassword password,
        Output<string>? finalSnapshot)
    {
        var server = new InstanceArgs
        {
            Identifier = args.Identifier,
            Engine = "postgres",
            EngineVersion = MajorVersion,
            InstanceClass = args.InstanceClass,
            AllocatedStorage = args.StorageGiB,
            MaxAllocatedStorage = args.StorageGiB * StorageGrowth,
            StorageType = "gp3",
            StorageEncrypted = true,
            KmsKeyId = args.KeyArn!,
            DbName = args.Database,
            Username = args.User,
            Password = password.Result,
            DbSubnetGroupName = subnets.Name,
            ParameterGroupName = parameters.Name,
            VpcSecurityGroupIds = { clients.GroupId },
            MultiAz = args.MultiZone,
            PubliclyAccessible = false,
            BackupRetentionPeriod = args.BackupRetentionInDays,
            CopyTagsToSnapshot = true,
            AutoMinorVersionUpgrade = true,
            EnabledCloudwatchLogsExports = { "postgresql", "upgrade" },
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
    public required INetwork Network { get; init; }

    /// <summary>Security group of the nodes and their pods.</summary>
    public required Input<string> ClientSecurityGroupId { get; init; }

    /// <summary>Physical name, at most 63 characters.</summary>
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

    /// <summary>Whether what the server holds is worth a last snapshot when it is deleted, allowed or not. Default true.</summary>
    public bool FinalSnapshot { get; init; } = true;

    /// <summary>RDS and Pulumi refuse to delete the server. Default false.</summary>
    public bool Protected { get; init; }
}
