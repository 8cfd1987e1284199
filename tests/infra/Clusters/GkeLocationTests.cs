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
