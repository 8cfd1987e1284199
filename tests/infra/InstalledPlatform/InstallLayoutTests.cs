using Infra.InstalledPlatform;

namespace Tests.Infra.InstalledPlatform;

// The names decide whether anything is found: the guides' own differ from what their manifests create.
public class InstallLayoutTests
{
    [Fact]
    public void TheManifests_ShareOneConfigMap() =>
        InstallLayout.Manifests.ShouldBe(new InstallLayout("tower-backend-cfg", "tower-yml", "backend", "backend", "cron", "backend", "/data/certs", CronReadsBackendConfigMap: true));

    [Theory]
    [InlineData("seqera", "seqera-platform")]
    [InlineData("platform", "platform")]
    [InlineData("my-platform-prod", "my-platform-prod")]
    public void TheChart_NamesThingsAfterItsRelease(string release, string fullName) => InstallLayout.Helm(release).ShouldBe(new InstallLayout(
        $"{fullName}-backend", $"{fullName}-tower-yml", $"{fullName}-backend", "backend", $"{fullName}-cron", "cron", "/data/studio-platform-certs", CronReadsBackendConfigMap: false));
}
