using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Dns;
using Infra.InstalledPlatform;
using Infra.Manifests;
using Infra.Studios;
using Infra.Versions;
using Pulumi;

namespace Tests.Infra.InstalledPlatform;

// The Platform's variables, complete, for every row of the version matrix: what is not listed here is not set.
public class PlatformStudiosTests
{
    private static readonly VersionMatrix Matrix = VersionMatrix.Current;

    private static readonly StudiosAddress Address = StudiosAddress.Plan(
        WebOrigin.Parse("https://example.com"),
        WebOrigin.Parse("https://connect.example.com"),
        pathRouting: false);

    public static TheoryData<string> EveryVersion() => [.. VersionMatrix.Current.Releases.Select(row => row.From.ToString()), "26.1.3"];

    [Theory]
    [MemberData(nameof(EveryVersion))]
    public void EveryVersion_GetsItsVariablesAndNoOthers(string platform)
    {
        var version = SemanticVersion.Parse(platform);
        var release = Matrix.Release(version)!;
        var studios = new PlatformStudios(version, Address, WorkspaceAccess.Only([12345, 67890]), TemplateCatalog.Defaults(Matrix, release));
        var expected = new Dictionary<string, string>
        {
            ["TOWER_DATA_EXPLORER_ENABLED"] = "true",
            ["TOWER_DATA_STUDIO_CONNECT_URL"] = "https://connect.example.com",
        };
        if (version >= SemanticVersion.Parse("25.3.0"))
        {
            expected["TOWER_DATA_STUDIO_ALLOWED_WORKSPACES"] = "12345,67890";
        }

        foreach (var entry in Matrix.Catalogs[release.Catalog])
        {
            expected[$"TOWER_DATA_STUDIO_TEMPLATES_{entry.Key}_REPOSITORY"] = entry.Repository;
            expected[$"TOWER_DATA_STUDIO_TEMPLATES_{entry.Key}_ICON"] = entry.Icon;
            if (version >= SemanticVersion.Parse("25.1.0"))
            {
                expected[$"TOWER_DATA_STUDIO_TEMPLATES_{entry.Key}_TOOL"] = entry.Tool;
                expected[$"TOWER_DATA_STUDIO_TEMPLATES_{entry.Key}_STATUS"] = entry.Status!;
            }
        }

        studios.Variables(Matrix).ShouldBe(expected, ignoreOrder: true);
        studios.TowerYaml(Matrix).ShouldBe(version >= SemanticVersion.Parse("26.1.0") ? null : "[12345, 67890]");
    }

    [Fact]
    public void Everything_IsSaidAtOnce()
    {
        var studios = new PlatformStudios(
            SemanticVersion.Parse("26.1.3"),
            StudiosAddress.Plan(WebOrigin.Parse("https://example.com"), WebOrigin.Parse("https://connect.example.com"), pathRouting: true),
            WorkspaceAccess.Nobody,
            [],
            Ssh: new PlatformSsh(WorkspaceAccess.Everyone, 22, DomainName.Parse("ssh.example.com"), UserKeys: true, ["ssh-ed25519"]),
            Sessions: new SessionDefaults(8, true, "10m", WorkspaceAccess.Everyone, WorkspaceAccess.Nobody, 30),
            CustomImages: new CustomImageRegistry("registry.example.com", "studios", "none"));

        studios.Variables(Matrix).ShouldBe(new Dictionary<string, string>
        {
            ["TOWER_DATA_EXPLORER_ENABLED"] = "true",
            ["TOWER_DATA_STUDIO_ALLOWED_WORKSPACES"] = "",
            ["TOWER_DATA_STUDIO_CONNECT_IFRAME_ALLOWED_WORKSPACES"] = "",
            ["TOWER_DATA_STUDIO_CONNECT_SSH_ADDRESS"] = "ssh.example.com",
            ["TOWER_DATA_STUDIO_CONNECT_SSH_PORT"] = "22",
            ["TOWER_DATA_STUDIO_CONNECT_URL"] = "https://connect.example.com",
            ["TOWER_DATA_STUDIO_DEFAULT_LIFESPAN"] = "8",
            ["TOWER_DATA_STUDIO_ENABLE_PATH_ROUTING"] = "true",
            ["TOWER_DATA_STUDIO_FORCE_STOP_THRESHOLD"] = "10m",
            ["TOWER_DATA_STUDIO_PRIVATE_STUDIO_BY_DEFAULT"] = "true",
            ["TOWER_DATA_STUDIO_SSH_ALLOWED_WORKSPACES"] = "",
            ["TOWER_DATA_STUDIO_WAVE_CUSTOM_IMAGE_NAME_STRATEGY"] = "none",
            ["TOWER_DATA_STUDIO_WAVE_CUSTOM_IMAGE_REGISTRY"] = "registry.example.com",
            ["TOWER_DATA_STUDIO_WAVE_CUSTOM_IMAGE_REPOSITORY"] = "studios",
            ["TOWER_SSH_KEYS_MANAGEMENT_ENABLED"] = "true",
            ["TOWER_SSH_KEYS_SUPPORTED_TYPES"] = "ssh-ed25519",
            ["TOWER_STUDIO_METRICS_RETENTION_DAYS"] = "30",
        }, ignoreOrder: true);
    }

