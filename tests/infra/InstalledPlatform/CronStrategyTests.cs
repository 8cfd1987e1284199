using Infra.InstalledPlatform;
using Pulumi;

namespace Tests.Infra.InstalledPlatform;

// Promise: cron never runs twice, and an operator who has to change its strategy by hand is told how.
public sealed class CronStrategyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Recreate")]
    public void ACron_IsRecreated(string? current) => CronStrategy.Require(current, "seqera", "cron").ShouldBe("Recreate");

    [Fact]
    public void Rejects_ARollingCron_WithTheCommandThatChangesIt() => Should.Throw<RunException>(() => CronStrategy.Require("RollingUpdate", "seqera", "cron")).Message.ShouldBe(
        "Deployment seqera/cron replaces its pods by RollingUpdate, so that two crons would run for a while and do every job twice. It must be Recreate, which cannot be patched in from "
        + "here. Run once: kubectl --namespace seqera patch deployment cron --type json --patch '[{\"op\": \"replace\", \"path\": \"/spec/strategy\", \"value\": {\"type\": \"Recreate\"}}]'");
}
