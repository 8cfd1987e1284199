using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Comparing;
using Rehearsal.Graph;

namespace Rehearsal.Rendering;

/// <summary>A picture of what a plan leaves behind: components as boxes in boxes, resources inside, and what needs what.</summary>
/// <remarks>
/// A line is drawn where its two ends part: between two resources of a component, or between the two components that hold them, once, whatever number of
/// their resources need each other; what is needed by way of another has none. A component that holds nothing stands as a resource does. What belongs to a
/// resource, and to no component, stands beside it and needs it, as the engine has it. The stack itself and the providers that the engine makes are not drawn.
/// </remarks>
internal sealed record PlanGraph
{
    /// <summary>As many boxes within each other as anybody can tell apart; what is in more stands in the last.</summary>
    private const int MostDepth = 12;

    private const int MostTold = 12;

    public required string Stack { get; init; }

    public required string Project { get; init; }

    public required GraphLevel Top { get; init; }

    /// <summary>The packages of the resources with their number, by the alphabet;
    /// a node's style is <c>p</c> and the number of its package among these.</summary>
    public required ImmutableArray<(string Package, int Count)> Packages { get; init; }

    public required int Resources { get; init; }

    public required int Components { get; init; }

    /// <summary>What it shows, in one line.</summary>
    public string Title => $"The plan of {Stack} ({Project}): {Counted(Resources, "resource")} in {Counted(Components, "component")}";

