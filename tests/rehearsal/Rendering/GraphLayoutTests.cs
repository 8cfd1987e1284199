using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Rendering;

namespace Tests.Rehearsal.Rendering;

// Promise: whatever hangs together how, nodes do not overlap, what is needed stands at the left, and the picture is the same each time.
public sealed class GraphLayoutTests
{
    private const double Rounding = 1e-6;

    private static readonly Arbitrary<(int Count, (int From, int To)[] Edges)> Graphs = Arb.From(
        from count in Gen.Choose(0, 14)
        from edges in Gen.Choose(0, Math.Max(0, count - 1)).Two().Select(pair => (pair.Item1, pair.Item2)).ListOf()
        select (count, count == 0 ? [] : edges.ToArray()));

    [Fact]
    public void Nodes_StandApart_WithWhatTheyNeedAtTheLeft() => Prop.ForAll(Graphs, graph =>
    {
        var sizes = Enumerable.Range(0, graph.Count).Select(node => (Width: 40.0 + node, Height: 20.0)).ToArray();

        var laid = GraphLayout.InColumns(sizes, graph.Edges);

        StandApart(laid, sizes);
        laid.Lines.ShouldAllBe(line => laid.Nodes[line.Line.Left].X + sizes[line.Line.Left].Width <= laid.Nodes[line.Line.Right].X);
        laid.Lines.ShouldAllBe(line => line.Points.Zip(line.Points.Skip(1)).All(pair => pair.First.X <= pair.Second.X));
        GraphLayout.InColumns(sizes, graph.Edges.Reverse()).Nodes.ShouldBe(laid.Nodes);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void InRows_WhatTheyNeedStandsAbove() => Prop.ForAll(Graphs, graph =>
    {
        var sizes = Enumerable.Range(0, graph.Count).Select(node => (Width: 40.0 + node, Height: 20.0)).ToArray();

        var laid = GraphLayout.InRows(sizes, graph.Edges);

        StandApart(laid, sizes);
        laid.Lines.ShouldAllBe(line => laid.Nodes[line.Line.Left].Y + sizes[line.Line.Left].Height <= laid.Nodes[line.Line.Right].Y);
    }).QuickCheckThrowOnFailure();

    // Whatever is left out follows from what is drawn, and nothing is drawn that is not so
    [Fact]
    public void WithoutShortcuts_EverythingStillLeadsToWhatItNeeds() => Prop.ForAll(Graphs, graph =>
    {
        var reduced = new GraphNeeds(graph.Count, graph.Edges).Reduced().ToArray();

        reduced.ShouldBeSubsetOf(graph.Edges);
        Reached(graph.Count, reduced).ShouldBe(Reached(graph.Count, graph.Edges));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatIsNeededByWayOfAnother_HasNoLineOfItsOwn()
        => GraphLayout.Of([.. Enumerable.Repeat((10.0, 10.0), 3)], [(2, 0), (2, 1), (1, 0)]).Lines.Select(line => (line.Line.Right, line.Line.Left))
            .ShouldBe([(1, 0), (2, 1)]);

    [Fact]
    public void ACircle_KeepsAllItsLines() => GraphLayout.Of([.. Enumerable.Repeat((10.0, 10.0), 3)], [(0, 1), (1, 2), (2, 0)]).Lines
        .Select(line => (line.Line.Right, line.Line.Left, line.Line.Points))
        .ShouldBe([(0, 1, LinePoints.AtLeft), (1, 2, LinePoints.AtLeft), (0, 2, LinePoints.AtRight)]);

    // A long chain would be a strip in one way, and a graph of two columns a tower in the other
    [Fact]
    public void ThePicture_FillsAScreen()
    {
        var nodes = Enumerable.Repeat((200.0, 40.0), 12).ToArray();

        GraphLayout.Of(nodes, Enumerable.Range(1, 11).Select(node => (node, node - 1))).IsInRows.ShouldBeTrue();
        GraphLayout.Of(nodes, Enumerable.Range(1, 11).Select(node => (node, 0))).IsInRows.ShouldBeFalse();
    }

    private static void StandApart(LaidGraph laid, (double Width, double Height)[] sizes)
    {
        laid.Nodes.Length.ShouldBe(sizes.Length);
        for (var one = 0; one < sizes.Length; one++)
        {
            laid.Nodes[one].X.ShouldBeInRange(-Rounding, laid.Width - sizes[one].Width + Rounding);
            laid.Nodes[one].Y.ShouldBeInRange(-Rounding, laid.Height - sizes[one].Height + Rounding);
            for (var other = 0; other < one; other++)
            {
                (Apart(laid.Nodes[one].X, sizes[one].Width, laid.Nodes[other].X, sizes[other].Width)
                    || Apart(laid.Nodes[one].Y, sizes[one].Height, laid.Nodes[other].Y, sizes[other].Height)).ShouldBeTrue();
            }
        }
    }

    private static (int From, int To)[] Reached(int count, IEnumerable<(int From, int To)> edges)
    {
        var reached = edges.Where(edge => edge.From != edge.To).ToHashSet();
        for (var through = 0; through < count; through++)
        {
            foreach (var from in Enumerable.Range(0, count).Where(from => reached.Contains((from, through))))
            {
                reached.UnionWith(Enumerable.Range(0, count).Where(to => reached.Contains((through, to))).Select(to => (from, to)).ToArray());
            }
        }
        return [.. reached.Order()];
    }

    private static bool Apart(double one, double size, double other, double otherSize) => one + size <= other + Rounding || other + otherSize <= one + Rounding;
}
