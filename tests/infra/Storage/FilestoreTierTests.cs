using FsCheck;
using FsCheck.Fluent;
using Infra.Manifests;
using Infra.Storage;

namespace Tests.Infra.Storage;

// Promise: no size passes that Filestore would refuse.
public sealed class FilestoreTierTests
{
    private static readonly Gen<FilestoreTier> Tiers = Gen.Elements(FilestoreTier.All.AsEnumerable());

    [Theory]
    [InlineData("BASIC_HDD", "1024 to 65433")]
    [InlineData("BASIC_SSD", "2560 to 65433")]
    [InlineData("ZONAL", "1024 to 9984 or 10240 to 102400")]
    [InlineData("REGIONAL", "100 to 9984 or 10240 to 102400")]
    [InlineData("ENTERPRISE", "1024 to 10240")]
    public void Sizes_AreThoseOfTheVendor(string tier, string sizes) => FilestoreTier.All.Single(candidate => candidate.Name == tier).Sizes.ShouldBe(sizes);

    [Fact]
    public void NothingUnderTheMinimum_IsOffered() => Prop.ForAll(Arb.From(Tiers), Arb.From(Gen.Choose(0, 120_000)), (tier, size) =>
        !tier.Offers(size) || (size >= tier.SmallestGiB && size <= tier.Bands[^1].LargestGiB)).QuickCheckThrowOnFailure();

    [Fact]
    public void Bands_DoNotTouch() => FilestoreTier.All.ShouldAllBe(tier => tier.Bands.Zip(tier.Bands.Skip(1)).All(pair => pair.First.LargestGiB < pair.Second.SmallestGiB));

    [Theory]
    [InlineData("1Ti", 1024)]
    [InlineData("1T", 932)]
    [InlineData("100Gi", 100)]
    [InlineData("1500Mi", 2)]
    public void AClaim_IsRoundedUp(string size, int gibibytes) => FilestoreClassStorage.GibibytesOf(Quantity.Parse(size)).ShouldBe(gibibytes);
}
