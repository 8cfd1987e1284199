using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Rehearsal.Auditing;
using Rehearsal.Comparing;
using Rehearsal.Graph;

namespace Rehearsal.Rendering;

/// <summary>Writes an audit as one page: the summary, findings, a picture of what changes and what hangs on it, and every change folded.</summary>
internal static class AuditHtml
{
    /// <summary>More changes than anybody reads on a page; the JSON has all.</summary>
    private const int MostChanges = 3_000;

    private const int MostProperties = 200;

    /// <summary>More than this no picture shows.</summary>
    private const int MostNodes = 150;

    public static string Text(Audit audit)
    {
        var comparison = audit.Comparison;
        var title = $"Audit of {comparison.New.Stack}";
        var links = comparison.Changes.Take(MostChanges).Select((change, index) => (change.Urn, Link: string.Create(CultureInfo.InvariantCulture,
            $"r{index + 1}")))
            .ToFrozenDictionary(change => change.Urn, change => change.Link);
        var page = new StringBuilder();
        Header(page, audit, title);
        HtmlPage.Filter(page, "changes", "Find a resource, a type, a property …  ( / )",
            comparison.Counts.Select(count => (count.Key.Word(), $"{count.Key.Word()} {count.Value}", count.Key.Word())));
        page.Append("<main id=\"main\">\n");
        Findings(page, audit, links);
        Picture(page, comparison, links);
        Changes(page, comparison, links);
        page.Append("</main>\n<footer>").Append(HtmlPage.Keys("change"))
            .Append("<p>Written by <code>./platform audit</code>. Secrets are hidden; "
                + "what only a deployment knows reads <code>[unknown]</code>.</p></footer>\n");
        return HtmlPage.Of(title, page.ToString());
    }

    private static void Header(StringBuilder page, Audit audit, string title)
    {
        var comparison = audit.Comparison;
        page.Append("<a class=\"skip\" href=\"#main\">To the findings</a>\n<header class=\"top\"><h1>").Append(HtmlPage.Text(title))
            .Append("</h1>\n<p class=\"sides\"><code>")
            .Append(HtmlPage.Text(comparison.Old.Described)).Append("</code> → <code>").Append(HtmlPage.Text(comparison.New.Described))
                .Append("</code></p>\n<ul class=\"tiles\">\n");
        foreach (var (severity, count) in audit.Counts)
        {
            HtmlPage.Tile(page, count, $"{severity.Word()} finding{(count == 1 ? "" : "s")}", severity.Word());
        }
        if (audit.Findings.IsEmpty)
        {
            HtmlPage.Tile(page, 0, "findings", "");
        }
        foreach (var (kind, count) in comparison.Counts)
        {
            HtmlPage.Tile(page, count, ChangeWords.Count(kind, count)[(ChangeWords.Count(kind, count).IndexOf(' ', StringComparison.Ordinal) + 1)..],
                kind.Word());
        }
        if (comparison.Changes.Count(change => change.Restarts is not null) is > 0 and var restarts)
        {
            HtmlPage.Tile(page, restarts, "of the updated restart", "update");
        }
        HtmlPage.Tile(page, comparison.Unchanged, "unchanged", "");
        page.Append("</ul>\n");
        if (!comparison.Notes.IsEmpty)
        {
            page.Append("<div class=\"notes\">").AppendJoin("", comparison.Notes.Select(note => $"<p>{HtmlPage.Text(note)}</p>")).Append("</div>\n");
        }
        page.Append("</header>\n");
    }

