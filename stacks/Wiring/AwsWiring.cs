using Infra.Accounts;
using Infra.Databases;
using Infra.Encryption;
using Pulumi;
using Stacks.Settings;
using System.Collections.Immutable;

namespace Stacks.Wiring;

/// <summary>The AWS account, and the key of the data that outlives a cluster.</summary>
internal sealed class AwsWiring
{
    private const string DisplayPrefix = "studio";

    private readonly StackContext _stack;
    private EncryptionKey? _dataKey;

    private AwsWiring(AwsAccount account, StackContext stack, string name)
    {
        Account = account;
        Name = name;
        _stack = stack;
    }

    public AwsAccount Account { get; }

    /// <summary>What resources of this stack are called in AWS: unique in the account, because Pulumi stacks are.</summary>
    public string Name { get; }

    public ImmutableDictionary<string, string> Tags => TagsOf(_stack.Settings.Aws!);

    /// <summary>The key of file systems and caches, made when the first of them asks for it. A key of its own: a cluster can go while its data stays.</summary>
    public EncryptionKey DataKey() => _dataKey ??= new EncryptionKey(
        "data-key",
        new EncryptionKeyArgs
        {
            Account = Account,
            Description = $"Data of {Name}",
            // What is not used is not opened: another policy of the key is an update of stacks that have no database.
            LogGroups = _stack.Settings is { Workbench.Database: RdsPostgresSettings } ? ["/aws/elasticache/*", RdsPostgres.LogGroupNames] : ["/aws/elasticache/*"],
            Kept = _stack.Settings is { Redis: ElastiCacheSettings { FinalSnapshot: true } } or { Storage: FsxLustreStorageSettings { LeavesABackup: true } }
                or { Backup.LeavesRecoveryPoints: true, Storage: FsxLustreStorageSettings }
                // Snapshots of a volume are encrypted with its own key.
                or { Backup.LeavesRecoveryPoints: true, Compose.Host: not null }
                or { Workbench.Database: RdsPostgresSettings { FinalSnapshot: true } },
            Protected = _stack.Protects(ProtectedParts.Aws),
        },
        Options());

    public static AwsWiring Create(AwsSettings settings, StackContext stack) => new(
        new AwsAccount(
            "aws",
            new AwsAccountArgs
            {
                Region = settings.Region,
                AllowedAccountIds = settings.AccountIds,
                Roles = settings.Roles.Bounds,
                Tags = TagsOf(settings),
            }),
        stack,
        $"{DisplayPrefix}-{Deployment.Instance.StackName}");

    /// <summary>Options of a component whose resources live in the account.</summary>
    public ComponentResourceOptions Options() => new() { Providers = { Account.Provider } };

    /// <summary>Options of a component with resources in the account and objects on a cluster.</summary>
    public ComponentResourceOptions Options(Infra.Clusters.ICluster cluster) => new() { Providers = { Account.Provider, cluster.Provider } };

    private static ImmutableDictionary<string, string> TagsOf(AwsSettings settings) => settings.Tags
        .ToImmutableDictionary()
        .SetItem("pulumi:project", Deployment.Instance.ProjectName)
        .SetItem("pulumi:stack", Deployment.Instance.StackName);
}
