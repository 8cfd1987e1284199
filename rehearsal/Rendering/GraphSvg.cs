using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Rehearsal.Rendering;

/// <summary>Draws a graph of resources: what is needed left of what needs it or above, boxes in boxes.</summary>
internal static class GraphSvg
{
    private const double Margin = 12;
    private const double Padding = 12;
    private const double LabelHeight = 15;
    private const double KindHeight = 14;
    private const double LabelLetter = 7.3;
    private const double KindLetter = 6.2;
    private const double LegendRow = 22;

    /// <summary>Longer names go on in the next line; none is cut.</summary>
    private const int LineLength = 34;

    /// <summary>The picture as an element of a page.</summary>
    public static string Text(GraphLevel level, string title)
    {
        var (laid, boxes) = Laid(level);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="graph" role="img" aria-label="{HtmlPage.Text(title)}" """)
            .Append(CultureInfo.InvariantCulture, $"""width="{laid.Width + 2 * Margin:0}" height="{laid.Height + 2 * Margin:0}" """)
            .Append(CultureInfo.InvariantCulture, $"viewBox=\"{-Margin:0} {-Margin:0} {laid.Width + 2 * Margin:0} {laid.Height + 2 * Margin:0}\">\n")
            .Append(Arrow);
        Level(svg, level, laid, boxes, (0, 0), depth: 0);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>The picture as a file of its own, with its colours for light and dark, a title, and what the colours mean.</summary>
    public static string File(PlanGraph graph)
    {
        var (laid, boxes) = Laid(graph.Top);
        var width = Math.Max(laid.Width, Cells(graph.Title) * LabelLetter * 1.3);
        var (swatches, top) = Legend(graph, width);
        var svg = new StringBuilder();
        svg.Append("""<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="img" """)
            .Append(CultureInfo.InvariantCulture, $"""width="{width + 2 * Margin:0}" height="{laid.Height + top + 2 * Margin:0}" """)
            .Append(CultureInfo.InvariantCulture, $"viewBox=\"{-Margin:0} {-Margin:0} {width + 2 * Margin:0} {laid.Height + top + 2 * Margin:0}\">\n")
            .Append("<title>").Append(HtmlPage.Text(graph.Title)).Append("</title>\n<style>\n")
            .Append(GraphColours.Standalone).Append("</style>\n").Append(Arrow)
            .Append(CultureInfo.InvariantCulture, $"<rect class=\"paper\" x=\"{-Margin:0}\" y=\"{-Margin:0}\" width=\"100%\" height=\"100%\"/>\n")
            .Append("<text class=\"heading\" x=\"0\" y=\"16\">").Append(HtmlPage.Text(graph.Title)).Append("</text>\n")
            .Append("<text class=\"kind\" x=\"0\" y=\"36\">Arrows point at what is needed. What is needed by way of another has no line of its own.</text>\n")
            .Append(swatches);
        Level(svg, graph.Top, laid, boxes, (0, top), depth: 0);
        return svg.Append("</svg>\n").ToString();
    }

    private const string Arrow = """
        <defs><marker id="needed" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>

        """;

    private static (string Swatches, double Height) Legend(PlanGraph graph, double width)
    {
        var svg = new StringBuilder();
        var (x, y) = (0.0, 46.0);
        for (var i = 0; i < graph.Packages.Length; i++)
        {
            var (package, count) = graph.Packages[i];
            var text = string.Create(CultureInfo.InvariantCulture, $"{package} {count}");
            var room = Cells(text) * LabelLetter + 34;
            if (x > 0 && x + room > width)
            {
                (x, y) = (0, y + LegendRow);
            }
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"node {GraphColours.Class($"p{i}")}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"14\" height=\"14\" rx=\"3\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{x + 20:0.#}\" y=\"{y + 11.5:0.#}\">{HtmlPage.Text(text)}</text>\n");
            x += room;
        }
        return (svg.ToString(), y + (graph.Packages.IsEmpty ? 0 : LegendRow) + 6);
    }

    private static (LaidGraph Laid, Box[] Boxes) Laid(GraphLevel level)
    {
        Box[] boxes = [.. level.Nodes.Select(Measured)];
        return (GraphLayout.Of([.. boxes.Select(box => (box.Width, box.Height))], level.Edges.Select(edge => (edge.From, edge.To))), boxes);
    }

    private static Box Measured(GraphNode node)
    {
        var (label, kind) = (Wrapped(node.Label), Wrapped(node.Kind));
        var text = Math.Max(label.Max(Cells) * LabelLetter, kind.Max(Cells) * KindLetter);
        var head = label.Length * LabelHeight + kind.Length * KindHeight + 10;
        if (!node.IsBox)
        {
            return new Box(label, kind, text + 20, head, Inside: null, Boxes: []);
        }
        var (inside, boxes) = Laid(node.Inside);
        return new Box(label, kind, Math.Max(text, inside.Width) + 2 * Padding, head + inside.Height + Padding, inside, boxes);
    }

    private static void Level(StringBuilder svg, GraphLevel level, LaidGraph laid, Box[] boxes, (double X, double Y) at, int depth)
    {
        var lines = new StringBuilder();
        var told = level.Edges.ToLookup(edge => (edge.From, edge.To), edge => edge.Told);
        foreach (var (line, points) in laid.Lines)
        {
            lines.Append("<path class=\"line\" d=\"").Append(Curve([.. points.Select(point => (point.X + at.X, point.Y + at.Y))], laid.IsInRows)).Append('"')
                .Append(line.Points == LinePoints.AtRight ? "" : " marker-start=\"url(#needed)\"").Append(line.Points == LinePoints.AtLeft ? "" : " marker-end=\"url(#needed)\"");
            var hint = string.Join('\n', told[(line.Right, line.Left)].Concat(told[(line.Left, line.Right)]).Where(text => text.Length > 0));
            lines.Append(hint.Length == 0 ? "/>\n" : $"><title>{Lines(hint)}</title></path>\n");
        }
        svg.Append(lines);
        for (var i = 0; i < boxes.Length; i++)
        {
            var place = (X: laid.Nodes[i].X + at.X, Y: laid.Nodes[i].Y + at.Y);
            Node(svg, level.Nodes[i], boxes[i], place, depth);
            if (boxes[i].Inside is { } inside)
            {
                var head = boxes[i].Height - inside.Height - Padding;
                Level(svg, level.Nodes[i].Inside, inside, boxes[i].Boxes, (place.X + Padding, place.Y + head), depth + 1);
            }
        }
    }

    private static void Node(StringBuilder svg, GraphNode node, Box box, (double X, double Y) place, int depth)
    {
        var style = node.IsBox ? $"box d{depth % 2}" : $"node {string.Join(' ', node.Style.Split(' ').Select(GraphColours.Class))}";
        svg.Append(node.Link is null ? "<g>" : $"<a href=\"#{node.Link}\">").Append("<title>").Append(Lines(node.Hint)).Append("</title>")
            .Append(CultureInfo.InvariantCulture, $"""<rect class="{style}" x="{place.X:0.#}" y="{place.Y:0.#}" width="{box.Width:0.#}" height="{box.Height:0.#}" rx="6"/>""");
        var y = place.Y + 2.5;
        foreach (var line in box.Label)
        {
            y += LabelHeight;
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="label" x="{place.X + 10:0.#}" y="{y:0.#}">{HtmlPage.Text(line)}</text>""");
        }
        foreach (var line in box.Kind)
        {
            y += KindHeight;
            svg.Append(CultureInfo.InvariantCulture, $"""<text class="kind" x="{place.X + 10:0.#}" y="{y:0.#}">{HtmlPage.Text(line)}</text>""");
        }
        svg.Append(node.Link is null ? "</g>\n" : "</a>\n");
    }

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(HtmlPage.Text));

    private static string Curve(ImmutableArray<(double X, double Y)> points, bool isInRows)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{points[0].X:0.#} {points[0].Y:0.#}");
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            var (x, y) = ((from.X + to.X) / 2, (from.Y + to.Y) / 2);
            var (first, second) = isInRows ? ((from.X, y), (to.X, y)) : ((x, from.Y), (x, to.Y));
            path.Append(CultureInfo.InvariantCulture, $"C{first.Item1:0.#} {first.Item2:0.#} {second.Item1:0.#} {second.Item2:0.#} {to.X:0.#} {to.Y:0.#}");
        }
        return path.ToString();
    }

    // Behind the last joint of a name that fits, or in its middle when it has none
    private static string[] Wrapped(string text)
    {
        var (lines, rest) = (new List<string>(), Terminal.Visible(text));
        while (Cells(rest) > LineLength)
        {
            var (cells, fits, joint) = (0, 0, 0);
            foreach (var rune in rest.EnumerateRunes())
            {
                cells += Cells(rune);
                if (cells > LineLength)
                {
                    break;
                }
                fits += rune.Utf16SequenceLength;
                joint = rune.Value is '-' or '.' or '/' or ':' or '_' or ' ' && cells > LineLength / 3 ? fits : joint;
            }
            var end = joint > 0 ? joint : fits;
            lines.Add(rest[..end]);
            rest = rest[end..];
        }
        return [.. lines, rest];
    }

    // Letters of East Asia, and pictures, are twice as wide
    private static int Cells(string text) => text.EnumerateRunes().Sum(Cells);

    private static int Cells(Rune rune) => rune.Value < 0x1100 ? 1 : 2;

    private sealed record Box(string[] Label, string[] Kind, double Width, double Height, LaidGraph? Inside, Box[] Boxes);
}

