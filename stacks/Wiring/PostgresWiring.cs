using Infra.Databases;
using Infra.Naming;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Who a database is for.</summary>
/// <param name="Name">Logical name of the server, and the end of its physical one.</param>
/// <param name="Namespace">Namespace of the pods that connect: the Secrets of password and authority go there.</param>
/// <param name="Database">Name of the database, and of the role that owns it, where this stack makes the server: a server cannot change either.</param>
/// <param name="Part">Which part of a production stack the server belongs to, one of <see cref="ProtectedParts"/>.</param>
internal sealed record PostgresClient(string Name, Input<string> Namespace, string Database, string Part);

/// <summary>Makes or reaches the PostgreSQL server of one client.</summary>
internal sealed class PostgresWiring : IPostgresKinds<IPostgres>
{
    private readonly StackContext _stack;
    private readonly PostgresClient _client;

    private PostgresWiring(StackContext stack, PostgresClient client)
    {
        _stack = stack;
        _client = client;
    }

    public static IPostgres Create(PostgresSettings settings, StackContext stack, PostgresClient client) => settings.Match(new PostgresWiring(stack, client));

    public IPostgres Rds(RdsPostgresSettings settings) => new RdsPostgres(
        _client.Name,
        new RdsPostgresArgs
        {
            ApplyImmediately = settings.ApplyImmediately,
            BackupRetentionInDays = settings.BackupRetentionDays,
            BackupWindow = $"{settings.BackupWindow}",
            CertificateAuthority = Text(settings.CertificateAuthority),
            ClientSecurityGroupId = _stack.Eks.NodeSecurityGroupId,
            Database = _client.Database,
            FinalSnapshot = settings.FinalSnapshot,
            Identifier = AwsName.For(AwsNameRule.DatabaseInstance, _stack.Aws.Name, _client.Name),
            InstanceClass = settings.InstanceClass,
            KeyArn = _stack.Aws.DataKey().Arn,
            MaintenanceWindow = $"{settings.MaintenanceWindow}",
            MultiZone = settings.MultiZone,
            Namespace = _client.Namespace,
            Network = _stack.Eks.Network,
            PasswordRotation = settings.PasswordRotation,
            Protected = _stack.Protects(_client.Part),
            StorageGiB = settings.StorageGiB,
            User = _client.Database,
            Version = settings.Version,
        },
        _stack.Aws.Options(_stack.Eks));

    public IPostgres CloudSql(CloudSqlPostgresSettings settings) => new CloudSqlPostgres(
        _client.Name,
        new CloudSqlPostgresArgs
        {
            Backups = settings.Backups,
            Database = _client.Database,
            FinalBackup = settings.FinalBackup,
            InstanceName = _stack.Gcp.Name(GcpNameRule.SqlInstance, _client.Name),
            MemoryGiB = settings.MemoryGiB,
            MultiZone = settings.MultiZone,
            Namespace = _client.Namespace,
            Network = _stack.Gke.Network,
            PasswordRotation = settings.PasswordRotation,
            Processors = settings.Processors,
            Project = _stack.Gke.Project,
            Protected = _stack.Protects(_client.Part),
            StorageGiB = settings.StorageGiB,
            User = _client.Database,
            Version = settings.Version,
        },
        _stack.Gcp.Options(_stack.Gke));

    public IPostgres Existing(ExistingPostgresSettings settings) => new ExistingPostgres(
        _client.Name,
        new ExistingPostgresArgs
        {
            CertificateAuthority = Text(settings.CertificateAuthority),
            Database = settings.Database,
            Host = settings.Address.Host,
            Namespace = _client.Namespace,
            Password = settings.Password is { } password ? (Input<string>)_stack.Secret(password) : null,
            PasswordSecret = settings.PasswordSecret,
            Port = settings.Address.Port,
            SslMode = settings.SslMode,
            User = settings.User,
        },
        _stack.OnCluster());

    private static Input<string>? Text(string? value) => value is null ? null : (Input<string>)value;
}
