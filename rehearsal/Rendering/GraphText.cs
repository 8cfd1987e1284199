using System.Globalization;
using System.Text;

namespace Rehearsal.Rendering;

/// <summary>Writes a graph for Graphviz: <see href="https://graphviz.org/doc/info/lang.html">the DOT language</see>.</summary>
internal static class GraphDot
{
    public static string Text(PlanGraph graph)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $$"""
            // What is needed stands left of what needs it: dot -Tsvg FILE
            digraph "{{Name(graph.Stack)}}" {
              graph [rankdir=RL, compound=true, label="{{Label(graph.Title)}}", labelloc=t, fontname="sans-serif", fontsize=14, nodesep=0.15, ranksep=0.6]
              node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=10, margin="0.12,0.06", height=0.3]
              edge [color="#5b6671", arrowsize=0.6]

            """).Replace("\r", "");
        Level(text, graph.Top, "  ");
        return text.Append("}\n").ToString();
    }

    private static void Level(StringBuilder text, GraphLevel level, string indent)
    {
        foreach (var node in level.Nodes)
        {
            var told = $"label=\"{Label($"{node.Label}\n{node.Kind}")}\", tooltip=\"{Label(node.Hint)}\"";
            if (!node.IsBox)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}n{node.Number} [{told}, fillcolor=\"{GraphColours.Fill(node.Style)}\", color=\"{GraphColours.Stroke(node.Style)}\"]\n");
                continue;
            }
            text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph cluster_{node.Number} {{\n{indent}  graph [{told}, style=rounded, color=\"#98a4b0\", fontsize=11]\n");
            Level(text, node.Inside, $"{indent}  ");
            text.Append(indent).Append("}\n");
        }
        foreach (var edge in level.Edges)
        {
            var (from, to) = (level.Nodes[edge.From], level.Nodes[edge.To]);
            // Graphviz draws lines between nodes alone, and cuts them at a box on request
            text.Append(CultureInfo.InvariantCulture, $"{indent}n{First(from)} -> n{First(to)} [tooltip=\"{Label(edge.Told)}\"")
                .Append(from.IsBox ? $", ltail=cluster_{from.Number}" : "").Append(to.IsBox ? $", lhead=cluster_{to.Number}" : "").Append("]\n");
        }
    }

    private static int First(GraphNode node)
    {
        while (node.IsBox)
        {
            node = node.Inside.Nodes[0];
        }
        return node.Number;
    }

    // Between quotes only these two say something; a name is one line
    private static string Name(string name) => Terminal.Visible(name).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);

    // Labels are read once more, for backslashes and for the entities of HTML
    private static string Label(string lines) => string.Join("\\n", lines.Split('\n')
            .Select(line => Name(line).Replace("&", "&amp;", StringComparison.Ordinal)));
}

/// <summary>Writes a graph for Mermaid: <see href="https://mermaid.js.org/syntax/flowchart.html">a flowchart</see>, as Markdown files hold them.</summary>
internal static class GraphMermaid
{
    /// <summary>What Mermaid draws unless its configuration says otherwise (mermaid 11, defaultConfig: <c>maxTextSize</c>, <c>maxEdges</c>).</summary>
    private const int MostCharacters = 50_000;
    private const int MostEdges = 500;

    /// <summary>The text, and why Mermaid would not draw it unasked; null when it does.</summary>
    public static (string Text, string? TooLarge) Text(PlanGraph graph)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"%% {Label(graph.Title)}. What is needed stands left of what needs it.\nflowchart RL\n");
        var edges = Level(text, graph.Top, "  ");
        for (var i = 0; i < Math.Min(graph.Packages.Length, GraphColours.Count); i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  classDef p{i} fill:{GraphColours.Fill($"p{i}")},stroke:{GraphColours.Stroke($"p{i}")},color:#1b2127\n");
        }
        var size = text.Length <= MostCharacters && edges <= MostEdges ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"Mermaid draws at most {MostCharacters:N0} characters and {MostEdges} lines unless maxTextSize and maxEdges allow more; these are {text.Length:N0} and {edges}.");
        return (text.ToString(), size);
    }

    private static int Level(StringBuilder text, GraphLevel level, string indent)
    {
        var edges = level.Edges.Length;
        foreach (var node in level.Nodes)
        {
            if (!node.IsBox)
            {
                var style = node.Style.Split(' ')[0];
                text.Append(CultureInfo.InvariantCulture, $"{indent}n{node.Number}[\"{Label(node.Label)}<br/>{Label(node.Kind)}\"]").Append(style == "component" ? "" : $":::{GraphColours.Class(style)}").Append('\n');
                continue;
            }
            // The second line of a box's name would lie below what is in it
            text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph n{node.Number}[\"{Label($"{node.Label} ({node.Kind})")}\"]\n");
            edges += Level(text, node.Inside, $"{indent}  ");
            text.Append(indent).Append("end\n");
        }
        foreach (var edge in level.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}n{level.Nodes[edge.From].Number} --> n{level.Nodes[edge.To].Number}\n");
        }
        return edges;
    }

    // Whatever Mermaid, Markdown or HTML could read is written as the number of its character, Mermaid's own way of quoting
    private static string Label(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in Terminal.Visible(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (rune.IsAscii && " .:-/,()+=@".Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                safe.Append(rune.ToString());
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }
        return safe.ToString();
    }
}
