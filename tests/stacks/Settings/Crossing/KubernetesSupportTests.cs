using Infra.Clusters;
using Pulumi;
using Stacks.Commands;
using Stacks.Settings;
using Stacks.Settings.Reading;
using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Gcp;

namespace Tests.Stacks.Settings.Crossing;

// Promise: nobody pays for extended support or is upgraded without having read it before; what the calendar says never makes a stack file invalid.
public sealed class KubernetesSupportTests
{
    [Theory]
    [InlineData("2027-01-25")]
    [InlineData("2026-11-26")]
    [InlineData("2020-01-01")]
    public void AVersionWithMonthsToGo_SaysNothing(string today) =>
        AwsSample.WarningsOn(DateOnly.Parse(today), ("cluster.eks.version", "\"1.35\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("2027-01-26", null, "leaves standard support after 2027-03-27, and AWS then upgrades the cluster by itself, at a time of its choice")]
    [InlineData("2027-03-27", "true", "leaves standard support after 2027-03-27, and the control plane then costs $0.60 an hour instead of $0.10")]
    [InlineData("2027-03-28", "true", "is past its standard support since 2027-03-27: the control plane costs $0.60 an hour instead of $0.10, until AWS "
        + "upgrades it by itself after 2028-03-27")]
    [InlineData("2027-03-28", "false", "is past its standard support since 2027-03-27: AWS upgrades the cluster by itself, which cannot go back")]
    [InlineData("2028-03-28", "true", "is supported no more since 2028-03-27: AWS has upgraded the cluster, which cannot go back")]
    public void AVersionNearItsEnd_SaysWhenAndWhatItCosts(string today, string? extendedSupport, string what) => AwsSample.WarningsOn(
        DateOnly.Parse(today), ("cluster.eks.version", "\"1.35\""), ("cluster.eks.extendedSupport", extendedSupport)).ShouldBe([
        $"""
        platform:cluster.eks.version: {what}
          given:   1.35
          allowed: {(today.StartsWith("2028", StringComparison.Ordinal) ? "versions newer than 1.36, the last one that this program knows" : "1.36")}
          fix:     version: "1.36" (docs/addons.md, Kubernetes versions)
        """,
    ]);

    [Fact]
    public void TheNewestVersion_IsNotToldToBecomeOneThatNobodyKnows() =>
        AwsSample.WarningsOn(new(2027, 7, 1), ("cluster.eks.version", "\"1.36\"")).Single().ShouldEndWith(
            """
              allowed: versions newer than 1.36, the last one that this program knows
              fix:     update this program, whose table knows no newer version
            """);

    [Fact]
    public void Rejects_AVersionThatAwsUpgradesAtOnce() => AwsSample.Messages(("cluster.eks.version", "\"1.33\"")).ShouldBe([
        """
        platform:cluster.eks.version: is past its standard support, which ended on 2026-07-29, and without extendedSupport AWS upgrades the cluster by itself
          given:   1.33
          allowed: 1.35, 1.36, or extendedSupport: true at $0.60 instead of $0.10 an hour for the control plane
          fix:     version: "1.35", one minor version at a time (docs/addons.md, Kubernetes versions)
        """,
    ]);

    [Fact]
    public void InProduction_OrWhereItIsSaid_AnOldVersionStays_AtItsPrice()
    {
        (string Path, string? Json)[][] stacks =
        [
            [("production", "true"), ("cluster.eks.nodePools.general.minimum", "2"), ("cluster.eks.version", "\"1.33\"")],
            [("cluster.eks.extendedSupport", "true"), ("cluster.eks.version", "\"1.33\"")],
        ];

        foreach (var stack in stacks)
        {
            AwsSample.Messages(stack).ShouldBeEmpty();
            AwsSample.Read(stack).Warnings.Single(warning => warning.Path.Text == "platform:cluster.eks.version").What.ShouldStartWith(
                "is past its standard support since 2026-07-29: the control plane costs $0.60 an hour instead of $0.10, until AWS upgrades it by itself after "
                    + "2027-07-29");
        }
    }

    [Theory]
    [InlineData(false, null, EksSupport.Standard)]
    [InlineData(true, null, EksSupport.Extended)]
    [InlineData(false, true, EksSupport.Extended)]
    [InlineData(true, false, EksSupport.Standard)]
    public void ExtendedSupport_IsForProduction_UnlessItIsSaid(bool production, bool? said, EksSupport expected) =>
        ((EksClusterSettings)AwsSample.Read(("cluster.eks.extendedSupport", said switch { true => "true", false => "false", _ => null })).Settings.Cluster!)
            .SupportAfterStandard(production).ShouldBe(expected);

    [Theory]
    [InlineData("2027-02-09", "regular", null)]
    [InlineData("2027-02-10", "regular", "leaves standard support after 2027-04-11: the channel moves the cluster on, and a new one cannot begin with it")]
    [InlineData("2027-04-12", "regular", "left standard support after 2027-04-11: the channel has moved the cluster on, and a new one cannot begin with it")]
    [InlineData("2027-02-10", "extended", "leaves standard support after 2027-04-11: the control plane then costs $0.60 an hour instead of $0.10, until GKE "
        + "moves it on after 2028-02-11")]
    [InlineData("2027-04-12", "extended", "is past its standard support since 2027-04-11: the control plane costs $0.60 an hour instead of $0.10, until GKE "
        + "moves it on after 2028-02-11")]
    public void OnGke_TheChannelDecidesWhatTheEndMeans(string today, string channel, string? what) =>
        GcpSample.WarningsOn(DateOnly.Parse(today), ("cluster.gke.version", "\"1.35\""), ("cluster.gke.channel", $"\"{channel}\""))
            .Select(warning => warning.Split('\n')[0]).ShouldBe(what is null ? [] : [$"platform:cluster.gke.version: {what}"]);

    [Fact]
    public void TheDay_IsThatOfTheVariable_AndOtherwiseThatOfTheClock()
    {
        Today.From(name => name == Today.Variable ? "2027-05-06" : null).ShouldBe(new DateOnly(2027, 5, 6));
        Today.From(_ => null).ShouldBeInRange(new DateOnly(2026, 1, 1), new DateOnly(9000, 1, 1));
        Today.From(_ => "").ShouldBeInRange(new DateOnly(2026, 1, 1), new DateOnly(9000, 1, 1));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("2026-13-01")]
    [InlineData("01.03.2027")]
    public void Rejects_WhatIsNoDay(string text)
    {
        Should.Throw<RunException>(() => Today.From(_ => text)).Message
            .ShouldBe($"PLATFORM_TODAY is '{text}', and a day is written as 2026-11-26: correct it, or unset it to take the clock's.");

        using var output = new StringWriter();
        using var error = new StringWriter();
        ToolCommands.Run(["config", "--check"], name => name == Today.Variable ? text : null, output, error).ShouldBe(2);
        error.ToString().ShouldStartWith($"PLATFORM_TODAY is '{text}'");
    }
}
