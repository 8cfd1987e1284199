using Infra.Dns;

namespace Tests.Infra.Dns;

// Promise: sessions are looked for where connect-proxy puts them, beside the connect host.
public sealed class SessionRoutingTests
{
    private static readonly DomainName Platform = DomainName.Parse("platform.example.com");

    [Theory]
    [InlineData("connect.example.com", "*.example.com")]
    [InlineData("connect.studios.example.com", "*.studios.example.com")]
    public void BesideConnect_ReplacesTheFirstLabel(string connect, string expected) =>
        SessionRouting.BesideConnect(DomainName.Parse(connect)).ShouldBe(new SessionRouting.Subdomain(DomainName.Parse(expected)));

    [Fact]
    public void Hosts_EndWithTheWildcard_SoThatExactHostsWin()
    {
        var connect = DomainName.Parse("connect.example.com");
        var hosts = new PlatformHosts(Platform, connect, SessionRouting.BesideConnect(connect), [connect, DomainName.Parse("ssh.example.com")]);

        hosts.All.Select(host => host.Text).ShouldBe(["platform.example.com", "connect.example.com", "ssh.example.com", "*.example.com"]);
    }

    [Fact]
    public void Hosts_HaveNoWildcard_WhenSessionsAreRoutedByPath() =>
        new PlatformHosts(Platform, DomainName.Parse("connect.example.com"), new SessionRouting.Path(), []).All
            .Select(host => host.Text).ShouldBe(["platform.example.com", "connect.example.com"]);
}
