using System.Collections.Immutable;

namespace Rehearsal.Rendering;

/// <summary>What of a graph is drawn: lines without shortcuts, and the column of each node, so that what is needed stands left of what needs it.</summary>
/// <remarks>Nodes are numbers from 0. The order of the edges does not matter.</remarks>
internal sealed class GraphNeeds
{
    private readonly SortedSet<int>[] _needs;
    private readonly List<int>[] _users;
    private readonly int[] _columns;

    public GraphNeeds(int count, IEnumerable<(int From, int To)> edges)
    {
        _needs = [.. Enumerable.Range(0, count).Select(_ => new SortedSet<int>())];
        foreach (var (from, to) in edges.Where(edge => edge.From != edge.To))
        {
            _needs[from].Add(to);
        }
        var (order, back) = WithoutCircles();
        _columns = new int[count];
        foreach (var node in order)
        {
            _columns[node] = _needs[node].Count == 0 ? 0 : _needs[node].Max(need => _columns[need]) + 1;
        }
        WithoutShortcuts();
        _users = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        Lines = [.. Drawn(back)];
        // What only one column needs stands beside it, and not at the far left
        foreach (var node in Enumerable.Range(0, count).OrderByDescending(node => _columns[node]))
        {
            _columns[node] = _users[node].Count == 0 ? _columns[node] : _users[node].Min(user => _columns[user]) - 1;
        }
    }

    /// <summary>The lines, each from a node to one further left.</summary>
    public ImmutableArray<GraphLine> Lines { get; }

    public int Column(int node) => _columns[node];

    /// <summary>Whether it needs nothing and nothing needs it.</summary>
    public bool IsAlone(int node) => _needs[node].Count == 0 && _users[node].Count == 0;

    /// <summary>What needs what, without what is needed by way of another; what needs itself in a circle keeps its circle.</summary>
    public IEnumerable<(int From, int To)> Reduced() => Lines.SelectMany(line => line.Points switch
    {
        LinePoints.AtLeft => new[] { (line.Right, line.Left) },
        LinePoints.AtRight => [(line.Left, line.Right)],
        _ => [(line.Right, line.Left), (line.Left, line.Right)],
    }).Order();

    // Takes out what closes a circle, and tells an order in which everything follows what it needs
    private (List<int> Order, List<(int From, int To)> Back) WithoutCircles()
    {
        var (order, back) = (new List<int>(_needs.Length), new List<(int From, int To)>());
        var (isOpen, isDone) = (new bool[_needs.Length], new bool[_needs.Length]);
        for (var start = 0; start < _needs.Length; start++)
        {
            var path = new Stack<(int Node, Queue<int> Left)>();
            Enter(start);
            while (path.TryPeek(out var at))
            {
                if (at.Left.TryDequeue(out var need))
                {
                    if (isOpen[need])
                    {
                        back.Add((at.Node, need));
                    }
                    else
                    {
                        Enter(need);
                    }
                    continue;
                }
                path.Pop();
                (isOpen[at.Node], isDone[at.Node]) = (false, true);
                order.Add(at.Node);
            }

            void Enter(int node)
            {
                if (!isDone[node])
                {
                    isOpen[node] = true;
                    path.Push((node, new Queue<int>(_needs[node])));
                }
            }
        }
        foreach (var (from, to) in back)
        {
            _needs[from].Remove(to);
        }
        return (order, back);
    }

    // Whoever is in a column further right may lead to the others, never the other way round
    private void WithoutShortcuts()
    {
        var seen = new int[_needs.Length];
        for (var node = 0; node < _needs.Length; node++)
        {
            if (_needs[node].Count < 2)
            {
                continue;
            }
            var lowest = _needs[node].Min(need => _columns[need]);
            foreach (var need in _needs[node].OrderByDescending(need => _columns[need]).ToArray())
            {
                if (seen[need] == node + 1)
                {
                    _needs[node].Remove(need);
                    continue;
                }
                var open = new Stack<int>([need]);
                while (open.TryPop(out var at))
                {
                    foreach (var next in _needs[at].Where(next => _columns[next] >= lowest && seen[next] != node + 1))
                    {
                        seen[next] = node + 1;
                        open.Push(next);
                    }
                }
            }
        }
    }

    private IEnumerable<GraphLine> Drawn(List<(int From, int To)> back)
    {
        var closing = back.Select(edge => (Right: edge.To, Left: edge.From)).ToHashSet();
        for (var right = 0; right < _needs.Length; right++)
        {
            foreach (var left in _needs[right])
            {
                _users[left].Add(right);
                yield return new GraphLine(right, left, closing.Contains((right, left)) ? LinePoints.AtBoth : LinePoints.AtLeft);
            }
        }
        foreach (var (right, left) in closing.Where(line => !_needs[line.Right].Contains(line.Left)).Order())
        {
            yield return new GraphLine(right, left, LinePoints.AtRight);
        }
    }
}

/// <summary>A line between two nodes.</summary>
/// <param name="Right">The node at its right end.</param>
/// <param name="Left">The node at its left end.</param>
/// <param name="Points">Which of them is needed.</param>
internal sealed record GraphLine(int Right, int Left, LinePoints Points);

/// <summary>Which end of a line its arrow points at: that which is needed.</summary>
internal enum LinePoints
{
    AtLeft,

    /// <summary>It closes a circle.</summary>
    AtRight,

    /// <summary>Each needs the other.</summary>
    AtBoth,
}