    /// <summary>The graph of a side.</summary>
    /// <param name="side">The resources.</param>
    /// <param name="link">Where in a page a resource stands; null where nothing leads.</param>
    public static PlanGraph Of(Side side, Func<Urn, string?> link)
    {
        var states = side.Resources.Where(state => !ProviderReference.IsDefaultProvider(state.Urn) && state.Type != Urn.RootType)
            .DistinctBy(state => state.Urn).OrderBy(state => state.Urn.Value, StringComparer.Ordinal).ToArray();
        var packages = states.Where(state => state.Custom).GroupBy(state => TypeParts.Package(state.Type), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Count())).ToImmutableArray();
        return new PlanGraph
        {
            Stack = side.Stack,
            Project = side.Project,
            Top = new Builder(states, [.. packages.Select(package => package.Key)], link).Build(),
            Packages = packages,
            Resources = states.Count(state => state.Custom),
            Components = states.Count(state => !state.Custom),
        };
    }

    private static string Counted(int count, string word) => $"{count} {word}{(count == 1 ? "" : "s")}";

    private sealed class Builder
    {
        private readonly ResourceState[] _states;
        private readonly ImmutableArray<string> _packages;
        private readonly Func<Urn, string?> _link;
        private readonly FrozenDictionary<Urn, ResourceState> _known;
        private readonly Dictionary<Urn, ImmutableArray<Urn>> _paths = [];
        private readonly ILookup<Urn?, ResourceState> _inside;
        private readonly ILookup<Urn?, (Urn From, Urn To, string Told)> _lines;
        private int _drawn;

        public Builder(ResourceState[] states, ImmutableArray<string> packages, Func<Urn, string?> link)
        {
            (_states, _packages, _link) = (states, packages, link);
            _known = states.ToFrozenDictionary(state => state.Urn);
            foreach (var state in states)
            {
                _paths[state.Urn] = Path(state);
            }
            _inside = states.ToLookup(state => _paths[state.Urn] is [.., var box, _] ? box : null);
            _lines = states.SelectMany(Parting).ToLookup(line => line.Level, line => (line.From, line.To, line.Told));
        }

        public GraphLevel Build() => Level(box: null);

        private GraphLevel Level(Urn? box)
        {
            var states = _inside[box].ToArray();
            var numbers = states.Select((state, index) => (state.Urn, index)).ToDictionary(entry => entry.Urn, entry => entry.index);
            var nodes = states.Select(Node).ToImmutableArray();
            var told = _lines[box].ToLookup(line => (From: numbers[line.From], To: numbers[line.To]), line => line.Told);
            return new GraphLevel(
                nodes,
                [.. new GraphNeeds(nodes.Length, told.Select(line => line.Key)).Reduced()
                    .Select(line => new GraphEdge(line.From, line.To, Told([.. told[line]])))]);
        }

        private GraphNode Node(ResourceState state)
        {
            var number = ++_drawn;
            var style = state.Custom ? $"p{_packages.IndexOf(TypeParts.Package(state.Type))}" : "component";
            return new GraphNode(
                Name(state.Urn), TypeParts.Short(state.Type) + (state.External ? ", read" : ""), state.External ? $"{style} read" : style, _link(state.Urn))
            {
                Number = number,
                Hint = $"{Name(state.Urn)}\n{Terminal.Visible(state.Type)}",
                Inside = state.Custom ? GraphLevel.Empty : Level(state.Urn),
            };
        }

        // One line, so that lines can be put together
        private static string Name(Urn urn) => Terminal.Visible(urn.Name);

        private static string Told(string[] lines)
        {
            var sorted = lines.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            return string.Join('\n', sorted.Take(MostTold)) + (sorted.Length > MostTold ? $"\nand {sorted.Length - MostTold} more" : "");
        }

        // The components that a resource is in, the outermost first, and itself. A damaged state may have parents in a circle
        private ImmutableArray<Urn> Path(ResourceState state)
        {
            var (path, seen) = (new List<Urn> { state.Urn }, new HashSet<Urn> { state.Urn });
            for (var at = Above(state); at is not null && seen.Add(at.Urn); at = Above(at))
            {
                if (!at.Custom)
                {
                    path.Add(at.Urn);
                }
            }
            // A circle has no outermost box
            if (path.Count > 1 && Above(_known[path[^1]]) is { } above && seen.Contains(above.Urn) && IsInCircle(path[^1]))
            {
                return [state.Urn];
            }
            path.Reverse();
            return path.Count <= MostDepth ? [.. path] : [.. path.Take(MostDepth), state.Urn];
        }

        private bool IsInCircle(Urn urn)
        {
            var seen = new HashSet<Urn>();
            for (var at = _known[urn]; at is not null; at = Above(at))
            {
                if (!seen.Add(at.Urn))
                {
                    return true;
                }
            }
            return false;
        }

        private ResourceState? Above(ResourceState state) => state.Parent is { } parent && parent != state.Urn ? _known.GetValueOrDefault(parent) : null;

        // The boxes that a resource and what it needs do not share, and the one around both
        private IEnumerable<(Urn? Level, Urn From, Urn To, string Told)> Parting(ResourceState state)
        {
            var needs = state.Needs();
            foreach (var need in Above(state) is { Custom: true } parent ? needs.Append(parent.Urn) : needs)
            {
                if (!_paths.TryGetValue(need, out var to))
                {
                    continue;
                }
                var from = _paths[state.Urn];
                var shared = 0;
                while (shared < from.Length && shared < to.Length && from[shared] == to[shared])
                {
                    shared++;
                }
                if (shared < from.Length && shared < to.Length)
                {
                    yield return (shared == 0 ? null : from[shared - 1], from[shared], to[shared], $"{Name(state.Urn)} needs {Name(need)}");
                }
            }
        }
    }
}

/// <summary>What stands beside each other in a picture: the whole of it, or what is in one box.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Edges">Which of them needs which.</param>
internal sealed record GraphLevel(ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphEdge> Edges)
{
    public static readonly GraphLevel Empty = new([], []);
}

/// <summary>One node of a picture.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Kind">What it is, below the name.</param>
/// <param name="Style">The classes by which it is coloured.</param>
/// <param name="Link">The anchor in the page that it leads to; null when there is none.</param>
internal sealed record GraphNode(string Label, string Kind, string Style, string? Link)
{
    /// <summary>Its number in the picture, from 1.</summary>
    public int Number { get; init; }

    /// <summary>What is said of it to whoever points at it.</summary>
    public string Hint { get; init; } = $"{Label} ({Kind})";

    /// <summary>What is in it; a box when there is something.</summary>
    public GraphLevel Inside { get; init; } = GraphLevel.Empty;

    public bool IsBox => !Inside.Nodes.IsEmpty;
}

/// <summary>What needs what, by their places among the nodes beside each other.</summary>
/// <param name="From">What needs the other.</param>
/// <param name="To">What is needed.</param>
/// <param name="Told">Which resources in them do, a line each.</param>
internal readonly record struct GraphEdge(int From, int To, string Told = "");
