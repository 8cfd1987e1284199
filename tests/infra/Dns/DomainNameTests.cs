using FsCheck;
using FsCheck.Fluent;
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
    public void Rejects_WhatIsNoDomainName(string text) => Should.Throw<FormatException>(() => DomainName.Parse(text)).Message.ShouldBe(
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

    [Fact]
    public void Wildcard_CoversEveryChild_AndNeverItsOwnParent() => Prop.ForAll(
        Names.ToArbitrary(),
        name => name.Wildcard().Covers(name.Child("session")) && !name.Wildcard().Covers(name) && name.Child("session").Parent() == name).QuickCheckThrowOnFailure();
}
