using System.Collections.Immutable;
using Infra.Backups;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Backups;

// Promise: a plan keeps what it was told to for as long as it was told to, in two places where asked, and a lock is what its mode says.
public sealed class BackupTests
{
    [Fact]
    public async Task APlan_KeepsAndCopies()
    {
        var deployed = await Deployed.Of(() => Plan(new(120, 30), new BackupCopy("arn:other-vault", 400)));

        deployed.Inputs("backup").ShouldBe(Deployed.Json(
            """
            {
              "rules": [{
                "ruleName": "scheduled", "schedule": "cron(0 3 * * ? *)", "startWindow": 60, "targetVaultName": "vault",
                "lifecycle": { "coldStorageAfter": 30, "deleteAfter": 120 },
                "copyActions": [{ "destinationVaultArn": "arn:other-vault", "lifecycle": { "deleteAfter": 400 } }],
                "recoveryPointTags": { "pulumi:stack": "test" }
              }]
            }
            """));
        deployed.Inputs("backup-selection").ShouldBe(Deployed.Json(
            """{ "iamRoleArn": "arn:aws:test:eu-west-1:123456789012:backup-role", "planId": "backup_id", "resources": ["arn:efs"] }"""));
    }

    [Fact]
    public async Task WhatIsNotAsked_IsNotSaid() => (await Deployed.Of(() => Plan(new(35, null), null))).Inputs("backup").ShouldBe(Deployed.Json(
        """
        {
          "rules": [{
            "ruleName": "scheduled", "schedule": "cron(0 3 * * ? *)", "startWindow": 60, "targetVaultName": "vault",
            "lifecycle": { "deleteAfter": 35 }, "recoveryPointTags": { "pulumi:stack": "test" }
          }]
        }
        """));

    // One that keeps may not bring back, and the other way about.
    [Fact]
    public async Task TwoRoles_HaveAPolicyEach()
    {
        var deployed = await Deployed.Of(() => Plan(new(35, null), null));

        deployed.Inputs("backup-role").ShouldBe(Deployed.Json(
            """
            {
              "assumeRolePolicy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Backup\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"backup.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}",
              "description": "Backups of studio-test by AWS Backup"
            }
            """));
        deployed.Inputs("backup-role-policy").ShouldContain("arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup\"");
        deployed.Inputs("backup-restore-role-policy").ShouldContain("arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores\"");
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData("""{ "backupVaultName": "VAULT" }""", null, null, false)]
    [InlineData("""{ "backupVaultName": "VAULT", "minRetentionDays": 7 }""", 7, null, false)]
    [InlineData("""{ "backupVaultName": "VAULT", "changeableForDays": 14, "minRetentionDays": 7 }""", 7, 14, false)]
    public async Task AVault_GoesWithItsContent_WhereItIsNotKept_UnlessItIsLocked(string? expected, int? minimum, int? changeable, bool goes)
    {
        var vaultLock = expected is null ? null : new VaultLock(minimum, null, changeable);
        var deployed = await Deployed.Of(() => new BackupVault("vault", new BackupVaultArgs { KeyArn = "arn:key", Kept = false, Lock = vaultLock }));

        deployed.Inputs("vault").ShouldBe(Deployed.Json($$"""{ "forceDestroy": {{(goes ? "true" : "false")}}, "kmsKeyArn": "arn:key" }"""));
        deployed.Has("vault-lock").ShouldBe(expected is not null);
        if (expected is not null)
        {
            deployed.Inputs("vault-lock").ShouldBe(Deployed.Json(expected.Replace("VAULT", MockValues.AutomaticName("vault"), StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task BackupPlan_HasTheseChildren() => (await Deployed.Of(options => Plan(new(35, null), null, options))).Lineages.ShouldBe([
        "platform:backups:BackupPlan$aws:backup/plan:Plan::backup",
        "platform:backups:BackupPlan$aws:backup/selection:Selection::backup-selection",
        "platform:backups:BackupPlan$aws:iam/role:Role::backup-restore-role",
        "platform:backups:BackupPlan$aws:iam/role:Role::backup-role",
        "platform:backups:BackupPlan$aws:iam/rolePolicyAttachment:RolePolicyAttachment::backup-restore-role-policy",
        "platform:backups:BackupPlan$aws:iam/rolePolicyAttachment:RolePolicyAttachment::backup-role-policy",
        "platform:backups:BackupPlan::backup",
    ]);

    [Fact]
    public async Task BackupVault_HasTheseChildren() => (
        await Deployed.Of(options => new BackupVault("vault", new BackupVaultArgs { KeyArn = "arn:key", Lock = new VaultLock(7, null, null) }, options))
    ).Lineages.ShouldBe([
        "platform:backups:BackupVault$aws:backup/vault:Vault::vault",
        "platform:backups:BackupVault$aws:backup/vaultLockConfiguration:VaultLockConfiguration::vault-lock",
        "platform:backups:BackupVault::vault",
    ]);

    // Whoever destroys a stack has not said that its backups may go.
    [Fact]
    public async Task AVault_StaysByItself() =>
        (await Deployed.Of(() => new BackupVault("vault", new BackupVaultArgs { KeyArn = "arn:key" }))).Inputs("vault").ShouldBe(
            Deployed.Json("""{ "forceDestroy": false, "kmsKeyArn": "arn:key" }"""));

    private static BackupPlan Plan(BackupRetention retention, BackupCopy? copy, ComponentResourceOptions? options = null) => new(
        "backup",
        new BackupPlanArgs
        {
            Account = AwsParts.Account(),
            Copy = copy,
            DisplayName = "studio-test",
            ResourceArns = "arn:efs",
            Retention = retention,
            Tags = ImmutableDictionary<string, string>.Empty.Add("pulumi:stack", "test"),
            VaultName = "vault",
        },
        options);
}
