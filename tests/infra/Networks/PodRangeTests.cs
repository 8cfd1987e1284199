using FsCheck;
using FsCheck.Fluent;
using Infra.Networks;

namespace Tests.Infra.Networks;

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

    [Fact]
    public void ABlock_HasTwiceTheAddressesOfItsPods() => Prop.ForAll(Arb.From(PodCounts), pods => 1 << (32 - PodRange.NodePrefix(pods)) >= 2 * pods).QuickCheckThrowOnFailure();

    [Fact]
    public void TheRangeForSoManyNodes_IsTheSmallestThatHoldsThem() => Prop.ForAll(Arb.From(PodCounts), Arb.From(Gen.Choose(1, 4000)), (pods, nodes) =>
    {
        var prefix = PodRange.PrefixFor(nodes, pods);
        var range = Ipv4Block.Parse("10.0.0.0/8").Part(prefix, 0);
        return PodRange.Nodes(range, pods) >= nodes && (nodes == 1 || PodRange.Nodes(range.Part(prefix + 1, 0), pods) < nodes);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(7)]
    [InlineData(257)]
    public void OtherCounts_AreRefused(int podsPerNode) => Should.Throw<ArgumentOutOfRangeException>(() => PodRange.NodePrefix(podsPerNode));
}
