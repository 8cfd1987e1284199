using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rehearsal.Auditing;
using Rehearsal.Comparing;
using Rehearsal.Graph;
using Rehearsal.Policies;
using Rehearsal.StackFiles;

namespace Rehearsal.Rendering;

/// <summary>Writes a plan as one page: what is there by concept, what is against the rules, a picture, and every resource folded.</summary>
internal static class ReportHtml
{
    /// <summary>More than anybody reads on a page; <c>preview --json</c> has all.</summary>
    private const int MostEntries = 3_000;

    private const int MostLinks = 40;
    private const int LongestText = 20_000;

    /// <summary>More packages than anybody filters by; the others share one box.</summary>
    private const int MostKinds = 12;

    private const string Component = "component";

    /// <summary>The page.</summary>
    /// <param name="report">What it tells.</param>
    /// <param name="page">Where a page of the documents is, by its name, as a link.</param>
    public static string Text(PlanReport report, Func<string, string> page)
    {
        var graph = PlanGraph.Of(report.Side, report.Links.GetValueOrDefault);
        string[] packages = [.. graph.Packages.Select(package => package.Package)];
        string[] kinds = [.. graph.Packages.OrderByDescending(package => package.Count).Take(MostKinds).Select(package => package.Package)];
        var text = new StringBuilder();
        Header(text, report, graph);
        HtmlPage.Filter(text, "entries", "Find a resource, a type, a value …  ( / )", [.. Kinds()]);
        text.Append("<main id=\"main\">\n");
        Cards(text, report, page);
        Rules(text, report);
        Picture(text, graph);
        Outputs(text, report);
        text.Append("<h2>Resources</h2>\n");
        foreach (var (concept, index) in report.Concepts.Select((concept, index) => (concept, index)))
        {
            Concept(text, report, concept, index, packages, kinds, page);
        }
        if (report.Links.Count > MostEntries)
        {
            text.Append(CultureInfo.InvariantCulture, $"<p>{report.Links.Count - MostEntries} more are in <code>./platform preview --json</code>.</p>\n");
        }
        text.Append("</main>\n<footer>").Append(HtmlPage.Keys("entry"))
            .Append("<p>Written by <code>./platform report</code>. Secrets are hidden; what only a deployment knows reads <code>[unknown]</code>.</p></footer>\n");
        return HtmlPage.Of($"What is in {report.Side.Stack}", text.ToString());

        IEnumerable<(string Value, string Words, string Style)> Kinds()
        {
            if (graph.Components > 0)
            {
                yield return (Component, $"components {graph.Components}", "");
            }
            foreach (var (package, count) in graph.Packages.Where(package => kinds.Contains(package.Package)))
            {
                yield return (package, $"{package} {count}", "");
            }
            if (packages.Length > MostKinds)
            {
                yield return ("other packages", $"other packages {graph.Packages.Where(package => !kinds.Contains(package.Package)).Sum(package => package.Count)}", "");
            }
        }
    }

    private static void Header(StringBuilder text, PlanReport report, PlanGraph graph)
    {
        var open = report.Policy.Open.Count();
        text.Append("<a class=\"skip\" href=\"#main\">To the concepts</a>\n<header class=\"top\"><h1>What is in ").Append(HtmlPage.Text(report.Side.Stack))
            .Append("</h1>\n<p class=\"sides\">What the program of <code>").Append(HtmlPage.Text(report.Side.Project))
            .Append("</code> plans for this stack, rehearsed from nothing.</p>\n<ul class=\"tiles\">\n");
        HtmlPage.Tile(text, report.Concepts.Length, report.Concepts.Length == 1 ? "concept" : "concepts", "");
        HtmlPage.Tile(text, graph.Components, graph.Components == 1 ? "component" : "components", "");
        HtmlPage.Tile(text, graph.Resources, graph.Resources == 1 ? "resource" : "resources", "");
        HtmlPage.Tile(text, open, "against the rules", open == 0 ? "" : "high");
        if (report.Policy.Findings.Count(finding => finding.Waiver is not null) is > 0 and var waived)
        {
            HtmlPage.Tile(text, waived, "waived", "");
        }
        text.Append("</ul>\n").Append(report.Notes.IsEmpty ? ""
            : $"<div class=\"notes\">{string.Concat(report.Notes.Select(note => $"<p>{HtmlPage.Text(note)}</p>"))}</div>\n").Append("</header>\n");
    }

    private static void Cards(StringBuilder text, PlanReport report, Func<string, string> page)
    {
        text.Append("<h2>By concept</h2>\n<ul class=\"cards\">\n");
        foreach (var (concept, index) in report.Concepts.Select((concept, index) => (concept, index)))
        {
            text.Append(CultureInfo.InvariantCulture, $"<li><a class=\"name\" href=\"#c{index + 1}\">").Append(HtmlPage.Text(concept.Words.Title)).Append("</a> <span class=\"muted\">")
                .Append(Counted(concept)).Append("</span>");
            text.Append(concept.Words.About is { } about ? $"<p>{HtmlPage.Text(about)}</p>" : "");
            Pages(text, concept.Words, page);
            text.Append("</li>\n");
        }
        text.Append("</ul>\n");
    }

