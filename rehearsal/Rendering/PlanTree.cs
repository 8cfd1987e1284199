using Rehearsal.Graph;

namespace Rehearsal.Rendering;

/// <summary>Puts the resources of a plan below their parents.</summary>
public static class PlanTree
{
    /// <summary>The rows in the order of the tree, each with the branches that lead to it; a row whose parent is not among them is a root.</summary>
    public static IReadOnlyList<(string Branches, string Below, PlanRow Row)> Lay(IReadOnlyList<PlanRow> rows)
    {
        var known = new HashSet<Urn>(rows.Select(row => row.Urn));
        var children = rows.Where(row => row.Parent is not null && known.Contains(row.Parent) && row.Parent != row.Urn).ToLookup(row => row.Parent!);
        var laid = new List<(string, string, PlanRow)>(rows.Count);
        var open = new Stack<(string Branches, string Below, PlanRow Row)>();
        var seen = new HashSet<Urn>();
        foreach (var root in rows.Where(row => row.Parent is null || !known.Contains(row.Parent) || row.Parent == row.Urn).Reverse()) open.Push(("", "", root));
        while (open.TryPop(out var next))
        {
            laid.Add(next);
            // a replacement has several rows of one URN: its children hang below the first
            if (!seen.Add(next.Row.Urn)) continue;
            var below = children[next.Row.Urn].ToArray();
            for (var i = below.Length - 1; i >= 0; i--)
            {
                var last = i == below.Length - 1;
                open.Push((next.Below + (last ? "└─ " : "├─ "), next.Below + (last ? "   " : "│  "), below[i]));
            }
        }

        return laid;
    }
}
