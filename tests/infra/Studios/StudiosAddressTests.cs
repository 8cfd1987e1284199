using FsCheck;
using FsCheck.Fluent;
using Infra.Dns;
using Infra.Studios;

namespace Tests.Infra.Studios;

// Platform, proxy and browsers compare these addresses as texts: one trailing slash too many and nobody signs in.
public class StudiosAddressTests
{
    private static readonly Gen<string> Label = Gen.Elements("a", "connect", "studios", "x1", "b-c");

    [Fact]
    public void TheWildcard_CoversSessionsBesideConnect() => Prop.ForAll(Arb.From(Gen.NonEmptyListOf(Label)), Arb.From(Label), (labels, session) =>
    {
        var connect = DomainName.Parse($"connect.{string.Join('.', labels.Take(5))}.example");
        var address = StudiosAddress.Plan(WebOrigin.Parse("https://example.com"), WebOrigin.Parse($"https://{connect}"), pathRouting: false);
        var wildcard = ((SessionRouting.Subdomain)address.Hosts.Sessions).Wildcard;
        return wildcard.Covers(connect) && wildcard.Covers(connect.Parent().Child(session)) && !wildcard.Covers(connect.Child(session));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PathRouting_HasNoWildcardAnywhere()
    {
        var address = StudiosAddress.Plan(WebOrigin.Parse("https://platform.example.com"), WebOrigin.Parse("https://connect.example.com/"), pathRouting: true);

        address.IsPathRouted.ShouldBeTrue();
        address.Hosts.All.Select(host => host.Text).ShouldBe(["platform.example.com", "connect.example.com"]);
    }

    [Fact]
    public void TheWildcard_CanBeGiven()
    {
        var address = StudiosAddress.Plan(
            WebOrigin.Parse("https://example.com/"), WebOrigin.Parse("https://connect.example.com"), pathRouting: false, DomainName.Parse("*.studios.example.com"), DomainName.Parse("ssh.example.com"));

        address.Hosts.All.Select(host => host.Text).ShouldBe(["example.com", "connect.example.com", "ssh.example.com", "*.studios.example.com"]);
        (address.Platform.Text, address.Connect.Text).ShouldBe(("https://example.com", "https://connect.example.com"));
    }

    [Theory]
    [InlineData("platform.example.com", "connect.example.com", "example.com")]
    [InlineData("example.com", "connect.example.com", "example.com")]
    [InlineData("example.com", "connect.example.org", null)]
    [InlineData("example.com", "connect.other.com", null)]
    public void SharedDomain_IsTheDeepestNameAboveBoth(string one, string other, string? shared) =>
        StudiosAddress.SharedDomain(DomainName.Parse(one), DomainName.Parse(other))?.Text.ShouldBe(shared);
}
