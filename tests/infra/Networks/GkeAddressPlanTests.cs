using FsCheck;
using FsCheck.Fluent;
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

    [Fact]
    public void AcceptedPlans_HoldWhatTheyPromise() => Prop.ForAll(Arb.From(Plans), Arb.From(Gen.Choose(1, 2000)), (plan, nodes) =>
        !plan.Problems(nodes, PodsPerNode).IsEmpty
        || (plan.ControlPlane.PrefixLength == 28
            && plan.Nodes.Size - 4 >= nodes
            && PodRange.Nodes(plan.Pods, PodsPerNode) >= nodes
            && !Pairs(plan).Any(pair => pair.Left.Overlaps(pair.Right)))).QuickCheckThrowOnFailure();

    [Fact]
    public void OverlappingRanges_AreAlwaysFound() => Prop.ForAll(Arb.From(Plans), plan =>
        plan.OverlapProblems().Count() == Pairs(plan).Count(pair => pair.Left.Overlaps(pair.Right))).QuickCheckThrowOnFailure();

    [Fact]
    public void AMasterRangeInsideOfTheNodes_IsRefused() => (GkeAddressPlan.Default with { ControlPlane = Ipv4Block.Parse("10.40.0.16/28") }).Problems(10, PodsPerNode).ShouldBe([
        new GkeAddressProblem("ControlPlane", "overlaps with nodes, 10.40.0.0/20", "addresses that no other range has", "move it out of 10.40.0.0/20"),
    ]);

    [Fact]
    public void AMasterRangeOfAnotherSize_IsRefused() => (GkeAddressPlan.Default with { ControlPlane = Ipv4Block.Parse("172.16.0.0/24") }).Problems(10, PodsPerNode).ShouldBe([
        new GkeAddressProblem("ControlPlane", "is no /28, the only size that GKE takes for the control plane", "a block of 16 addresses: a /28", "controlPlane: 172.16.0.0/28"),
    ]);

    [Fact]
    public void TooFewPodAddresses_AreRefusedWithTheSizeThatWouldDo() => (GkeAddressPlan.Default with { Pods = Ipv4Block.Parse("10.44.0.0/21") }).Problems(20, PodsPerNode).ShouldBe([
        new GkeAddressProblem("Pods", "has blocks for 8 nodes of 110 pods, and the pools grow to 20", "a /19 or larger", "a /19, fewer podsPerNode, or smaller pools"),
    ]);

    [Fact]
    public void TooFewNodeAddresses_AreRefused() => (GkeAddressPlan.Default with { Nodes = Ipv4Block.Parse("10.40.0.0/28") }).Problems(13, PodsPerNode).ShouldBe([
        new GkeAddressProblem("Nodes", "has addresses for 12 nodes, and the pools grow to 13", "a larger block", "a shorter prefix, or smaller pools"),
    ]);

    private static IEnumerable<(Ipv4Block Left, Ipv4Block Right)> Pairs(GkeAddressPlan plan)
    {
        Ipv4Block[] all = [plan.Nodes, plan.Pods, plan.Services, plan.ControlPlane, plan.ManagedServices];
        return all.SelectMany((left, index) => all.Skip(index + 1).Select(right => (left, right)));
    }
}
