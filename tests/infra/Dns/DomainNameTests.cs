using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Dns;

namespace Tests.Infra.Dns;

// Promise: what is called a domain name is one, and a wildcard covers exactly what a browser accepts it for.
public sealed class DomainNameTests
{
    private static readonly Gen<DomainName> Names =
        from labels in Gen.Elements("a", "connect", "studios", "example", "x-1").NonEmptyListOf()
        select DomainName.Parse(string.Join('.', labels.Take(6).Append("com")));

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("Connect.Example.COM", "connect.example.com")]
    [InlineData("*.example.com", "*.example.com")]
    public void Parse_TakesNames_InLowerCase(string given, string expected) => DomainName.Parse(given).Text.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("example")]
    [InlineData("https://example.com")]
    [InlineData("example.com:443")]
    [InlineData("example.com/")]
    [InlineData("-a.com")]
    [InlineData("a_b.com")]
    [InlineData("*.*.com")]
    [InlineData("a.*.com")]
    [InlineData("example..com")]
    public void Rejects_WhatIsNoDomainName(string text) =>
        Should
            .Throw<FormatException>(() => DomainName.Parse(text))
            .Message.ShouldBe(
                $"'{text}' is not a domain name: it must have two or more labels of letters, digits and inner hyphens, without scheme, port or path; the first label may be '*'.");

    [Theory]
    [InlineData("*.example.com", "connect.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "a.connect.example.com", false)]
    [InlineData("*.example.com", "*.example.com", true)]
    [InlineData("*.example.com", "connect.badexample.com", false)]
    [InlineData("example.com", "example.com", true)]
    public void Covers_OneLabelOnly(string certificate, string host, bool expected) =>
        DomainName.Parse(certificate).Covers(DomainName.Parse(host)).ShouldBe(expected);

    [Property]
    public Property Wildcard_CoversEveryChild_AndNeverItsOwnParent() =>
        Prop.ForAll(
                Names.ToArbitrary(),
                name => name.Wildcard().Covers(name.Child("session")) && !name.Wildcard().Covers(name) && name.Child("session").Parent() == name);
}

// Promise: both ends of the OIDC registration spell an address alike, however it was typed.
public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://platform.example.com", "https://platform.example.com", 443)]
    [InlineData("https://platform.example.com/", "https://platform.example.com", 443)]
    [InlineData("https://Platform.Example.com:443/", "https://platform.example.com", 443)]
    [InlineData("http://platform.example.com:8000", "http://platform.example.com:8000", 8000)]
    public void Parse_DropsTheTrailingSlash(string given, string expected, int port)
    {
        var origin = WebOrigin.Parse(given);

        origin.Text.ShouldBe(expected);
        origin.Port.ShouldBe(port);
    }

    [Theory]
    [InlineData("platform.example.com")]
    [InlineData("https://platform.example.com/login")]
    [InlineData("https://user@platform.example.com")]
    [InlineData("https://platform.example.com?x=1")]
    [InlineData("ftp://platform.example.com")]
    public void Rejects_WhatIsMoreOrLessThanAnOrigin(string text) => Should.Throw<FormatException>(() => WebOrigin.Parse(text)).Message.ShouldBe(
        $"'{text}' is not the address of a web server: it must be https:// and a host, optionally with a port, without path or user.");
}

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

// Promise: one certificate covers every host, and no DNS record is asked for twice (Route 53 refuses the second).
public sealed class CertificateNamesTests
{
    private static readonly Gen<IReadOnlyList<DomainName>> Hosts =
        from count in Gen.Choose(1, 8)
        from names in Gen.ArrayOf(
            Gen.Elements(
                "example.com",
                "*.example.com",
                "connect.example.com",
                "a.connect.example.com",
                "*.connect.example.com",
                "platform.example.com",
                "studios.example.com",
                "*.studios.example.com"),
            count)
        select (IReadOnlyList<DomainName>)[.. names.Select(DomainName.Parse)];

    [Property]
    public Property EveryHost_IsCovered() => Prop.ForAll(Arb.From(Hosts), hosts =>
        hosts.All(host => CertificateNames.Covering(hosts).Names.Any(name => name.Covers(host))));

    [Property]
    public Property Proofs_AreDistinct_AndProveEveryName() =>
        Prop.ForAll(
                Arb.From(Hosts),
                hosts =>
                {
                    var (names, proofs) = CertificateNames.Covering(hosts);
                    return proofs.Distinct().Count() == proofs.Length
                        && proofs.All(proof => !proof.IsWildcard)
                        && names.All(name => proofs.Contains(CertificateNames.ProofOf(name)));
                });

    [Fact]
    public void AnApexAndItsWildcard_NeedOneRecord() => Covering("example.com", "connect.example.com", "*.example.com").ShouldBe(
        new CertificateNames([DomainName.Parse("example.com"), DomainName.Parse("*.example.com")], [DomainName.Parse("example.com")]));

    [Fact]
    public void AStudiosDomainOfItsOwn_NeedsARecordOfItsOwn() =>
        Covering("platform.example.com", "connect.studios.example.com", "*.studios.example.com")
            .ShouldBe(
                new CertificateNames(
                    [DomainName.Parse("platform.example.com"), DomainName.Parse("*.studios.example.com")],
                    [DomainName.Parse("platform.example.com"), DomainName.Parse("studios.example.com")]));

    [Fact]
    public void ALongName_IsNotTheFirst()
    {
        var longName = $"{new string('a', 60)}.example.com";

        Covering(longName, "connect.example.com").Names.Select(name => name.Text).ShouldBe(["connect.example.com", longName]);
    }

    private static CertificateNames Covering(params string[] hosts) => CertificateNames.Covering([.. hosts.Select(DomainName.Parse)]);
}
