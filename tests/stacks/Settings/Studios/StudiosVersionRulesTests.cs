namespace Tests.Stacks.Settings.Studios;

// Promise: a feature that the chosen versions cannot do is refused before anything is deployed, and the message says which version can.
public sealed class StudiosVersionRulesTests
{
    [Fact]
    public void TheSample_IsValid() => StudiosSample.Messages().ShouldBeEmpty();

    [Fact]
    public void Rejects_DataStudiosBefore2414() => StudiosSample.Messages(("studios.platform.version", "\"24.1.3\"")).ShouldBe([
        """
        platform:studios.platform.version: cannot run Studios
          given:   24.1.3
          allowed: 24.1.4 up to, not including, 26.2.0
          fix:     upgrade the Platform to 24.1.4 or newer first
        """,
    ]);

    [Fact]
    public void Rejects_APlatformNewerThanTheMatrix() => StudiosSample.Messages(("studios.platform.version", "\"v27.1.0\"")).ShouldBe([
        """
        platform:studios.platform.version: is newer than the version matrix
          given:   27.1.0
          allowed: 24.1.4 up to, not including, 26.2.0
          fix:     add its row to infra/Versions/versions.json
        """,
    ]);

    [Fact]
    public void Rejects_DataStudiosOutsideOfAws() =>
        StudiosSample
            .Messages(("studios.platform.version", "\"24.2.0\""), ("cluster.existing.kind", "\"gke\""))
            .ShouldBe([
                """
                platform:studios.platform.version: runs Data Studios on aws only, and the cluster is not one of EKS
                  given:   24.2.0
                  allowed: 25.1.0 or newer, or a cluster of EKS
                  fix:     set platform:cluster.existing.kind: eks if it is one, or upgrade the Platform
                """,
            ]);

    [Fact]
    public void Rejects_SshOnAPlatformWithoutIt() => StudiosSample.Messages(
        ("studios.platform.version", "\"25.3.1\""),
        ("studios.connectVersion", "\"0.10.0\""),
        ("studios.ssh", """{ "workspaces": "all" }"""),
        ("studios.defaultTemplates", "false")).ShouldBe([
        """
        platform:studios.platform.version: does not support SSH, which ssh needs
          given:   25.3.1
          allowed: Platform 25.3.3 and connect 0.10.0 or newer
          fix:     upgrade the Platform to 25.3.3 or newer, or remove ssh
        """,
    ]);

    [Fact]
    public void Rejects_SshOnConnect09() =>
        StudiosSample
            .Messages(("studios.connectVersion", "\"0.9.0\""), ("studios.ssh", """{ "workspaces": "all" }"""))
            .ShouldBe([
                """
                platform:studios.connectVersion: does not support SSH, which ssh needs
                  given:   0.9.0
                  allowed: Platform 25.3.3 and connect 0.10.0 or newer
                  fix:     set connectVersion: 0.10.0 or newer, or remove ssh
                """,
            ]);

    [Fact]
    public void Rejects_PathRoutingBefore252() =>
        StudiosSample
            .Messages(("studios.platform.version", "\"25.1.0\""), ("studios.pathRouting", "true"), ("studios.defaultTemplates", "false"))
            .ShouldBe([
                """
                platform:studios.platform.version: does not support path routing, which pathRouting needs
                  given:   25.1.0
                  allowed: Platform 25.2.0 and connect 0.8.2 or newer
                  fix:     upgrade the Platform to 25.2.0 or newer, or remove pathRouting
                """,
                """
                platform:studios.connectVersion: does not support path routing, which pathRouting needs
                  given:   0.8.0
                  allowed: Platform 25.2.0 and connect 0.8.2 or newer
                  fix:     set connectVersion: 0.8.2 or newer, or remove pathRouting
                """,
            ]);

    [Fact]
    public void Rejects_TrustedProxiesBeforeConnect012() => StudiosSample.Messages(("studios.proxy.trustedProxies", """["10.0.0.0/8"]""")).ShouldBe([
        """
        platform:studios.connectVersion: does not support trusted proxy CIDRs, which proxy.trustedProxies needs
          given:   0.11.0
          allowed: connect 0.12.0 or newer
          fix:     set connectVersion: 0.12.0 or newer, or remove proxy.trustedProxies
        """,
    ]);

