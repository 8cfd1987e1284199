using FsCheck;
using FsCheck.Fluent;
using Infra.Networks;

namespace Tests.Infra.Networks;

// Promise: a block is what its text says, and overlap is a matter of addresses, not of spelling.
public sealed class Ipv4BlockTests
{
    private static readonly Gen<Ipv4Block> Blocks =
        from prefix in Gen.Choose(0, 32)
        from high in Gen.Choose(0, 65535)
        from low in Gen.Choose(0, 65535)
        let mask = prefix == 0 ? 0u : uint.MaxValue << (32 - prefix)
        let first = (((uint)high << 16) | (uint)low) & mask
        select Ipv4Block.Parse($"{first >> 24}.{(first >> 16) & 255}.{(first >> 8) & 255}.{first & 255}/{prefix}");

    [Fact]
    public void Text_ReadsBack() => Prop.ForAll(Arb.From(Blocks), block => Ipv4Block.Parse(block.Text) == block).QuickCheckThrowOnFailure();

    [Fact]
    public void Overlap_IsSymmetric_AndMeansThatOneContainsTheOther() => Prop.ForAll(Arb.From(Blocks), Arb.From(Blocks), (left, right) =>
        left.Overlaps(right) == right.Overlaps(left) && left.Overlaps(right) == (left.Contains(right) || right.Contains(left))).QuickCheckThrowOnFailure();

    [Fact]
    public void Parts_FillTheBlock() => Prop.ForAll(Arb.From(Blocks.Where(block => block.PrefixLength <= 28)), block =>
    {
        var parts = Enumerable.Range(0, 8).Select(index => block.Part(block.PrefixLength + 3, index)).ToList();
        return parts.Sum(part => part.Size) == block.Size && parts.All(block.Contains) && parts.Distinct().Count() == 8;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.1/16")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("2001:db8::/32")]
    [InlineData("ten/8")]
    public void WhatIsNoBlock_IsRefused(string text) =>
        Should.Throw<FormatException>(() => Ipv4Block.Parse(text)).Message.ShouldBe(
            $"'{text}' is not an IPv4 block: it must be the first address and the prefix length, as in '10.20.0.0/16'.");
}
