namespace Tests.Stacks.Settings.Studios;

// Promise: addresses that browsers, cookies or certificates would refuse are refused in the stack file.
public sealed class StudiosHostRulesTests
{
    [Fact]
    public void Rejects_AConnectUrlWithoutHttps() =>
        StudiosSample
            .Messages(("studios.connectUrl", "\"http://connect.example.com\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith(
                """
                platform:studios.connectUrl: does not use https
                  given:   http://connect.example.com
                  allowed: https:// and a host name, with a port if it is not 443, without user, path or query
                """);

    [Fact]
    public void Rejects_AConnectUrlOutsideOfThePlatformsDomain() => StudiosSample.Messages(("studios.connectUrl", "\"https://connect.example.org\"")).ShouldBe([
        """
        platform:studios.connectUrl: lies in another domain than https://platform.example.com, so cookies do not reach both
          given:   https://connect.example.org
          allowed: a host in the domain of platform.url
          fix:     for example connectUrl: https://connect.platform.example.com
        """,
    ]);

    [Fact]
    public void Rejects_AConnectUrlWithTooFewLabels() => StudiosSample.Messages(("studios.connectUrl", "\"https://example.com\"")).ShouldBe([
        """
        platform:studios.connectUrl: leaves no domain for the sessions once its first label is dropped
          given:   https://example.com
          allowed: a host of 3 labels or more
          fix:     for example connectUrl: https://connect.platform.example.com
        """,
    ]);

    [Fact]
    public void Rejects_ThePlatformsOwnAddress() => StudiosSample.Messages(("studios.connectUrl", "\"https://platform.example.com\"")).ShouldBe([
        """
        platform:studios.connectUrl: is the address of the Platform itself
          given:   https://platform.example.com
          allowed: another host than platform.url
          fix:     for example connectUrl: https://connect.platform.example.com
        """,
    ]);

    [Fact]
    public void Takes_TwoLabelsWithPathRouting() =>
        StudiosSample.Messages(("studios.connectUrl", "\"https://example.com\""), ("studios.pathRouting", "true")).ShouldBeEmpty();

    [Theory]
    [InlineData("studios.example.com", "false", "is not a wildcard")]
    [InlineData("*.studios.example.org", "false", "lies in another domain than https://platform.example.com, so cookies do not reach the sessions")]
    [InlineData("*.studios.example.com", "true", "has no meaning with pathRouting, where sessions have no hosts")]
    public void Rejects_AWildcardThatIsNone(string wildcard, string pathRouting, string what) =>
        StudiosSample.Messages(("studios.sessionWildcard", $"\"{wildcard}\""), ("studios.pathRouting", pathRouting)).ShouldBe([
            $"""
            platform:studios.sessionWildcard: {what}
              given:   {wildcard}
              allowed: a wildcard in the domain of platform.url, and no pathRouting
              fix:     for example sessionWildcard: '*.studios.platform.example.com', or remove it
            """,
        ]);

    [Fact]
    public void Rejects_AnSshHostThatIsTaken() =>
        StudiosSample
            .Messages(("studios.ssh", """{ "workspaces": [], "ownHost": { "host": "connect.example.com" } }"""))
            .ShouldBe([
                """
                platform:studios.ssh.ownHost.host: is the host of the Platform or of connect-proxy, or a wildcard
                  given:   connect.example.com
                  allowed: one host other than those of platform.url and connectUrl
                  fix:     for example host: connect-ssh.example.com
                """,
            ]);

    [Fact]
    public void Rejects_TwoPlacesForSsh() =>
        StudiosSample
            .Messages(("studios.ssh", """{ "workspaces": [], "sameHost": {}, "ownHost": { "host": "ssh.example.com" } }"""))
            .ShouldBe([
                """
                platform:studios.ssh.ownHost: is given beside sameHost, but SSH has one address
                  allowed: sameHost or ownHost
                  fix:     remove one of sameHost and ownHost
                """,
            ]);

    [Theory]
    [InlineData(
        "sameHost",
        """{ "nodePort": 2222 }""",
        "platform:studios.ssh.sameHost.nodePort: is out of range\n  given:   2222\n  allowed: a whole number from 30000 to 32767"
    )]
    [InlineData("port", "70000", "platform:studios.ssh.port: is out of range\n  given:   70000\n  allowed: a whole number from 1 to 65535")]
    [InlineData("workspaces", """["research"]""", "platform:studios.ssh.workspaces[0]: is not a numeric id\n  given:   research\n  allowed: 1 to 18 digits")]
    public void Rejects_WrongNumbersOfSsh(string key, string json, string message) =>
        StudiosSample.Messages(("studios.ssh.workspaces", "[]"), ($"studios.ssh.{key}", json)).ShouldHaveSingleItem().ShouldStartWith(message);

    [Fact]
    public void Rejects_SshWithoutSayingForWhom() =>
        StudiosSample.Messages(("studios.ssh", "{}")).ShouldHaveSingleItem().ShouldStartWith("platform:studios.ssh.workspaces: ");
}