    private static void Findings(StringBuilder page, Audit audit, FrozenDictionary<Urn, string> links)
    {
        page.Append("<h2>Findings</h2>\n");
        if (audit.Findings.IsEmpty)
        {
            page.Append("<p>Nothing that a rule knows as a risk.</p>\n");
        }
        foreach (var group in audit.Findings.Where(finding => links.ContainsKey(finding.Change.Urn)).GroupBy(finding => finding.Rule))
        {
            var rule = group.Key;
            page.Append(CultureInfo.InvariantCulture,
                $"<article class=\"rule {rule.Severity.Word()}\"><div class=\"what\"><span class=\"badge {rule.Severity.Word()}\">{rule.Severity.Word()}</span> ")
                .Append("<b>").Append(rule.Title).Append("</b> <code class=\"muted\">").Append(rule.Id).Append("</code><p class=\"muted\">")
                    .Append(rule.Reason).Append("</p></div><ul>\n");
            foreach (var finding in group)
            {
                page.Append("<li data-kind=\"").Append(finding.Change.Kind.Word()).Append("\"><a href=\"#").Append(links[finding.Change.Urn])
                    .Append("\">").Append(HtmlPage.Text(finding.Change.Name))
                    .Append("</a> <span class=\"muted\">").Append(HtmlPage.Text(finding.Change.Type)).Append("</span>")
                    .Append(finding.Detail.Length == 0 ? "" : $"<br><code>{HtmlPage.Text(ComparisonText.Clipped(finding.Detail))}</code>").Append("</li>\n");
            }
            page.Append("</ul></article>\n");
        }
    }

