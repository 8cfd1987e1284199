namespace Tests.Stacks.Settings.Aws;

// Promise: a plan that AWS would refuse, that would keep nothing, or that nobody could undo without having said so, is refused with what to write instead.
public sealed class BackupRulesTests
{
    private static readonly (string Path, string? Json) Once = ("storage.efs.backup", "false");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "schedule": "cron(30 */6 ? * MON-FRI *)" }""")]
    [InlineData("""{ "retentionDays": 120, "coldStorageAfterDays": 30 }""")]
    [InlineData("""{ "copy": { "region": "eu-central-1", "retentionDays": 400 } }""")]
    [InlineData("""{ "lock": { "mode": "governance", "minimumDays": 7, "maximumDays": 365 } }""")]
    [InlineData("""{ "lock": { "mode": "compliance", "changeableForDays": 3, "confirm": "irreversible" } }""")]
    public void Takes(string backup) => AwsSample.Read(Once, ("backup", backup)).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "schedule": "0 3 * * *" }""", "schedule: is not a schedule of AWS Backup")]
    // Every minute, and two days that contradict each other.
    [InlineData("""{ "schedule": "cron(* * * * ? *)" }""", "schedule: is not a schedule of AWS Backup")]
    [InlineData("""{ "schedule": "cron(0 3 * * * *)" }""", "schedule: is not a schedule of AWS Backup")]
    [InlineData("""{ "retentionDays": 100, "coldStorageAfterDays": 30 }""",
        "retentionDays: ends before a recovery point has been in cold storage for 90 days, which AWS Backup demands")]
    [InlineData("""{ "copy": { "region": "eu-west-1" } }""", "copy.region: is the region of the stack, where the first copy is")]
    [InlineData("""{ "copy": { "region": "us-gov-west-1" } }""", "copy.region: is in another partition of AWS than eu-west-1, where the account has no vault")]
    [InlineData("""{ "lock": { "mode": "governance", "minimumDays": 36 } }""", "retentionDays: is outside of what the lock lets in, so that every backup would fail")]
    [InlineData("""{ "copy": { "region": "eu-central-1", "retentionDays": 400 }, "lock": { "mode": "governance", "maximumDays": 365 } }""",
        "copy.retentionDays: is outside of what the lock lets in, so that every backup would fail")]
    [InlineData("""{ "lock": { "mode": "governance", "minimumDays": 35, "maximumDays": 34 } }""",
        "lock.maximumDays: is below minimumDays, 35, and no recovery point could be both",
        "retentionDays: is outside of what the lock lets in, so that every backup would fail")]
    [InlineData("""{ "lock": { "mode": "governance", "changeableForDays": 14 } }""",
        "lock.changeableForDays: is for mode: compliance: a lock in governance mode can be changed at any time")]
    [InlineData("""{ "lock": { "mode": "compliance", "confirm": "irreversible" } }""",
        "lock.changeableForDays: is missing: without a date the lock would be one in governance mode")]
    [InlineData("""{ "lock": { "mode": "compliance", "changeableForDays": 2, "confirm": "irreversible" } }""", "lock.changeableForDays: is out of range")]
    public void Rejects(string backup, params string[] first) => AwsSample.Messages(Once, ("backup", backup))
        .Select(message => message.Split('\n')[0]).ShouldBe(first.Select(line => $"platform:backup.{line}"), ignoreOrder: true);

    [Theory]
    [InlineData("")]
    [InlineData(""", "confirm": "yes" """)]
    public void Rejects_WhatNobodyCanUndo_UntilItIsSaid(string confirm) =>
        AwsSample.Messages(Once, ("backup", $$"""{ "lock": { "mode": "compliance", "changeableForDays": 14{{confirm}} } }""")).ShouldBe([
            $"""
            platform:backup.lock.confirm: does not say that it is understood: after changeableForDays nobody can remove the lock, shorten a retention, or delete the vault or a recovery point in it, and all of them are paid for until they end
            {(confirm.Length == 0 ? "" : "  given:   yes\n")}  allowed: irreversible
              fix:     confirm: irreversible, or mode: governance
            """.Replace("\n\n", "\n", StringComparison.Ordinal),
        ]);

    [Theory]
    [InlineData("""{ "nfs": { "server": "10.0.0.5", "path": "/exports" } }""")]
    [InlineData("""{ "fsxLustre": { "capacityGiB": 1200, "deployment": "scratch" } }""")]
    public void Rejects_WhatHasNothingToKeep(string storage) => AwsSample.Messages(("storage", storage), ("backup", "{}")).ShouldBe([
        """
        platform:backup: finds nothing to keep: AWS Backup takes EFS, and FSx for Lustre where it is persistent
          allowed: given beside one of them
          fix:     storage: { efs: {} }, or remove platform:backup
        """,
    ]);

    [Fact]
    public void Rejects_ColdStorageOfLustre() =>
        AwsSample.Messages(("storage", """{ "fsxLustre": { "capacityGiB": 1200 } }"""), ("backup", """{ "retentionDays": 200, "coldStorageAfterDays": 30 }"""))
            .Select(message => message.Split('\n')[0])
            .ShouldBe(["platform:backup.coldStorageAfterDays: has no effect: AWS Backup has no cold storage for FSx for Lustre"]);

    [Fact]
    public void ProductionFiles_AreKeptByThePlanInstead() =>
        AwsSample.Read(("production", "true"), Once, ("backup", "{}")).Problems.ShouldBeEmpty();
}