    [Fact]
    public void Rejects_SessionDefaultsBefore261() =>
        StudiosSample
            .Messages(("studios.platform.version", "\"25.3.6\""), ("studios.sessions", """{ "lifespanHours": 8 }"""))
            .ShouldBe([
                """
                platform:studios.platform.version: does not support session defaults (lifespan, privacy, metrics, framing), which sessions needs
                  given:   25.3.6
                  allowed: Platform 26.1.0 or newer
                  fix:     upgrade the Platform to 26.1.0 or newer, or remove sessions
                """,
            ]);

    [Theory]
    [InlineData("26.1.3", "0.7.0", "older", "0.9.0", "0.11.0")]
    [InlineData("26.1.3", "0.7.2", "older", "0.9.0", "0.11.0")]
    [InlineData("26.1.3", "0.8.9", "older", "0.9.0", "0.11.0")]
    [InlineData("26.1.3", "0.13.0", "newer", "0.9.0", "0.11.0")]
    [InlineData("26.1.3", "9.9.9", "newer", "0.9.0", "0.11.0")]
    [InlineData("25.3.4", "0.7.2", "older", "0.8.0", "0.10.0")]
    [InlineData("25.1.0", "0.7.0", "older", "0.7.1", "0.8.0")]
    [InlineData("24.1.4", "0.6.0", "older", "0.7.1", "0.7.2")]
    public void Rejects_AConnectThatTheVendorDoesNotSupport(string platform, string connect, string what, string oldest, string own) =>
        StudiosSample
            .Messages(("studios.platform.version", $"\"{platform}\""), ("studios.connectVersion", $"\"{connect}\""), ("studios.defaultTemplates", "false"))
            .ShouldBe([
                $"""
                platform:studios.connectVersion: is {what} than any connect that the vendor supports with Platform {platform}
                  given:   {connect}
                  allowed: {oldest} up to, not including, 0.13.0
                  fix:     remove connectVersion to have {own}, or set one of these
                """,
            ]);

    [Theory]
    [InlineData("26.1.3", "0.9.0")]
    [InlineData("26.1.3", "0.10.3")]
    [InlineData("26.1.3", "0.12.1")]
    [InlineData("25.1.0", "0.7.2")]
    public void Takes_TheTwoMinorVersionsBefore_AndNewerOnes(string platform, string connect) => StudiosSample
        .Messages(("studios.platform.version", $"\"{platform}\""), ("studios.connectVersion", $"\"{connect}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("26.1.0-rc.1", "26.1.0", "25.3.6", "0.11.0")]
    [InlineData("26.1.3-beta", "26.1.3", "26.1.0", "0.11.0")]
    [InlineData("25.3.3-rc1", "25.3.3", "25.3.0", "0.9.0")]
    public void Says_WhatAPreReleaseIsTakenFor(string version, string final, string row, string connect) =>
        StudiosSample.Warnings(("studios.platform.version", $"\"{version}\"")).ShouldBe([
            $"""
            platform:studios.platform.version: is a pre-release, older than {final}, and is taken for what came before: Platform {row} with connect {connect}
              given:   {version}
              allowed: a release
              fix:     set version: {final} to have what that release has
            """,
        ]);

    [Fact]
    public void Says_WhatAPreReleaseOfConnectLacks() => StudiosSample.Warnings(("studios.connectVersion", "\"0.11.0-rc.2\"")).ShouldBe([
        """
        platform:studios.connectVersion: is a pre-release, and is taken for older than 0.11.0: features of 0.11.0 are refused
          given:   0.11.0-rc.2
          allowed: a release
          fix:     set connectVersion: 0.11.0
        """,
    ]);

    [Fact]
    public void Rejects_HelmWithoutARelease() => StudiosSample.Messages(("studios.platform.install", "\"helm\"")).ShouldBe([
        """
        platform:studios.platform.helmRelease: is missing with install: helm, so the Platform's objects have no names
          allowed: the name of the Helm release
          fix:     add helmRelease: <name>; helm list --namespace <namespace> shows it
        """,
    ]);

    [Fact]
    public void Rejects_ASmallSigningKey() => StudiosSample.Messages(("studios.signingKey.bits", "1024")).ShouldHaveSingleItem().ShouldStartWith(
        """
        platform:studios.signingKey.bits: is not one of the values there are
          given:   1024
          allowed: one of 2048, 3072, 4096
        """);
}