    private static void Pages(StringBuilder text, ConceptWords words, Func<string, string> page)
        => text.Append(words.Pages.IsEmpty ? "" : "<p class=\"pages\">").AppendJoin(" · ", words.Pages.Select(one
            => $"<a href=\"{HtmlPage.Text(page(one.Name))}\">{HtmlPage.Text(one.Title)}</a>")).Append(words.Pages.IsEmpty ? "" : "</p>");

    private static void Rules(StringBuilder text, PlanReport report)
    {
        text.Append("<h2>Against the rules</h2>\n");
        var waived = report.Policy.Findings.Count(finding => finding.Waiver is not null);
        if (!report.Policy.Open.Any())
        {
            text.Append(CultureInfo.InvariantCulture, $"<p>Nothing of {PolicyRules.All.Length} rules.{(waived == 0 ? "" : $" Waived with a reason in the stack file: {waived}.")}</p>\n");
        }
        foreach (var group in report.Policy.Open.GroupBy(finding => finding.Id, StringComparer.Ordinal).OrderByDescending(group => group.First().Severity)
            .ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            var (word, rule) = (group.First().Severity.Word(), group.First().Rule);
            text.Append(CultureInfo.InvariantCulture, $"<article class=\"rule {word}\"><div class=\"what\"><span class=\"badge {word}\">{word}</span> ")
                .Append(rule is null ? "" : $"<b>{HtmlPage.Text(rule.Sentence)}</b> ").Append("<code class=\"muted\">").Append(HtmlPage.Text(group.Key)).Append("</code>")
                .Append(rule is null ? "" : $"<p class=\"muted\">{HtmlPage.Text(rule.Fix)}</p>").Append("</div><ul>\n");
            foreach (var finding in group.Take(MostEntries))
            {
                text.Append("<li data-kind=\"\">").Append(finding.Urn is { } urn ? $"{Link(report, urn)}: " : "").Append("<code>")
                    .Append(HtmlPage.Text($"{finding.Path} {finding.Found}")).Append("</code></li>\n");
            }
            text.Append("</ul></article>\n");
        }
    }

    private static void Picture(StringBuilder text, PlanGraph graph)
    {
        if (graph.Top.Nodes.IsEmpty)
        {
            return;
        }
        text.Append("<h2>What hangs together</h2>\n<p class=\"legend\"><span class=\"muted\">Arrows point at what is needed.</span><span class=\"graph\">")
            .AppendJoin("", graph.Packages.Select((package, index) => string.Create(CultureInfo.InvariantCulture,
                $"<svg class=\"graph\" width=\"14\" height=\"14\" aria-hidden=\"true\"><rect class=\"node {GraphColours.Class($"p{index}")}\" x=\"1\" y=\"1\" width=\"12\" height=\"12\" rx=\"3\"/></svg>{HtmlPage.Text(package.Package)}")))
            .Append("</span></p>\n<p class=\"fit\"><label><input type=\"checkbox\" checked> All of it at once</label></p>\n")
            .Append("<div class=\"picture wide\" tabindex=\"0\" role=\"group\" aria-label=\"Dependencies\">\n")
            .Append(GraphSvg.Text(graph.Top, graph.Title)).Append("</div>\n");
    }

