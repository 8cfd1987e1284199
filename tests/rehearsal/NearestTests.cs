using FsCheck;
using FsCheck.Fluent;
using Rehearsal;

namespace Tests.Rehearsal;

// Promise: a mistyped name is answered with the one that was meant.
public sealed class NearestTests
{
    [Theory]
    [InlineData("prd", "prod")]
    [InlineData("PROD", "prod")]
    [InlineData("stagin", "staging")]
    public void First_IsTheMostSimilar(string given, string expected) => Nearest.First(given, ["dev", "prod", "staging"])[0].ShouldBe(expected);

    [Fact]
    public void DidYouMean_SaysNothing_WhenNothingIsNear() => Nearest.DidYouMean("kubernetes", ["dev", "prod"]).ShouldBe("");

    [Fact]
    public void First_KeepsEveryName_AndPutsAnExactOneFirst() => Prop.ForAll<NonEmptyArray<NonNull<string>>>(given =>
    {
        var names = given.Get.Select(name => name.Get).ToArray();
        var sorted = Nearest.First(names[0], names);
        return sorted[0].Equals(names[0], StringComparison.OrdinalIgnoreCase)
            && sorted.Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal));
    }).QuickCheckThrowOnFailure();
}
