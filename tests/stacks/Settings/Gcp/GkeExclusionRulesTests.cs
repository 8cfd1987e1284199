namespace Tests.Stacks.Settings.Gcp;

// Promise: an exclusion that GKE would refuse, or that keeps a cluster from its maintenance for too long, is refused in the stack file.
public sealed class GkeExclusionRulesTests
{
    private const string Exclusions = "cluster.gke.maintenance.exclusions";

    [Theory]
    [InlineData("""{ "freeze": { "start": "2026-12-18", "end": "2027-01-05", "scope": "noUpgrades" } }""")]
    [InlineData("""{ "freeze": { "start": "2026-12-18T06:00:00Z", "end": "2026-12-18T18:00:00Z", "scope": "noUpgrades" } }""")]
    [InlineData("""{ "minor": { "start": "2026-12-18", "scope": "noMinorUpgrades" } }""")]
    [InlineData("""{ "nodes": { "start": "2026-12-18", "end": "2027-04-11" } }""")]
    [InlineData("""{ "nodes": { "start": "2026-12-18" } }""")]
    public void Takes_AnExclusion(string json) => GcpSample.Messages((Exclusions, json)).ShouldBeEmpty();

    [Theory]
    [InlineData(
        """{ "x": { "start": "2026-12-18", "end": "2026-12-18" } }""", "x.end: is not after start", "2026-12-18", "later than 2026-12-18", "exchange the two")]
    [InlineData(
        """{ "x": { "start": "2026-12-18", "end": "2027-03-19", "scope": "noUpgrades" } }""",
        "x.end: is later than GKE goes without any upgrade, those for security included", "2027-03-19", "up to 90 days after start",
        "end: 2027-03-18, or scope: noMinorOrNodeUpgrades")]
    [InlineData(
        """{ "x": { "start": "2026-12-18", "end": "2027-04-12" } }""",
        "x.end: is later than the support of Kubernetes 1.35 in this channel lasts, 2027-04-11", "2027-04-12",
        "until then, or no end: GKE then moves the exclusion on with each version", "remove end, or say the version that the cluster has got to")]
    [InlineData("""{ "x": { "start": "soon" } }""", "x.start: is not a day or a moment in UTC", "soon",
        "a day, which begins at 00:00 UTC, or a moment that ends in Z", "for example start: 2026-12-18")]
    [InlineData("""{ "x": { "start": "2026-02-30" } }""", "x.start: is not a day or a moment in UTC", "2026-02-30",
        "a day, which begins at 00:00 UTC, or a moment that ends in Z", "for example start: 2026-12-18")]
    public void Rejects_WhatGkeRefuses(string json, string what, string given, string allowed, string fix)
    {
        var messages = GcpSample.Messages((Exclusions, json));

        messages.ShouldContain(
            $"""
            platform:{Exclusions}.{what}
              given:   {given}
              allowed: {allowed}
              fix:     {fix}
            """);
        messages.ShouldAllBe(message => message.StartsWith($"platform:{Exclusions}", StringComparison.Ordinal));
    }

    [Fact]
    public void Rejects_AFreezeWithoutAnEnd() => GcpSample.Messages((Exclusions, """{ "x": { "start": "2026-12-18", "scope": "noUpgrades" } }""")).ShouldBe([
        $"""
        platform:{Exclusions}.x.end: is missing, and an exclusion of all upgrades has to end
          allowed: up to 90 days after start
          fix:     end: 2027-01-01, or scope: noMinorOrNodeUpgrades
        """,
    ]);

    [Fact]
    public void InTheExtendedChannel_AnExclusionMayLastLonger() => GcpSample
        .Messages((Exclusions, """{ "x": { "start": "2026-12-18", "end": "2027-12-18" } }"""), ("cluster.gke.channel", "\"extended\""))
        .ShouldBeEmpty();

    [Fact]
    public void Rejects_FourFreezes_AndTwentyOneExclusions()
    {
        var freezes = Enumerable.Range(1, 4).Select(month => $"\"f{month}\": {{ \"start\": \"2027-{month:00}-01\", \"end\": \"2027-{month:00}-03\", \"scope\": \"noUpgrades\" }}");
        GcpSample.Messages((Exclusions, $"{{ {string.Join(", ", freezes)} }}")).ShouldBe([
            $"""
            platform:{Exclusions}: has more entries with scope: noUpgrades than GKE takes
              given:   f1, f2, f3, f4
              allowed: up to 3 of them
              fix:     remove those that are over, or give them scope: noMinorOrNodeUpgrades
            """,
        ]);
        var others = Enumerable.Range(1, 21).Select(day => $"\"x{day}\": {{ \"start\": \"2027-01-{day:00}\" }}");
        GcpSample.Messages((Exclusions, $"{{ {string.Join(", ", others)} }}")).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:{Exclusions}: has more entries than GKE takes\n  given:   21\n  allowed: up to 20\n");
    }

    [Fact]
    public void Rejects_AFreezeThatLeavesNoMaintenance() =>
        GcpSample.Messages((Exclusions, """{ "x": { "start": "2026-12-18", "end": "2027-03-10", "scope": "noUpgrades" } }""")).ShouldBe([
            $"""
            platform:{Exclusions}: leave 12 hours of the window in the 92 days from 2026-12-07 on
              given:   x
              allowed: 48 hours or more, in stretches of 4 hours or more
              fix:     shorten those with scope: noUpgrades, or add days or hours to the window
            """,
        ]);
}
