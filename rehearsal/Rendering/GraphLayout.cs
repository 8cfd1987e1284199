using System.Collections.Immutable;

namespace Rehearsal.Rendering;

/// <summary>Lays a graph out in columns or in rows: what is needed stands left of what needs it, or above, and lines cross as little as a few sweeps can make
/// them.</summary>
/// <remarks>Pure, and the same for the same graph. After Sugiyama: columns by the longest way, invisible nodes where a line passes a column, order by the
/// middle of the neighbours, heights as near to the neighbours as the order lets (pooled adjacent violators).</remarks>
internal sealed class GraphLayout
{
    private const int Sweeps = 12;
    private const double RowGap = 10;
    private const double ColumnGap = 56;
    private const double PassHeight = 8;

    /// <summary>How much wider than high a screen is.</summary>
    private const double Screen = 1.5;

    private readonly IReadOnlyList<(double Width, double Height)> _nodes;
    private readonly GraphNeeds _needs;
    private readonly List<List<int>> _columns = [];
    private readonly List<int> _columnOf = [];
    private readonly List<List<int>> _left = [];
    private readonly List<List<int>> _right = [];
    private readonly List<ImmutableArray<int>> _lines = [];
    private readonly List<double> _y = [];

    private GraphLayout(IReadOnlyList<(double Width, double Height)> nodes, IEnumerable<(int From, int To)> edges)
    {
        (_nodes, _needs) = (nodes, new GraphNeeds(nodes.Count, edges));
        for (var node = 0; node < nodes.Count; node++)
        {
            Add(_needs.Column(node), isPlaced: !_needs.IsAlone(node));
        }
        foreach (var line in _needs.Lines)
        {
            var way = new List<int> { line.Left };
            for (var column = _needs.Column(line.Left) + 1; column < _needs.Column(line.Right); column++)
            {
                way.Add(Add(column, isPlaced: true));
            }
            way.Add(line.Right);
            _lines.Add([.. way]);
            for (var i = 1; i < way.Count; i++)
            {
                _right[way[i - 1]].Add(way[i]);
                _left[way[i]].Add(way[i - 1]);
            }
        }
    }

    /// <summary>The places of nodes and lines, whichever way fills a screen better.</summary>
    /// <param name="nodes">The nodes with their sizes; their order decides where nothing else does.</param>
    /// <param name="edges">Which node needs which, by their numbers.</param>
    public static LaidGraph Of(IReadOnlyList<(double Width, double Height)> nodes, IEnumerable<(int From, int To)> edges)
    {
        (int From, int To)[] all = [.. edges];
        var (across, down) = (InColumns(nodes, all), InRows(nodes, all));
        return Room(across) <= Room(down) ? across : down;

        static double Room(LaidGraph laid) => Math.Max(laid.Width, laid.Height * Screen);
    }

    /// <summary>The same from left to right.</summary>
    public static LaidGraph InColumns(IReadOnlyList<(double Width, double Height)> nodes, IEnumerable<(int From, int To)> edges)
    {
        var layout = new GraphLayout(nodes, edges);
        layout.Order();
        layout.Straighten();
        return layout.Placed();
    }

    /// <summary>The same from top to bottom.</summary>
    public static LaidGraph InRows(IReadOnlyList<(double Width, double Height)> nodes, IEnumerable<(int From, int To)> edges)
    {
        var turned = InColumns([.. nodes.Select(node => (node.Height, node.Width))], edges);
        return new LaidGraph(turned.Height, turned.Width, [.. turned.Nodes.Select(Turned)],
            [.. turned.Lines.Select(line => line with { Points = [.. line.Points.Select(Turned)] })])
        { IsInRows = true };

        static (double X, double Y) Turned((double X, double Y) point) => (point.Y, point.X);
    }

    private int Add(int column, bool isPlaced)
    {
        var node = _columnOf.Count;
        _columnOf.Add(column);
        _left.Add([]);
        _right.Add([]);
        _y.Add(0);
        while (_columns.Count <= column && isPlaced)
        {
            _columns.Add([]);
        }
        if (isPlaced)
        {
            _columns[column].Add(node);
        }
        return node;
    }

    private void Order()
    {
        var places = new double[_columnOf.Count];
        foreach (var column in _columns)
        {
            Number(column);
        }
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var (towardsRight, beside) = (sweep % 2 == 0, sweep % 2 == 0 ? _left : _right);
            foreach (var column in towardsRight ? _columns : Enumerable.Reverse(_columns))
            {
                var ordered = column.OrderBy(node => beside[node].Count > 0 ? beside[node].Average(other => places[other]) : places[node]).ToArray();
                column.Clear();
                column.AddRange(ordered);
                Number(column);
            }
        }