    [Property]
    public Property Variables_AreThePlatformsAndHoldNoSecret() => Prop.ForAll(
        Arb.From(Gen.Elements(VersionMatrix.Current.Releases.ToArray())),
        Arb.From(from path in Gen.Elements(true, false) from ssh in Gen.Elements(true, false) select (path, ssh)),
        Arb.From(Gen.Elements(WorkspaceAccess.Everyone, WorkspaceAccess.Nobody, WorkspaceAccess.Only([1, 2]))),
        (release, entry, access) =>
        {
            var studios = new PlatformStudios(
                release.From,
                StudiosAddress.Plan(WebOrigin.Parse("https://example.com"), WebOrigin.Parse("https://connect.example.com"), entry.path),
                access,
                TemplateCatalog.Defaults(Matrix, release),
                Ssh: entry.ssh ? new PlatformSsh(access, 22, null, UserKeys: true, []) : null);
            var names = studios.Variables(Matrix).Keys.ToList();
            return names.All(name => name.StartsWith("TOWER_"))
                && !names.Contains(PlatformStudios.TokenVariable) && !names.Contains(PlatformStudios.PemVariable)
                && names.Any(name => name.Contains("SSH")) == entry.ssh
                && names.Contains("TOWER_DATA_STUDIO_ENABLE_PATH_ROUTING") == entry.path;
        });

    [Fact]
    public void SshForNobody_LeavesItsVariableOut()
    {
        var studios = new PlatformStudios(
            SemanticVersion.Parse("26.1.3"),
            Address,
            WorkspaceAccess.Everyone,
            [],
            Ssh: new PlatformSsh(WorkspaceAccess.Nobody, 2222, null, UserKeys: false, []));

        studios.Variables(Matrix).Keys.ShouldBe(
        [
            "TOWER_DATA_EXPLORER_ENABLED",
            "TOWER_DATA_STUDIO_CONNECT_SSH_PORT",
            "TOWER_DATA_STUDIO_CONNECT_URL",
            "TOWER_SSH_KEYS_MANAGEMENT_ENABLED",
        ]);
    }

    [Fact]
    public void Rejects_AVersionOutsideOfTheMatrix() =>
        Should
            .Throw<ArgumentException>(() => new PlatformStudios(SemanticVersion.Parse("24.1.3"), Address, WorkspaceAccess.Everyone, []).Variables(Matrix))
            .Message.ShouldStartWith("Platform 24.1.3 is outside of the version matrix, 24.1.4 up to, not including, 26.2.0.");
}

/// <summary>Valid templates, for tests that need one.</summary>
internal static class StudioTemplates
{
    public static StudioTemplate Jupyter { get; } =
        new("JUPYTER", ImageReference.Parse("public.cr.seqera.io/platform/data-studio-jupyter:4.2.5-0.12"), "jupyter", "jupyter", "recommended");
}

// The names decide whether anything is found: the guides' own differ from what their manifests create.
public class InstallLayoutTests
{
    [Fact]
    public void TheManifests_ShareOneConfigMap() =>
        InstallLayout.Manifests.ShouldBe(
            new InstallLayout("tower-backend-cfg", "tower-yml", "backend", "backend", "cron", "backend", "/data/certs", CronReadsBackendConfigMap: true));

    [Theory]
    [InlineData("seqera", "seqera-platform")]
    [InlineData("platform", "platform")]
    [InlineData("my-platform-prod", "my-platform-prod")]
    public void TheChart_NamesThingsAfterItsRelease(string release, string fullName) =>
        InstallLayout
            .Helm(release)
            .ShouldBe(
                new InstallLayout(
                    $"{fullName}-backend",
                    $"{fullName}-tower-yml",
                    $"{fullName}-backend",
                    "backend",
                    $"{fullName}-cron",
                    "cron",
                    "/data/studio-platform-certs",
                    CronReadsBackendConfigMap: false));
}

// Promise: cron never runs twice, and an operator who has to change its strategy by hand is told how.
public sealed class CronStrategyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Recreate")]
    public void ACron_IsRecreated(string? current) => CronStrategy.Require(current, "seqera", "cron").ShouldBe("Recreate");

    [Fact]
    public void Rejects_ARollingCron_WithTheCommandThatChangesIt() =>
        Should
            .Throw<RunException>(() => CronStrategy.Require("RollingUpdate", "seqera", "cron"))
            .Message.ShouldBe(
                "Deployment seqera/cron replaces its pods by RollingUpdate, so that two crons would run for a while and do every job twice. It must be Recreate, which cannot be patched in from "
                    + "here. Run once: kubectl --namespace seqera patch deployment cron --type json --patch '[{\"op\": \"replace\", \"path\": \"/spec/strategy\", \"value\": {\"type\": \"Recreate\"}}]'");
}
