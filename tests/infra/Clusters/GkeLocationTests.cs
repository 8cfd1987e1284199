using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Accounts;
using Infra.Clusters;

namespace Tests.Infra.Clusters;

// Promise: regions and zones are told apart, and nothing else passes for either.
public sealed class GkeLocationTests
{
    [Theory]
    [InlineData("europe-west1", "europe-west1", null, 3)]
    [InlineData("europe-west1-b", "europe-west1", "europe-west1-b", 1)]
    [InlineData("northamerica-northeast2-a", "northamerica-northeast2", "northamerica-northeast2-a", 1)]
    public void Regions_AndZones(string text, string region, string? zone, int zones)
    {
        var location = GkeLocation.Parse(text);

        (location.Region.Name, location.Zone, location.Zones, location.Text).ShouldBe((region, zone, zones, text));
    }

    [Theory]
    [InlineData("europe")]
    [InlineData("eu-west-1")]
    [InlineData("europe-west1-bb")]
    [InlineData("EUROPE-WEST1")]
    [InlineData("europe-west1-")]
    [InlineData("")]
    [InlineData(null)]
    public void OtherTexts_AreNoLocation(string? text) => GkeLocation.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("europe-west1-b", true)]
    [InlineData("europe-west10-b", false)]
    [InlineData("europe-west1", false)]
    public void ARegion_KnowsItsZones(string zone, bool own) => GcpRegion.Parse("europe-west1").HasZone(zone).ShouldBe(own);
}

// Promise: GKE takes every window that passes, and it is the one that was asked for.
public sealed class GkeMaintenanceTests
{
    private static readonly Gen<GkeMaintenance> Windows =
        from days in Gen.SubListOf(Enum.GetValues<DayOfWeek>())
        from start in Gen.Choose(0, 23)
        from hours in Gen.Choose(1, 24)
        select new GkeMaintenance([.. days], start, hours);

    [Fact]
    public void TheWeekend_IsEnough()
    {
        var weekend = GkeMaintenance.Weekend;

        (weekend.IsEnough, weekend.HoursInThirtyTwoDays, weekend.Start, weekend.End, weekend.Recurrence)
            .ShouldBe((true, 48, "2026-01-03T01:00:00Z", "2026-01-03T07:00:00Z", "FREQ=WEEKLY;BYDAY=SU,SA"));
    }

    [Property]
    public Property WindowsThatPass_AddUpTo48HoursIn32Days() => Prop.ForAll(Arb.From(Windows), window =>
        window.IsEnough == (window.Hours >= 4 && window.Days.Length * window.Hours * 4 >= 48));

    [Property]
    public Property Windows_EndAfterTheyStart() => Prop.ForAll(Arb.From(Windows), window =>
        DateTimeOffset.Parse(window.End, null) - DateTimeOffset.Parse(window.Start, null) == TimeSpan.FromHours(window.Hours));

    [Fact]
    public void Pools_HaveOneNodeMoreWhileTheyAreUpgraded() =>
        GkeNodePool.MostNodes([new GkeNodePool("a", "e2-medium") { Maximum = 3 }, new GkeNodePool("b", "e2-medium") { Maximum = 40 }]).ShouldBe(45);

    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(1, 3, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 3, 2)]
    [InlineData(4, 1, 4)]
    public void APool_StartsWithItsFewestNodesAtLeast(int minimum, int zones, int each) =>
        new GkeNodePool("a", "e2-medium") { Minimum = minimum, Maximum = 9 }.InitialPerZone(zones).ShouldBe(each);
}
