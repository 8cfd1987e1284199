using FsCheck;
using FsCheck.Fluent;
using Infra.Manifests;

namespace Tests.Infra.Manifests;

// Promise: a quantity keeps its spelling and knows its amount.
public sealed class QuantityTests
{
    [Theory]
    [InlineData("10Gi", 10737418240)]
    [InlineData("512Mi", 536870912)]
    [InlineData("2G", 2000000000)]
    [InlineData("1.5Ki", 1536)]
    [InlineData("3", 3)]
    public void Amount_IsInUnits(string text, long amount)
    {
        Quantity.Parse(text).Amount.ShouldBe(amount);
        Quantity.Parse(text).ToString().ShouldBe(text);
    }

    [Fact]
    public void Amount_OfMillicores_IsAFractionOfACore() => Quantity.Parse("250m").Amount.ShouldBe(0.25m);

    [Theory]
    [InlineData("")]
    [InlineData("10 Gi")]
    [InlineData("10gb")]
    [InlineData("-1")]
    [InlineData("Gi")]
    [InlineData("1e3")]
    public void Rejects_WhatIsNoQuantity(string text) => Should.Throw<FormatException>(() => Quantity.Parse(text)).Message.ShouldStartWith($"'{text}' is not a Kubernetes quantity:");

    [Fact]
    public void Share_NeverExceedsTheWhole() => Prop.ForAll(
        Gen.Choose(1, 999_999).ToArbitrary(),
        mebibytes =>
        {
            var whole = Quantity.Parse($"{mebibytes}Mi");
            var share = whole.Share(0.7m);
            return share <= whole.Amount && share >= (whole.Amount * 0.7m) - 1;
        }).QuickCheckThrowOnFailure();
}