/// <summary>The colours of pictures: one for each package, in light and dark.</summary>
internal static class GraphColours
{
    private static readonly (string Fill, string Stroke)[] Light =
    [
        ("#e8f0fb", "#3b6fb6"), ("#fdf0e1", "#b4690e"), ("#e9f5ec", "#2e7d46"), ("#f3ebfa", "#7b4bb3"), ("#fdeaee", "#b83a55"), ("#e4f4f6", "#1d7d8a"),
        ("#f6f2dd", "#857000"), ("#eeeef0", "#5b6671"),
    ];

    private static readonly (string Fill, string Stroke)[] Dark =
    [
        ("#17273d", "#6b9fe6"), ("#35240f", "#e0a050"), ("#15301d", "#5cb97a"), ("#281c38", "#b48be6"), ("#381a22", "#ee7f97"), ("#10303a", "#58bccb"),
        ("#2f2a10", "#c9b04a"), ("#23272c", "#98a4b0"),
    ];

    /// <summary>How many there are; packages beyond share the last.</summary>
    public static int Count => Light.Length;

    /// <summary>The style of a node as a class that there is a colour for.</summary>
    public static string Class(string style) => style.StartsWith('p') && int.TryParse(style[1..], CultureInfo.InvariantCulture, out var number)
        ? string.Create(CultureInfo.InvariantCulture, $"p{Math.Clamp(number, 0, Count - 1)}") : style;

