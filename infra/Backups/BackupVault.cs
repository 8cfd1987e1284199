using Infra.Manifests;
using Pulumi;
using Pulumi.Aws.Backup;

namespace Infra.Backups;

/// <summary>
/// A vault of AWS Backup, and the lock that keeps what is in it from everybody. Stateful: it honours <see cref="BackupVaultArgs.Protected"/>.
/// </summary>
public sealed class BackupVault : ComponentResource
{
    private const string Token = "platform:backups:BackupVault";

    /// <summary>Name of the vault; resolves when it is locked, if it is to be.</summary>
    [Output("vaultName")]
    public Output<string> VaultName { get; private set; }

    /// <summary>ARN of the vault; resolves when it is locked, if it is to be.</summary>
    [Output("vaultArn")]
    public Output<string> VaultArn { get; private set; }

    public BackupVault(string name, BackupVaultArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var stays = args.Protected || args.Kept || args.Lock is not null;
        var vault = new Vault(
            name,
            // AWS deletes no vault with recovery points in it: where it is not kept, they go first.
            new VaultArgs { KmsKeyArn = args.KeyArn, ForceDestroy = !stays },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, RetainOnDelete = stays });
        VaultName = vault.Name;
        VaultArn = vault.Arn;
        if (args.Lock is { } given)
        {
            var made = MakeLock(name, vault, given, args);
            VaultName = made.BackupVaultName;
            // The vault's own ARN is known in a plan that adds the lock.
            VaultArn = vault.Arn.After(made.BackupVaultName);
        }

        RegisterOutputs();
    }

    private VaultLockConfiguration MakeLock(string name, Vault vault, VaultLock given, BackupVaultArgs args)
    {
        var configuration = new VaultLockConfigurationArgs { BackupVaultName = vault.Name };
        if (given.MinimumDays is { } minimum)
        {
            configuration.MinRetentionDays = minimum;
        }

        if (given.MaximumDays is { } maximum)
        {
            configuration.MaxRetentionDays = maximum;
        }

        if (given.ChangeableForDays is { } days)
        {
            configuration.ChangeableForDays = days;
        }

        // A lock in compliance mode cannot be taken off: trying to would end every destroy with an error.
        return new VaultLockConfiguration(
            $"{name}-lock",
            configuration,
            new CustomResourceOptions
            {
                Parent = this,
                Protect = args.Protected,
                RetainOnDelete = args.Protected || args.Kept || given.ChangeableForDays is not null,
                // A vault has one lock: taking the old one off after the new one is on would leave none.
                DeleteBeforeReplace = true,
            });
    }
}

/// <summary>How a vault is encrypted, and what keeps it.</summary>
public sealed class BackupVaultArgs : ResourceArgs
{
    public const bool DefaultKept = true;

    /// <summary>Key of the recovery points, in the vault's region. Changing it replaces the vault.</summary>
    public required Input<string> KeyArn { get; init; }

    /// <summary>Default none: administrators may delete what is in it.</summary>
    public VaultLock? Lock { get; init; }

    /// <summary>Whether recovery points are worth keeping when the vault leaves the program, allowed or not. Default true.</summary>
    public bool Kept { get; init; } = DefaultKept;

    /// <summary>Refuse deletion through Pulumi and keep the vault when it leaves the program; a locked one is kept anyhow. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>What a vault lock holds to.</summary>
/// <param name="MinimumDays">Recovery points that are kept for less are refused; null for no bound.</param>
/// <param name="MaximumDays">Recovery points that are kept for longer are refused; null for no bound.</param>
/// <param name="ChangeableForDays">
/// Days after which nobody, AWS among them, can change or delete lock and vault (compliance mode); null for a lock that principals with the permission can
/// take off (governance mode).
/// </param>
public sealed record VaultLock(int? MinimumDays, int? MaximumDays, int? ChangeableForDays)
{
    /// <summary>AWS Backup API reference, PutBackupVaultLockConfiguration: three days at least.</summary>
    public const int FewestDaysToChange = 3;
}
