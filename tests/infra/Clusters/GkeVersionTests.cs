using FsCheck;
using FsCheck.Fluent;
using Infra.Clusters;

namespace Tests.Infra.Clusters;

// Promise: a version is offered by the channels that have it, and by no other.
public sealed class GkeVersionTests
{
    [Fact]
    public void TheTable_IsInOrderAndHasNoGaps() => GkeVersion.All.Select(version => version.Name).ShouldBe(["1.33", "1.34", "1.35", "1.36"]);

    [Fact]
    public void TheDefault_IsInEveryChannel() => GkeVersion.Find(GkeVersion.Default)!.Channels.ShouldBe(Enum.GetValues<GkeReleaseChannel>());

    [Theory]
    [InlineData(GkeReleaseChannel.Rapid, "1.35 1.36")]
    [InlineData(GkeReleaseChannel.Regular, "1.35 1.36")]
    [InlineData(GkeReleaseChannel.Stable, "1.35 1.36")]
    [InlineData(GkeReleaseChannel.Extended, "1.33 1.34 1.35 1.36")]
    public void Channels_OfferWhatTheySupport(GkeReleaseChannel channel, string versions) =>
        string.Join(' ', GkeVersion.In(channel).Select(version => version.Name)).ShouldBe(versions);

    [Fact]
    public void EveryVersion_IsStillSupportedBySomething() => GkeVersion.All.ShouldAllBe(version => version.ExtendedUntil >= GkeVersion.AsOf && version.RegularSince < version.StandardUntil);

    [Fact]
    public void ExtendedSupport_EndsTwoYearsAfterRegular() => GkeVersion.Find("1.35")!.ExtendedUntil.ShouldBe(new DateOnly(2028, 2, 11));

    [Fact]
    public void OtherVersions_AreUnknown() => Prop.ForAll(Arb.From(Gen.Choose(0, 99)), minor => (GkeVersion.Find($"1.{minor}") is null) == (minor is < 33 or > 36)).QuickCheckThrowOnFailure();
}
