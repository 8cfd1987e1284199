using Infra.Dns;

namespace Tests.Infra.Dns;

// Promise: two hosts belong together only if one owner registered the name above both, as browsers see it.
public sealed class PublicSuffixesTests
{
    // From the tests that publicsuffix.org publishes, for rules, wildcards, exceptions and names in ASCII form; and private suffixes.
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("b.example.com", "example.com")]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("b.domain.biz", "domain.biz")]
    [InlineData("a.b.example.uk.com", "example.uk.com")]
    [InlineData("b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("a.b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("c.kobe.jp", null)]
    [InlineData("test.ck", null)]
    [InlineData("b.test.ck", "b.test.ck")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("www.www.ck", "www.ck")]
    [InlineData("co.uk", null)]
    [InlineData("acme.co.uk", "acme.co.uk")]
    [InlineData("connect.acme.co.uk", "acme.co.uk")]
    [InlineData("*.co.uk", null)]
    [InlineData("*.acme.co.uk", "acme.co.uk")]
    [InlineData("k12.ak.us", null)]
    [InlineData("www.test.k12.ak.us", "test.k12.ak.us")]
    [InlineData("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("studios.github.io", "studios.github.io")]
    [InlineData("github.io", null)]
    [InlineData("connect.lab.internal", "lab.internal")]
    public void ANameIsRegistered_OneLabelBeforeItsSuffix(string name, string? registered) =>
        (PublicSuffixes.Registered(DomainName.Parse(name)) is { } found ? found.Text : null).ShouldBe(registered);

    [Theory]
    [InlineData("connect.example.com", "com")]
    [InlineData("connect.acme.co.uk", "co.uk")]
    [InlineData("x.y.compute.amazonaws.com.cn", "y.compute.amazonaws.com.cn")]
    public void ASuffix_IsTheLongestRule(string name, string suffix) => PublicSuffixes.Of(DomainName.Parse(name)).ShouldBe(suffix);
}
