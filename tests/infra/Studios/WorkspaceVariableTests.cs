using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Dns;
using Infra.Studios;
using Infra.Versions;

namespace Tests.Infra.Studios;

// "Empty" means none for Studios and all for SSH, frames and metrics: each variable keeps its own rule, and every state has one spelling.
public class WorkspaceVariableTests
{
    private static readonly VersionMatrix Matrix = VersionMatrix.Current;

    private static readonly Gen<WorkspaceAccess> Accesses = Gen.OneOf(
        Gen.Constant(WorkspaceAccess.Everyone),
        Gen.Constant(WorkspaceAccess.Nobody),
        from ids in Gen.NonEmptyListOf(Gen.Choose(1, 999999)) select WorkspaceAccess.Only(ids.Select(id => (long)id)));

    private static readonly WorkspaceVariable[] Variables =
    [
        WorkspaceVariable.Studios,
        WorkspaceVariable.Ssh,
        WorkspaceVariable.Iframe,
        WorkspaceVariable.Metrics,
    ];

    [Property]
    public Property TwoStates_NeverShareASpelling() => Prop.ForAll(Arb.From(Accesses), Arb.From(Accesses), (one, other) =>
        Variables.All(variable => (one == other) == (variable.Render(one) == variable.Render(other))));

    [Fact]
    public void Studios_AreOnForAllWhenNothingIsSaid()
    {
        WorkspaceVariable.Studios.Render(WorkspaceAccess.Everyone).ShouldBeNull();
        WorkspaceVariable.Studios.Render(WorkspaceAccess.Nobody).ShouldBe("");
        WorkspaceVariable.Studios.Render(WorkspaceAccess.Only([67890, 12345, 12345])).ShouldBe("12345,67890");
    }

    [Theory]
    [InlineData("TOWER_DATA_STUDIO_SSH_ALLOWED_WORKSPACES")]
    [InlineData("TOWER_DATA_STUDIO_CONNECT_IFRAME_ALLOWED_WORKSPACES")]
    [InlineData("TOWER_STUDIO_METRICS_ENABLED_WORKSPACES")]
    public void WhatMustBeChosen_IsOffForAllWhenNothingIsSaid(string name)
    {
        var variable = Variables.Single(candidate => candidate.Name == name);

        variable.Render(WorkspaceAccess.Nobody).ShouldBeNull();
        variable.Render(WorkspaceAccess.Everyone).ShouldBe("");
        variable.Render(WorkspaceAccess.Only([7])).ShouldBe("7");
    }

    [Theory]
    [InlineData("24.1.4", "all", null, "null")]
    [InlineData("24.2.0", "none", null, "[]")]
    [InlineData("25.2.0", "1,2", null, "[1, 2]")]
    [InlineData("25.3.1", "all", null, "null")]
    [InlineData("25.3.1", "none", "", "[]")]
    [InlineData("25.3.6", "1,2", "1,2", "[1, 2]")]
    [InlineData("26.1.3", "all", null, null)]
    [InlineData("26.1.3", "none", "", null)]
    [InlineData("26.1.3", "1,2", "1,2", null)]
    public void EachVersion_ReadsItWhereItLooks(string platform, string access, string? variable, string? file) =>
        StudiosAvailability.For(Access(access), Matrix.Release(SemanticVersion.Parse(platform))!, Matrix).ShouldBe(new StudiosAvailability(variable, file));

    [Fact]
    public void AfterAnUpgrade_TheFileCanStayManaged() =>
        StudiosAvailability.For(WorkspaceAccess.Everyone, Matrix.Release(SemanticVersion.Parse("26.1.0"))!, Matrix, keepFile: true)
            .ShouldBe(new StudiosAvailability(null, "null"));

    [Fact]
    public void Rejects_AnEmptyList() => Should.Throw<ArgumentException>(() => WorkspaceAccess.Only([]));

    private static WorkspaceAccess Access(string text) => text switch
    {
        "all" => WorkspaceAccess.Everyone,
        "none" => WorkspaceAccess.Nobody,
        _ => WorkspaceAccess.Only(text.Split(',').Select(long.Parse)),
    };
}

// Platform, proxy and browsers compare these addresses as texts: one trailing slash too many and nobody signs in.
public class StudiosAddressTests
{
    private static readonly Gen<string> Label = Gen.Elements("a", "connect", "studios", "x1", "b-c");

    [Property]
    public Property TheWildcard_CoversSessionsBesideConnect() => Prop.ForAll(Arb.From(Gen.NonEmptyListOf(Label)), Arb.From(Label), (labels, session) =>
    {
        var connect = DomainName.Parse($"connect.{string.Join('.', labels.Take(5))}.example");
        var address = StudiosAddress.Plan(WebOrigin.Parse("https://example.com"), WebOrigin.Parse($"https://{connect}"), pathRouting: false);
        var wildcard = ((SessionRouting.Subdomain)address.Hosts.Sessions).Wildcard;
        return wildcard.Covers(connect) && wildcard.Covers(connect.Parent().Child(session)) && !wildcard.Covers(connect.Child(session));
    });

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
            WebOrigin.Parse("https://example.com/"),
            WebOrigin.Parse("https://connect.example.com"),
            pathRouting: false,
            DomainName.Parse("*.studios.example.com"),
            DomainName.Parse("ssh.example.com"));

        address.Hosts.All.Select(host => host.Text).ShouldBe(["example.com", "connect.example.com", "ssh.example.com", "*.studios.example.com"]);
        (address.Platform.Text, address.Connect.Text).ShouldBe(("https://example.com", "https://connect.example.com"));
    }

    [Theory]
    [InlineData("platform.example.com", "connect.example.com", "example.com")]
    [InlineData("example.com", "connect.example.com", "example.com")]
    [InlineData("example.com", "connect.example.org", null)]
    [InlineData("example.com", "connect.other.com", null)]
    [InlineData("platform.acme.co.uk", "connect.acme.co.uk", "acme.co.uk")]
    [InlineData("acme.co.uk", "other.co.uk", null)]
    [InlineData("platform.lab.internal", "connect.lab.internal", "lab.internal")]
    [InlineData("a.run.app", "b.run.app", null)]
    public void SharedDomain_IsTheDeepestNameAboveBoth(string one, string other, string? shared) =>
        (StudiosAddress.SharedDomain(DomainName.Parse(one), DomainName.Parse(other)) is { } name ? name.Text : null).ShouldBe(shared);
}