    private static void Outputs(StringBuilder text, PlanReport report)
    {
        if (ReportEntry.Yaml(report.Side.Outputs ?? Wire.PropertyMap.Empty) is { Length: > 0 } outputs)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"<h2>Outputs of the stack</h2>\n<details class=\"block\"><summary>{report.Side.Outputs!.Count} outputs: ")
                .Append(HtmlPage.Text(string.Join(", ", report.Side.Outputs.Keys.Take(MostLinks)))).Append("</summary>").Append(Block(outputs)).Append("</details>\n");
        }
    }

    private static void Concept(
        StringBuilder text, PlanReport report, ReportConcept concept, int index, string[] packages, string[] kinds, Func<string, string> page)
    {
        ReportEntry[] shown = [.. concept.Entries.Where(entry => Number(report, entry) <= MostEntries)];
        if (shown.Length == 0)
        {
            return;
        }
        text.Append(CultureInfo.InvariantCulture, $"<section class=\"component\" id=\"c{index + 1}\" data-name=\"{HtmlPage.Text(concept.Words.Title.ToLowerInvariant())}\"><h3 class=\"concept\">")
            .Append(HtmlPage.Text(concept.Words.Title)).Append(" <span class=\"muted\">").Append(Counted(concept)).Append("</span></h3>\n");
        Pages(text, concept.Words, page);
        foreach (var entry in shown)
        {
            Entry(text, report, entry, packages, kinds);
        }
        text.Append("</section>\n");
    }

    private static int Number(PlanReport report, ReportEntry entry) => int.Parse(report.Links[entry.State.Urn][1..], CultureInfo.InvariantCulture);

    private static void Entry(StringBuilder text, PlanReport report, ReportEntry entry, string[] packages, string[] kinds)
    {
        var (state, package) = (entry.State, TypeParts.Package(entry.State.Type));
        var kind = !state.Custom ? Component : kinds.Contains(package) ? package : "other packages";
        var style = state.Custom ? GraphColours.Class($"p{Array.IndexOf(packages, package)}") : Component;
        text.Append(CultureInfo.InvariantCulture, $"<details class=\"change in{Math.Min(entry.Within.Length, 4)}\" id=\"{report.Links[state.Urn]}\" data-kind=\"{HtmlPage.Text(kind)}\"><summary>")
            .Append("<span class=\"badge kind ").Append(style).Append("\">").Append(HtmlPage.Text(TypeParts.Short(state.Type))).Append("</span><span class=\"name\">")
            .Append(HtmlPage.Text(state.Urn.Name)).Append("</span><span class=\"type mono\">").Append(HtmlPage.Text(state.Type)).Append("</span>");
        foreach (var note in Notes(entry))
        {
            text.Append("<span class=\"muted\">").Append(note).Append("</span>");
        }
        text.Append("</summary>\n<dl>\n");
        Row(text, "In", entry.Within.IsEmpty ? "" : HtmlPage.Text(string.Join(" / ", entry.Within)));
        Row(text, "Needs", Links(report, [.. state.Needs()]));
        Row(text, "Needed by", Links(report, entry.NeededBy));
        Row(text, "Provider", ProviderReference.TryParse(state.Provider, out var provider) && report.Links.ContainsKey(provider.Urn)
            ? Link(report, provider.Urn) : "");
        Row(text, "Ignored changes", HtmlPage.Text(string.Join(", ", state.IgnoreChanges)));
        Row(text, "Rules", string.Join("<br>", entry.Findings.Select(finding => $"<code>{HtmlPage.Text(finding.Id)}</code> {HtmlPage.Text($"{finding.Path} {finding.Found}")}"
            + (finding.Waiver is { } waiver ? $" <span class=\"muted\">waived until {waiver.Expires:yyyy-MM-dd}: "
                + $"{HtmlPage.Text(waiver.Reason)}</span>" : ""))));
        Row(text, "Inputs", Block(entry.Inputs));
        Row(text, "Outputs", Block(entry.Outputs));
        Row(text, "Known once it is there", HtmlPage.Text(string.Join(", ", entry.Unknown)));
        text.Append("</dl></details>\n");
    }

    private static IEnumerable<string> Notes(ReportEntry entry)
    {
        if (entry.State.External)
        {
            yield return "read, not managed";
        }
        if (entry.State.Protect)
        {
            yield return "protected";
        }
        if (entry.State.RetainOnDelete)
        {
            yield return "retained on delete";
        }
        if (entry.Findings.Count(finding => finding.IsOpen) is > 0 and var open)
        {
            yield return $"<span class=\"high\">{open} against the rules</span>";
        }
    }

    private static void Row(StringBuilder text, string name, string markup)
        => text.Append(markup.Length == 0 ? "" : $"<dt>{name}</dt><dd>{markup}</dd>\n");

    private static string Block(string yaml)
    {
        if (yaml.Length == 0)
        {
            return "";
        }
        var shown = yaml.Length <= LongestText ? yaml : $"{yaml[..(char.IsHighSurrogate(yaml[LongestText - 1]) ? LongestText - 1 : LongestText)]}\n… {yaml.Length - LongestText} more characters";
        return $"<pre>{string.Join('\n', shown.TrimEnd('\n').Split('\n').Select(HtmlPage.Text))}</pre>";
    }

    private static string Links(PlanReport report, ImmutableArray<Urn> urns)
    {
        Urn[] known = [.. urns.Where(report.Links.ContainsKey)];
        return string.Join(", ", known.Take(MostLinks).Select(urn => Link(report, urn)))
            + (known.Length > MostLinks ? string.Create(CultureInfo.InvariantCulture, $" and {known.Length - MostLinks} more") : "");
    }

    private static string Link(PlanReport report, Urn urn) => report.Links.TryGetValue(urn, out var link)
        ? $"<a href=\"#{link}\">{HtmlPage.Text(urn.Name)}</a> "
            + $"<span class=\"muted\">{HtmlPage.Text(TypeParts.Short(urn.Type))}</span>" : HtmlPage.Text(urn.Name);

    private static string Counted(ReportConcept concept) => string.Create(CultureInfo.InvariantCulture,
        $"{concept.Resources} resource{(concept.Resources == 1 ? "" : "s")}")
        + (concept.Components == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" in {concept.Components} component{(concept.Components == 1 ? "" : "s")}"));
}
