using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Networks;

namespace Tests.Infra.Networks;

// Promise: an accepted plan has room for every node and pod, a /28 for the control plane, and no address twice.
public sealed class GkeAddressPlanTests
{
    private const int PodsPerNode = 110;

    private static readonly Gen<Ipv4Block> Blocks =
        from prefix in Gen.Choose(12, 29)
        from index in Gen.Choose(0, (1 << (prefix - 8)) - 1)
        select Ipv4Block.Parse("10.0.0.0/8").Part(prefix, index);

    private static readonly Gen<GkeAddressPlan> Plans =
        from nodes in Blocks
        from pods in Blocks
        from services in Blocks
        from controlPlane in Blocks
        from managed in Blocks
        select new GkeAddressPlan(nodes, pods, services, controlPlane, managed);

    [Fact]
    public void TheDefaultPlan_HoldsAThousandNodes() => GkeAddressPlan.Default.Problems(1000, PodsPerNode).ShouldBeEmpty();

    [Property]
    public Property AcceptedPlans_HoldWhatTheyPromise() => Prop.ForAll(Arb.From(Plans), Arb.From(Gen.Choose(1, 2000)), (plan, nodes) =>
        !plan.Problems(nodes, PodsPerNode).IsEmpty
        || (plan.ControlPlane.PrefixLength == 28
            && plan.Nodes.Size - 4 >= nodes
            && PodRange.Nodes(plan.Pods, PodsPerNode) >= nodes
            && !Pairs(plan).Any(pair => pair.Left.Overlaps(pair.Right))));

    [Property]
    public Property OverlappingRanges_AreAlwaysFound() => Prop.ForAll(Arb.From(Plans), plan =>
        plan.OverlapProblems().Count() == Pairs(plan).Count(pair => pair.Left.Overlaps(pair.Right)));

    [Fact]
    public void AMasterRangeInsideOfTheNodes_IsRefused() =>
        (GkeAddressPlan.Default with { ControlPlane = Ipv4Block.Parse("10.40.0.16/28") })
            .Problems(10, PodsPerNode)
            .ShouldBe([
                new GkeAddressProblem("ControlPlane", "overlaps with nodes, 10.40.0.0/20", "addresses that no other range has", "move it out of 10.40.0.0/20"),
            ]);

    [Fact]
    public void AMasterRangeOfAnotherSize_IsRefused() =>
        (GkeAddressPlan.Default with { ControlPlane = Ipv4Block.Parse("172.16.0.0/24") })
            .Problems(10, PodsPerNode)
            .ShouldBe([
                new GkeAddressProblem(
                    "ControlPlane",
                    "is no /28, the only size that GKE takes for the control plane",
                    "a block of 16 addresses: a /28",
                    "controlPlane: 172.16.0.0/28"),
            ]);

    [Fact]
    public void TooFewPodAddresses_AreRefusedWithTheSizeThatWouldDo() =>
        (GkeAddressPlan.Default with { Pods = Ipv4Block.Parse("10.44.0.0/21") })
            .Problems(20, PodsPerNode)
            .ShouldBe([
                new GkeAddressProblem(
                    "Pods",
                    "has blocks for 8 nodes of 110 pods, and the pools grow to 20",
                    "a /19 or larger",
                    "a /19, fewer podsPerNode, or smaller pools"),
            ]);

    [Fact]
    public void TooFewNodeAddresses_AreRefused() =>
        (GkeAddressPlan.Default with { Nodes = Ipv4Block.Parse("10.40.0.0/28") })
            .Problems(13, PodsPerNode)
            .ShouldBe([
                new GkeAddressProblem("Nodes", "has addresses for 12 nodes, and the pools grow to 13", "a larger block", "a shorter prefix, or smaller pools"),
            ]);

    private static IEnumerable<(Ipv4Block Left, Ipv4Block Right)> Pairs(GkeAddressPlan plan)
    {
        Ipv4Block[] all = [plan.Nodes, plan.Pods, plan.Services, plan.ControlPlane, plan.ManagedServices];
        return all.SelectMany((left, index) => all.Skip(index + 1).Select(right => (left, right)));
    }
}

// Promise: a cluster that the plan accepts never runs out of pod addresses before it has all its nodes.
public sealed class PodRangeTests
{
    private static readonly Gen<int> PodCounts = Gen.Choose(PodRange.FewestPodsPerNode, PodRange.MostPodsPerNode);

    // GKE documentation, "Configure maximum Pods per node": the table of ranges for each node.
    [Theory]
    [InlineData(8, 28)]
    [InlineData(9, 27)]
    [InlineData(16, 27)]
    [InlineData(17, 26)]
    [InlineData(32, 26)]
    [InlineData(33, 25)]
    [InlineData(64, 25)]
    [InlineData(65, 24)]
    [InlineData(110, 24)]
    [InlineData(128, 24)]
    [InlineData(129, 23)]
    [InlineData(256, 23)]
    public void ANodesBlock_IsThatOfTheVendorsTable(int podsPerNode, int prefix) => PodRange.NodePrefix(podsPerNode).ShouldBe(prefix);

    [Theory]
    [InlineData("10.44.0.0/14", 110, 1024)]
    [InlineData("10.44.0.0/21", 110, 8)]
    [InlineData("10.44.0.0/24", 110, 1)]
    [InlineData("10.44.0.0/25", 110, 0)]
    [InlineData("10.44.0.0/18", 64, 128)]
    public void Nodes_AreTheBlocksInTheRange(string pods, int podsPerNode, long nodes) => PodRange.Nodes(Ipv4Block.Parse(pods), podsPerNode).ShouldBe(nodes);

    [Property]
    public Property ABlock_HasTwiceTheAddressesOfItsPods() =>
        Prop.ForAll(Arb.From(PodCounts), pods => 1 << (32 - PodRange.NodePrefix(pods)) >= 2 * pods);

    [Property]
    public Property TheRangeForSoManyNodes_IsTheSmallestThatHoldsThem() => Prop.ForAll(Arb.From(PodCounts), Arb.From(Gen.Choose(1, 4000)), (pods, nodes) =>
    {
        var prefix = PodRange.PrefixFor(nodes, pods);
        var range = Ipv4Block.Parse("10.0.0.0/8").Part(prefix, 0);
        return PodRange.Nodes(range, pods) >= nodes && (nodes == 1 || PodRange.Nodes(range.Part(prefix + 1, 0), pods) < nodes);
    });

    [Theory]
    [InlineData(7)]
    [InlineData(257)]
    public void OtherCounts_AreRefused(int podsPerNode) => Should.Throw<ArgumentOutOfRangeException>(() => PodRange.NodePrefix(podsPerNode));
}

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

    [Property]
    public Property Text_ReadsBack() => Prop.ForAll(Arb.From(Blocks), block => Ipv4Block.Parse(block.Text) == block);

    [Property]
    public Property Overlap_IsSymmetric_AndMeansThatOneContainsTheOther() => Prop.ForAll(Arb.From(Blocks), Arb.From(Blocks), (left, right) =>
        left.Overlaps(right) == right.Overlaps(left) && left.Overlaps(right) == (left.Contains(right) || right.Contains(left)));

    [Property]
    public Property Parts_FillTheBlock() => Prop.ForAll(Arb.From(Blocks.Where(block => block.PrefixLength <= 28)), block =>
    {
        var parts = Enumerable.Range(0, 8).Select(index => block.Part(block.PrefixLength + 3, index)).ToList();
        return parts.Sum(part => part.Size) == block.Size && parts.All(block.Contains) && parts.Distinct().Count() == 8;
    });

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
