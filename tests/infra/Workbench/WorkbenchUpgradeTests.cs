using System.Collections.Immutable;
using Infra.Charts;
using Infra.Manifests;
using Infra.Versions;
using Infra.Workbench;

namespace Tests.Infra.Workbench;

// Promise: an operator who changes the chart's version reads what lies between, and nothing that does not concern the stack.
public sealed class WorkbenchUpgradeTests
{
    private static readonly WorkbenchPlan Plain = new() { SignIn = new WorkbenchSignIn.OpenId("https://login.example.com") };
    private static readonly WorkbenchPlan Directory = new() { SignIn = new WorkbenchSignIn.Sssd(new("ldaps://ldap.example.com", "dc=example,dc=com")) };

    [Theory]
    [InlineData("0.22.0", "0.22.0")]
    [InlineData("0.21.5", "0.22.0")]
    [InlineData("nonsense", "0.22.0")]
    [InlineData("0.22.0", "")]
    public void NothingBetween_IsNothingToSay(string from, string to) => Steps(from, to).ShouldBeEmpty();

    [Theory]
    [InlineData("0.21.4", "0.22.0", "0.21.5")]
    [InlineData("0.20.4", "0.21.0", "0.21.0")]
    [InlineData("0.20.3", "0.21.5", "0.20.4 0.21.0 0.21.5")]
    [InlineData("0.20.0", "0.20.3", "")]
    [InlineData("v0.7.9", "0.8.0", "0.8.0")]
    [InlineData("0.6.2", "0.22.0", "0.7.0 0.8.0 0.11.2 0.20.0 0.20.4 0.21.0 0.21.5")]
    public void EveryStepBetween_IsSaidOnceAndInOrder(string from, string to, string versions) =>
        string.Join(' ', Steps(from, to).Select(step => step[..step.IndexOf(':')])).ShouldBe(versions);

    [Fact]
    public void AStepForOthers_IsLeftOut()
    {
        Steps("0.21.2", "0.21.3").ShouldBeEmpty();
        Steps("0.21.2", "0.21.3", Directory).ShouldHaveSingleItem().ShouldStartWith("0.21.3: SSSD reads its file again");
        Steps("0.10.9", "0.11.0").ShouldBeEmpty();
        Steps("0.10.9", "0.11.0", Plain with { Images = new() { Session = ImageReference.Parse("registry.example.com/session:1") } })
            .ShouldHaveSingleItem().ShouldContain("workbench.images.sessionComponents: false");
        Steps("0.21.0", "0.21.1").ShouldBeEmpty();
        Steps("0.21.0", "0.21.1", values: """{"chronicleAgent":{"enabled":true}}""").ShouldHaveSingleItem().ShouldContain("deprecated");
    }

    [Fact]
    public void AMirror_IsToldOfNewImages()
    {
        var plan = Plain with { Images = new() { System = WorkbenchSystem.Ubuntu2204 } };
        WorkbenchUpgrade.Between("0.19.0", "0.20.0", plan, ChartOptions.None with { ImageRegistry = "registry.example.com" })
            .ShouldHaveSingleItem().ShouldContain("copy them to your registry first");
    }

    [Fact]
    public void GoingBack_IsSaid()
    {
        Steps("0.22.0", "0.21.4").ShouldBe([
            "0.21.5, which goes back: containers of sessions get the Linux capabilities that the launcher asks for: a policy of the cluster that refuses them "
                + "keeps sessions from starting.",
            "the server goes back as well: have the backup of its database from before at hand (administration guide, \"Backup Guide\").",
        ]);
    }

    [Fact]
    public void WhatIsNewerThanThisProgramKnows_IsSaid() =>
        Steps("0.22.0", "0.23.1").ShouldBe(["what came after 0.22.0 is not known here: read NEWS.md of the chart from there to 0.23.1."]);

    [Fact]
    public void TheNotes_AreInOrder_AndReachToThePin()
    {
        WorkbenchUpgrade.Notes.Select(note => note.Version).ShouldBeInOrder();
        WorkbenchUpgrade.Notes[^1].Version.ShouldBeLessThanOrEqualTo(WorkbenchUpgrade.Known);
        // A higher pin comes with what its NEWS.md says.
        WorkbenchUpgrade.Known.ShouldBe(SemanticVersion.Parse(HelmCharts.PositWorkbench.Version));
    }

    private static ImmutableArray<string> Steps(string from, string to, WorkbenchPlan? plan = null, string values = "{}") =>
        WorkbenchUpgrade.Between(from, to, plan ?? Plain, ChartOptions.None with { Values = new(values) });
}
