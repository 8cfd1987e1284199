using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Rendering;

namespace Tests.Rehearsal.Rendering;

// Promise: whatever hangs together how, nodes do not overlap, what is needed stands at the left, and the picture is the same each time.
public sealed class GraphLayoutTests
{
    private static readonly Arbitrary<(int Count, (int From, int To)[] Edges)> Graphs = Arb.From(
        from count in Gen.Choose(0, 14)
        from edges in Gen.Choose(0, Math.Max(0, count - 1)).Two().Select(pair => (pair.Item1, pair.Item2)).ListOf()
        select (count, count == 0 ? [] : edges.ToArray()));

    [Fact]
    public void Nodes_StandApart_WithWhatTheyNeedAtTheLeft() => Prop.ForAll(Graphs, graph =>
    {
        var sizes = Enumerable.Range(0, graph.Count).Select(node => (Width: 40.0 + node, Height: 20.0)).ToArray();

        var laid = GraphLayout.Of(sizes, graph.Edges);

        laid.Nodes.Length.ShouldBe(graph.Count);
        for (var one = 0; one < graph.Count; one++)
        {
            laid.Nodes[one].X.ShouldBeInRange(0, laid.Width - sizes[one].Width);
            laid.Nodes[one].Y.ShouldBeInRange(0, laid.Height - sizes[one].Height);
            for (var other = 0; other < one; other++)
            {
                (Apart(laid.Nodes[one].X, sizes[one].Width, laid.Nodes[other].X, sizes[other].Width)
                    || Apart(laid.Nodes[one].Y, sizes[one].Height, laid.Nodes[other].Y, sizes[other].Height)).ShouldBeTrue();
            }
        }
        laid.Lines.ShouldAllBe(line => laid.Nodes[line.To].X + sizes[line.To].Width <= laid.Nodes[line.From].X);
        laid.Lines.ShouldAllBe(line => line.Points.Zip(line.Points.Skip(1)).All(pair => pair.First.X <= pair.Second.X));
        GraphLayout.Of(sizes, graph.Edges.Reverse()).Nodes.ShouldBe(laid.Nodes);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatIsNeededByWayOfAnother_HasNoLineOfItsOwn()
        => GraphLayout.Of([.. Enumerable.Repeat((10.0, 10.0), 3)], [(2, 0), (2, 1), (1, 0)]).Lines.Select(line => (line.From, line
            .To)).ShouldBe([(1, 0), (2, 1)]);

    private static bool Apart(double one, double size, double other, double otherSize) => one + size <= other || other + otherSize <= one;
}
