using Infra.Accounts;
using Infra.Backups;
using Infra.Encryption;
using Infra.Storage;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Copies of what keeps data, here and in another region.</summary>
internal static class BackupWiring
{
    public static void Create(BackupSettings settings, IEnumerable<IBackedUp> sources, StackContext stack)
    {
        var vault = Vault("backup", settings, stack.Aws.Account, stack.Aws.Options(), stack);
        var copy = settings.Copy is { } other ? new BackupCopy(CopyVault(settings, other, stack).VaultArn, settings.CopyRetentionDays) : null;
        new BackupPlan(
            "backup-plan",
            new BackupPlanArgs
            {
                Account = stack.Aws.Account,
                Copy = copy,
                DisplayName = stack.Aws.Name,
                ResourceArns = [.. sources.Select(source => source.Arn)],
                Retention = new(settings.RetentionDays, settings.ColdStorageAfterDays),
                Schedule = settings.Schedule,
                Tags = stack.Aws.Tags,
                VaultName = vault.VaultName,
            },
            stack.Aws.Options());
    }

    private static BackupVault CopyVault(BackupSettings settings, BackupCopySettings copy, StackContext stack)
    {
        var account = new AwsAccount(
            "backup-copy-region",
            new AwsAccountArgs { Region = copy.Region, AllowedAccountIds = stack.Settings.Aws!.AccountIds, Tags = stack.Aws.Tags });
        return Vault("backup-copy", settings, account, new ComponentResourceOptions { Providers = { account.Provider } }, stack);
    }

    // A key of its own: recovery points are there to outlive what they were made of, its key included.
    private static BackupVault Vault(
        string name, BackupSettings settings, AwsAccount account, ComponentResourceOptions options, StackContext stack)
    {
        var key = new EncryptionKey(
            $"{name}-key",
            new EncryptionKeyArgs
            {
                Account = account,
                Description = $"Backups of {stack.Aws.Name}",
                Kept = settings.LeavesRecoveryPoints,
                Protected = stack.Protects(ProtectedParts.Backup),
            },
            options);
        return new BackupVault(
            $"{name}-vault",
            new BackupVaultArgs
            {
                KeyArn = key.Arn,
                Kept = settings.KeepVaults,
                Lock = settings.Lock?.Lock,
                Protected = stack.Protects(ProtectedParts.Backup),
            },
            options);
    }
}
