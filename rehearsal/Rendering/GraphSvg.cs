using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Rehearsal.Rendering;

/// <summary>One node of a picture.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Kind">What it is, below the name.</param>
/// <param name="Style">The class by which a page colours it.</param>
/// <param name="Link">The anchor in the page that it leads to; null when there is none.</param>
internal sealed record GraphNode(string Label, string Kind, string Style, string? Link);

/// <summary>Draws a graph of resources: what is needed at the left, what needs it at the right.</summary>
internal static class GraphSvg
{
    private const double RowHeight = 38;
    private const double Letter = 7.3;
    private const double Padding = 20;
    private const int LongestLabel = 34;
    private const double Margin = 8;

    /// <summary>The picture as an element of a page.</summary>
    public static string Text(IReadOnlyList<GraphNode> nodes, IEnumerable<(int From, int To)> edges, string title)
    {
        var laid = GraphLayout.Of([.. nodes.Select(node => (Width(node), RowHeight))], edges);
        var svg = new StringBuilder();
        var (width, height) = (laid.Width + 2 * Margin, laid.Height + 2 * Margin);
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="graph" role="img" aria-label="{HtmlPage.Text(title)}" """)
            .Append(CultureInfo.InvariantCulture, $"""width="{width:0}" height="{height:0}" viewBox="{-Margin:0} {-Margin:0} {width:0} {height:0}">""")
            .Append('\n');
        foreach (var line in laid.Lines)
        {
            svg.Append("<path class=\"line\" d=\"").Append(Curve(line.Points)).Append("\"/>\n");
        }
        for (var i = 0; i < nodes.Count; i++)
        {
            Node(svg, nodes[i], laid.Nodes[i]);
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static void Node(StringBuilder svg, GraphNode node, (double X, double Y) place)
    {
        svg.Append(node.Link is null ? "<g>" : $"<a href=\"#{node.Link}\">");
        svg.Append("<title>").Append(HtmlPage.Text($"{node.Label} ({node.Kind})")).Append("</title>");
        svg.Append(CultureInfo.InvariantCulture, $"""<rect class="node {node.Style}" x="{place.X:0.#}" y="{place.Y:0.#}" width="{Width(node):0.#}" height="{RowHeight}" rx="6"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="label" x="{place.X + 10:0.#}" y="{place.Y + 16:0.#}">{HtmlPage.Text(Short(node.Label))}</text>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="kind" x="{place.X + 10:0.#}" y="{place.Y + 30:0.#}">{HtmlPage.Text(Short(node.Kind))}</text>""");
        svg.Append(node.Link is null ? "</g>\n" : "</a>\n");
    }

    private static string Curve(ImmutableArray<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{points[0].X:0.#} {points[0].Y:0.#}");
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            var middle = (from.X + to.X) / 2;
            path.Append(CultureInfo.InvariantCulture, $"C{middle:0.#} {from.Y:0.#} {middle:0.#} {to.Y:0.#} {to.X:0.#} {to.Y:0.#}");
        }
        return path.ToString();
    }

    private static double Width(GraphNode node) => Math.Max(Short(node.Label).Length * Letter, Short(node.Kind).Length * Letter * 0.85) + Padding;

    private static string Short(string text) => text.Length <= LongestLabel ? text
        : $"{text[..(char.IsHighSurrogate(text[LongestLabel - 2]) ? LongestLabel - 2 : LongestLabel - 1)]}…";
}