    public static string Fill(string style) => Of(style).Fill;

    public static string Stroke(string style) => Of(style).Stroke;

    /// <summary>The rules that a page needs; its own colours are <c>--ink</c> and the like.</summary>
    public static string Rules { get; } = Shapes + Packages(Light) + "@media (prefers-color-scheme:dark){" + Packages(Dark) + "}\n";

    /// <summary>The rules of a picture that stands alone, whose colours are named outright: not every program that shows SVG knows variables.</summary>
    public static string Standalone { get; } = "svg{background:#fff}.graph .paper{fill:#fff}" + Named(Shapes, HtmlPage.Light) + Packages(Light)
        + "@media (prefers-color-scheme:dark){svg{background:#0f1317}.graph .paper{fill:#0f1317}" + Named(Shapes, HtmlPage.Dark) + Packages(Dark) + "}\n";

    private const string Shapes = """
        .graph .line{fill:none;stroke:var(--muted);stroke-opacity:.55;stroke-width:1.3}.graph .head{fill:var(--muted)}.graph .line:hover{stroke:var(--accent);stroke-opacity:1;stroke-width:3}
        .graph .node{fill:var(--soft);stroke:var(--line);stroke-width:1.5}.graph .node.component{fill:var(--surface);stroke:var(--muted);stroke-dasharray:2 3}.graph .node.read{stroke-dasharray:5 3}
        .graph .box{fill:var(--surface);stroke:var(--muted);stroke-opacity:.45;stroke-width:1.2}.graph .box.d1{fill:var(--bg)}
        .graph .label{font:600 12px var(--mono);fill:var(--ink)}.graph .kind{font:10.5px system-ui,"DejaVu Sans",sans-serif;fill:var(--muted)}
        .graph .heading{font:600 16px system-ui,"DejaVu Sans",sans-serif;fill:var(--ink)}

        """;

    private static (string Fill, string Stroke) Of(string style)
        => Class(style.Split(' ')[0]) is ['p', .. var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var index) ? Light[index] : ("#ffffff", "#98a4b0");

    private static string Packages((string Fill, string Stroke)[] colours)
        => string.Concat(colours.Select((colour, index) => $".graph .node.p{index}{{fill:{colour.Fill};stroke:{colour.Stroke}}}.kind.p{index}{{color:{colour.Stroke}}}")) + "\n";

    private static string Named(string rules, string colours)
    {
        foreach (var colour in colours.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (colour[..colour.IndexOf(':', StringComparison.Ordinal)], colour[(colour.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            rules = rules.Replace($"var({name})", value, StringComparison.Ordinal);
        }
        return rules;
    }
}