        // By the share of the column, since a long one beside a short one counts otherwise
        void Number(List<int> column)
        {
            for (var i = 0; i < column.Count; i++)
            {
                places[column[i]] = (i + 0.5) / column.Count;
            }
        }
    }

    private void Straighten()
    {
        foreach (var column in _columns)
        {
            var y = 0.0;
            foreach (var node in column)
            {
                _y[node] = y;
                y += Height(node) + RowGap;
            }
        }
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var column in sweep % 2 == 0 ? _columns : Enumerable.Reverse(_columns))
            {
                Settle(column, node => sweep >= Sweeps - 2 ? [.. _left[node], .. _right[node]] : sweep % 2 == 0 ? _left[node] : _right[node]);
            }
        }
        var top = _columns.SelectMany(column => column).Select(node => _y[node]).DefaultIfEmpty(0).Min();
        for (var node = 0; node < _y.Count; node++)
        {
            _y[node] -= top;
        }
    }

    // Each as near to the middle of its neighbours as it can be without leaving its row: neighbours in the column that want to change places share theirs
    private void Settle(List<int> column, Func<int, List<int>> neighbours)
    {
        var blocks = new List<(double Sum, int Count)>();
        var offset = 0.0;
        foreach (var node in column)
        {
            var beside = neighbours(node);
            var wanted = beside.Count == 0 ? _y[node] : beside.Average(other => _y[other] + Height(other) / 2) - Height(node) / 2;
            blocks.Add((wanted - offset, 1));
            offset += Height(node) + RowGap;
            while (blocks.Count > 1 && blocks[^2].Sum / blocks[^2].Count > blocks[^1].Sum / blocks[^1].Count)
            {
                var (above, below) = (blocks[^2], blocks[^1]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((above.Sum + below.Sum, above.Count + below.Count));
            }
        }
        var (next, down) = (0, 0.0);
        foreach (var (sum, count) in blocks)
        {
            for (var i = 0; i < count; i++)
            {
                _y[column[next]] = sum / count + down;
                down += Height(column[next++]) + RowGap;
            }
        }
    }

    private LaidGraph Placed()
    {
        var (starts, widths) = (new double[_columns.Count], new double[_columns.Count]);
        var (x, height) = (0.0, 0.0);
        for (var column = 0; column < _columns.Count; column++)
        {
            starts[column] = x;
            widths[column] = _columns[column].Where(IsNode).Select(node => _nodes[node].Width).DefaultIfEmpty(0).Max();
            x += widths[column] + ColumnGap;
            height = _columns[column].Select(node => _y[node] + Height(node)).Append(height).Max();
        }
        var places = Enumerable.Range(0, _nodes.Count).Select(node => (X: _needs.IsAlone(node) ? 0 : starts[_columnOf[node]], Y: _y[node])).ToArray();
        var (width, total) = PlaceAlone(places, Math.Max(0, x - ColumnGap), height);
        return new LaidGraph(width, total, [.. places], [.. _needs.Lines.Zip(_lines, (line, way) => new LaidLine(line, [.. Points(way)]))]);

        IEnumerable<(double X, double Y)> Points(ImmutableArray<int> way)
        {
            for (var i = 0; i < way.Length; i++)
            {
                var (column, middle) = (_columnOf[way[i]], _y[way[i]] + Height(way[i]) / 2);
                if (i > 0)
                {
                    yield return (starts[column], middle);
                }
                if (i < way.Length - 1)
                {
                    // Straight through a column, whose nodes are as wide as the widest
                    yield return (starts[column] + (i == 0 ? _nodes[way[i]].Width : widths[column]), middle);
                }
            }
        }
    }

    // What needs nothing and is needed by nothing stands in rows below, the highest first
    private (double Width, double Height) PlaceAlone((double X, double Y)[] places, double width, double height)
    {
        int[] alone = [.. Enumerable.Range(0, _nodes.Count).Where(_needs.IsAlone).OrderByDescending(node => _nodes[node].Height)];
        var room = Math.Max(width, Math.Max(Math.Sqrt(2.4 * alone.Sum(node => (_nodes[node].Width + RowGap) * (_nodes[node].Height + RowGap))),
            alone.Select(node => _nodes[node].Width).DefaultIfEmpty(0).Max()));
        var (x, y, row) = (0.0, height + (height > 0 ? 2 * RowGap : 0), 0.0);
        foreach (var node in alone)
        {
            if (x > 0 && x + _nodes[node].Width > room)
            {
                (x, y, row) = (0, y + row + RowGap, 0);
            }
            places[node] = (x, y);
            row = Math.Max(row, _nodes[node].Height);
            x += _nodes[node].Width + RowGap;
            width = Math.Max(width, x - RowGap);
        }
        return (width, alone.Length == 0 ? height : y + row);
    }

    private bool IsNode(int node) => node < _nodes.Count;

    private double Height(int node) => IsNode(node) ? _nodes[node].Height : PassHeight;
}

/// <summary>A graph with places.</summary>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="Nodes">The upper left corner of each node.</param>
/// <param name="Lines">The lines between them.</param>
internal sealed record LaidGraph(double Width, double Height, ImmutableArray<(double X, double Y)> Nodes, ImmutableArray<LaidLine> Lines)
{
    /// <summary>Whether left is above, and right below.</summary>
    public bool IsInRows { get; init; }
}

/// <summary>A line as the points that it passes from its left end to its right end, or from above to below.</summary>
internal sealed record LaidLine(GraphLine Line, ImmutableArray<(double X, double Y)> Points);