    private static void Picture(StringBuilder page, Comparison comparison, FrozenDictionary<Urn, string> links)
    {
        if (comparison.IsEmpty)
        {
            return;
        }
        var (nodes, edges, left) = Neighbourhood(comparison, links);
        page.Append("<h2>What hangs together</h2>\n<p class=\"legend\"><span class=\"muted\">Arrows point at what is needed.</span>")
            .AppendJoin("", comparison.Counts.Keys.Select(kind => $"<span class=\"badge {kind.Word()}\">{kind.Word()}</span>"))
                .Append("<span class=\"badge muted\">unchanged</span></p>\n")
            .Append(left == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"<p class=\"muted\">{left} more changed resources are not drawn.</p>\n"))
            .Append("<div class=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"Dependencies\">\n")
            .Append(GraphSvg.Text(new GraphLevel([.. nodes], [.. edges.Select(edge => new GraphEdge(edge.From, edge.To))]), $"What changes in {comparison.New.Stack}, and what it depends on")).Append("</div>\n");
    }

    // What changes, with what it needs and what needs it, as far as a picture takes them
    private static (IReadOnlyList<GraphNode> Nodes, IReadOnlyList<(int From, int To)> Edges, int Left) Neighbourhood(
        Comparison comparison, FrozenDictionary<Urn, string> links)
    {
        var changes = comparison.Changes.ToFrozenDictionary(change => change.Urn);
        var known = comparison.All.ToFrozenDictionary(state => state.Urn);
        Urn[] changed = [.. comparison.Changes.Where(change => change.State.Custom).OrderByDescending(change => change.IsReal).Select(change => change.Urn)];
        var drawn = changed.Take(MostNodes).ToHashSet();
        var near = comparison.All.Where(state => state.Custom).SelectMany(state => state.Needs().Where(known.ContainsKey)
            .Select(need => (state.Urn, Need: need))).ToArray();
        foreach (var urn in near.Where(pair => drawn.Contains(pair.Urn)).Select(pair => pair.Need).Concat(near.Where(pair => drawn.Contains(pair.Need))
            .Select(pair => pair.Urn))
            .Where(urn => known[urn].Custom).ToArray())
        {
            if (drawn.Count < MostNodes)
            {
                drawn.Add(urn);
            }
        }
        Urn[] order = [.. comparison.All.Select(state => state.Urn).Where(drawn.Contains)];
        var numbers = order.Select((urn, index) => (urn, index)).ToFrozenDictionary(node => node.urn, node => node.index);
        return (
            [.. order.Select(urn => new GraphNode(urn.Name, Types.Kind(urn.Type), changes.TryGetValue(urn, out var change) ? change.Kind.Word() : "same",
                change is null ? null : links.GetValueOrDefault(urn)))],
            [.. near.Where(pair => numbers.ContainsKey(pair.Urn) && numbers.ContainsKey(pair.Need))
                .Select(pair => (numbers[pair.Urn], numbers[pair.Need])).Distinct()],
            changed.Length - changed.Count(drawn.Contains));
    }

    private static void Changes(StringBuilder page, Comparison comparison, FrozenDictionary<Urn, string> links)
    {
        page.Append("<h2>Changes</h2>\n");
        if (comparison.IsEmpty)
        {
            page.Append("<p>Nothing differs.</p>\n");
        }
        foreach (var group in comparison.ByComponent())
        {
            var shown = group.Changes.Where(change => links.ContainsKey(change.Urn)).ToArray();
            if (shown.Length == 0)
            {
                continue;
            }
            page.Append("<section class=\"component\" data-name=\"").Append(HtmlPage.Text(group.Name.ToLowerInvariant())).Append("\"><h3>")
                .Append(HtmlPage.Text(group.Name)).Append("</h3>\n");
            foreach (var change in shown)
            {
                Change(page, change, links[change.Urn]);
            }
            page.Append("</section>\n");
        }
        if (comparison.Changes.Length > MostChanges)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{comparison.Changes.Length - MostChanges} more changes are in <code>--format json</code>.</p>\n");
        }
    }

    private static void Change(StringBuilder page, ResourceChange change, string link)
    {
        var kind = change.Kind.Word();
        page.Append("<details class=\"change\" id=\"").Append(link).Append("\" data-kind=\"").Append(kind).Append("\"><summary><span class=\"badge ")
            .Append(kind).Append("\">").Append(kind)
            .Append("</span><span class=\"name\">").Append(HtmlPage.Text(change.Name)).Append("</span><span class=\"type mono\">")
                .Append(HtmlPage.Text(change.Type)).Append("</span>");
        foreach (var note in Notes(change))
        {
            page.Append("<span class=\"muted\">").Append(HtmlPage.Text(note)).Append("</span>");
        }
        page.Append("</summary>\n");
        if (!change.Reasons.IsEmpty)
        {
            page.Append("<p class=\"muted\">Replaced because of <code>").Append(HtmlPage.Text(string.Join(", ", change.Reasons))).Append("</code></p>\n");
        }
        if (change.Properties.IsEmpty)
        {
            page.Append("<p class=\"muted\">No property differs.</p></details>\n");
            return;
        }
        page.Append("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Property</th><th scope=\"col\">Before</th><th scope=\"col\">After</th></tr></thead><tbody>\n");
        foreach (var property in change.Properties.Take(MostProperties))
        {
            Property(page, property);
        }
        page.Append("</tbody></table></div>\n");
        page.Append(change.Properties.Length > MostProperties
            ? string.Create(CultureInfo.InvariantCulture,
                $"<p class=\"muted\">{change.Properties.Length - MostProperties} more properties are in <code>--format json</code>.</p>\n") : "");
        page.Append("</details>\n");
    }

    private static IEnumerable<string> Notes(ResourceChange change)
    {
        if (change.Moved is { } moved)
        {
            yield return moved;
        }
        if (change.Restarts is { } restarts)
        {
            yield return restarts;
        }
        if (change.State.Protect)
        {
            yield return "protected";
        }
        if (change is { Kind: ChangeKind.Delete, Old.RetainOnDelete: true })
        {
            yield return "retained on delete";
        }
        if (change.IsByProgram == true)
        {
            yield return "by the program";
        }
    }

    private static void Property(StringBuilder page, PropertyChange property)
    {
        page.Append("<tr><td>").Append(property.IsOption ? "<span class=\"muted\">option</span> " : "").Append(HtmlPage.Text(property.Path))
            .Append(property.Replaces ? " <span class=\"replace\">replaces</span>" : "").Append("</td>");
        if (!property.Lines.IsEmpty)
        {
            page.Append("<td colspan=\"2\"><pre>").AppendJoin("", property.Lines.Select(line => line[0] == '+' ? $"<ins>{Line(line)}</ins>"
                : $"<del>{Line(line)}</del>")).Append("</pre></td></tr>\n");
            return;
        }
        Cell(page, property.Old, "was");
        Cell(page, property.New, "now");
        page.Append("</tr>\n");
    }

    private static string Line(string line) => HtmlPage.Text(ComparisonText.Clipped(line));

    private static void Cell(StringBuilder page, string? value, string style)
        => page.Append(value is null ? "<td></td>" : $"<td class=\"{style}\">{HtmlPage.Text(ComparisonText.Clipped(value))}</td>");
}
