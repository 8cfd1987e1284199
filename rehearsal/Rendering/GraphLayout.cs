using System.Collections.Immutable;

namespace Rehearsal.Rendering;

/// <summary>Lays a graph out in columns: what is needed stands left of what needs it, and lines cross as little as a few sweeps can make them.</summary>
/// <remarks>Pure, and the same for the same graph. After Sugiyama: layers by the longest way, invisible nodes where a line passes a column, order by the
/// middle of the neighbours.</remarks>
internal static class GraphLayout
{
    private const int Sweeps = 12;
    private const double RowGap = 10;
    private const double ColumnGap = 56;
    private const double PassHeight = 8;

    /// <summary>The places of nodes and lines.</summary>
    /// <param name="nodes">The nodes with their sizes; their order decides where nothing else does.</param>
    /// <param name="edges">Which node needs which, by their numbers.</param>
    public static LaidGraph Of(IReadOnlyList<(double Width, double Height)> nodes, IEnumerable<(int From, int To)> edges)
    {
        var needs = WithoutShortcuts(nodes.Count, edges);
        var layers = Layers(nodes.Count, needs);
        var alone = Enumerable.Range(0, nodes.Count).Where(node => needs[node].Count == 0 && !needs.Any(other => other.Contains(node))).ToHashSet();
        var graph = new Columns(nodes, needs, layers, alone);
        graph.Order();
        return graph.Placed();
    }

    // What is needed by way of another needs no line of its own; what needs itself in a circle keeps only the lines that break it
    private static List<SortedSet<int>> WithoutShortcuts(int count, IEnumerable<(int From, int To)> edges)
    {
        var needs = Enumerable.Range(0, count).Select(_ => new SortedSet<int>()).ToList();
        foreach (var (from, to) in edges.Where(edge => edge.From != edge.To).Order())
        {
            if (!Reaches(needs, to, from))
            {
                needs[from].Add(to);
            }
        }
        foreach (var own in needs)
        {
            own.RemoveWhere(to => own.Any(other => other != to && Reaches(needs, other, to)));
        }
        return needs;
    }

    private static bool Reaches(List<SortedSet<int>> needs, int from, int to)
    {
        var (seen, open) = (new HashSet<int> { from }, new Stack<int>([from]));
        while (open.TryPop(out var node))
        {
            if (node == to)
            {
                return true;
            }
            foreach (var next in needs[node].Where(seen.Add))
            {
                open.Push(next);
            }
        }
        return false;
    }

    private static int[] Layers(int count, List<SortedSet<int>> needs)
    {
        var layers = Enumerable.Repeat(-1, count).ToArray();
        for (var node = 0; node < count; node++)
        {
            var open = new Stack<int>([node]);
            while (open.TryPeek(out var at))
            {
                var missing = needs[at].FirstOrDefault(need => layers[need] < 0, -1);
                if (missing >= 0)
                {
                    open.Push(missing);
                    continue;
                }
                layers[at] = needs[at].Count == 0 ? 0 : needs[at].Max(need => layers[need]) + 1;
                open.Pop();
            }
        }
        // What only one column needs stands beside it, and not at the far left
        foreach (var node in Enumerable.Range(0, count).OrderByDescending(node => layers[node]))
        {
            var users = Enumerable.Range(0, count).Where(user => needs[user].Contains(node)).ToArray();
            layers[node] = users.Length == 0 ? layers[node] : users.Min(user => layers[user]) - 1;
        }
        return layers;
    }

    /// <summary>The columns while they are put in order.</summary>
    private sealed class Columns
    {
        private readonly IReadOnlyList<(double Width, double Height)> _nodes;
        private readonly List<List<int>> _columns = [];
        private readonly Dictionary<int, List<int>> _left = [];
        private readonly Dictionary<int, List<int>> _right = [];
        private readonly List<ImmutableArray<int>> _lines = [];
        private readonly HashSet<int> _alone;
        private readonly Dictionary<int, int> _columnOf = [];

        public Columns(IReadOnlyList<(double Width, double Height)> nodes, List<SortedSet<int>> needs, int[] layers, HashSet<int> alone)
        {
            (_nodes, _alone) = (nodes, alone);
            var next = nodes.Count;
            foreach (var node in Enumerable.Range(0, nodes.Count).Where(node => !alone.Contains(node)))
            {
                Put(node, layers[node]);
            }
            for (var node = 0; node < nodes.Count; node++)
            {
                foreach (var need in needs[node])
                {
                    var line = new List<int> { need };
                    for (var layer = layers[need] + 1; layer < layers[node]; layer++)
                    {
                        Put(next, layer);
                        line.Add(next++);
                    }
                    line.Add(node);
                    _lines.Add([.. line]);
                    for (var i = 1; i < line.Count; i++)
                    {
                        Link(line[i - 1], line[i]);
                    }
                }
            }
        }

        public void Order()
        {
            for (var sweep = 0; sweep < Sweeps; sweep++)
            {
                var towardsRight = sweep % 2 == 0;
                foreach (var column in towardsRight ? _columns : Enumerable.Reverse(_columns))
                {
                    var beside = towardsRight ? _left : _right;
                    var places = _columns.SelectMany(other => other.Select((node, index) => (node, index)))
                        .ToDictionary(place => place.node, place => place.index);
                    var ordered = column.OrderBy(node => beside.TryGetValue(node, out var neighbours) ? neighbours.Average(other => places[other])
                        : places[node])
                        .ToArray();
                    column.Clear();
                    column.AddRange(ordered);
                }
            }
        }

        public LaidGraph Placed()
        {
            var places = new Dictionary<int, (double X, double Y)>();
            var (x, height) = (0.0, 0.0);
            foreach (var column in _columns)
            {
                var width = column.Where(node => node < _nodes.Count).Select(node => _nodes[node].Width).DefaultIfEmpty(0).Max();
                var y = 0.0;
                foreach (var node in column)
                {
                    // As near to what it belongs to as those above it let
                    var wanted = _left.TryGetValue(node, out var left) ? left.Average(other => places[other].Y + Height(other) / 2) - Height(node) / 2 : y;
                    y = Math.Max(y, wanted);
                    places[node] = (x, y);
                    y += Height(node) + RowGap;
                }
                height = Math.Max(height, y);
                x += width + ColumnGap;
            }
            var total = Math.Max(0, x - ColumnGap);
            (total, height) = PlaceAlone(places, total, height);
            return new LaidGraph(total, height, [.. Enumerable.Range(0, _nodes.Count).Select(node => places[node])],
                [.. _lines.Select(line => new LaidLine(line[^1], line[0], [.. Points(line, places)]))]);
        }

        // What needs nothing and is needed by nothing stands in rows below
        private (double Width, double Height) PlaceAlone(Dictionary<int, (double X, double Y)> places, double width, double height)
        {
            var room = Math.Max(width, 900);
            var (x, y, row, used) = (0.0, height + (height > 0 ? 2 * RowGap : 0), 0.0, width);
            foreach (var node in _alone.Order())
            {
                if (x > 0 && x + _nodes[node].Width > room)
                {
                    (x, y, row) = (0, y + row + RowGap, 0);
                }
                places[node] = (x, y);
                row = Math.Max(row, _nodes[node].Height);
                x += _nodes[node].Width + RowGap;
                used = Math.Max(used, x - RowGap);
            }
            return (used, _alone.Count == 0 ? height : y + row + RowGap);
        }

        private IEnumerable<(double X, double Y)> Points(ImmutableArray<int> line, Dictionary<int, (double X, double Y)> places)
        {
            for (var i = 0; i < line.Length; i++)
            {
                var (x, y) = places[line[i]];
                var middle = y + Height(line[i]) / 2;
                if (i == 0)
                {
                    yield return (x + _nodes[line[i]].Width, middle);
                }
                else
                {
                    yield return (x, middle);
                    if (i < line.Length - 1)
                    {
                        // Straight through the column, whose nodes are as wide as the widest
                        yield return (x + _columns[_columnOf[line[i]]].Where(node => node < _nodes.Count)
                            .Select(node => _nodes[node].Width).DefaultIfEmpty(0).Max(), middle);
                    }
                }
            }
        }

        private double Height(int node) => node < _nodes.Count ? _nodes[node].Height : PassHeight;

        private void Put(int node, int column)
        {
            while (_columns.Count <= column)
            {
                _columns.Add([]);
            }
            _columns[column].Add(node);
            _columnOf[node] = column;
        }

        private void Link(int left, int right)
        {
            (_right.TryGetValue(left, out var after) ? after : _right[left] = []).Add(right);
            (_left.TryGetValue(right, out var before) ? before : _left[right] = []).Add(left);
        }
    }
}

/// <summary>A graph with places.</summary>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="Nodes">The upper left corner of each node.</param>
/// <param name="Lines">The lines between them.</param>
internal sealed record LaidGraph(double Width, double Height, ImmutableArray<(double X, double Y)> Nodes, ImmutableArray<LaidLine> Lines);

/// <summary>A line from what needs something to what it needs, as the points that it passes from the latter to the former.</summary>
internal sealed record LaidLine(int From, int To, ImmutableArray<(double X, double Y)> Points);
