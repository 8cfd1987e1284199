using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Graph;
using Rehearsal.Rendering;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Rendering;

// Promise: a picture has every resource of the plan once, in the boxes that it belongs to, with the lines that a reader needs; and no name becomes anything
// else than a name, in any of the three languages.
public sealed partial class PlanGraphTests
{
    private const string Pet = "random:index/randomPet:RandomPet";

    private static readonly Arbitrary<string> Names = Arb.From(
        Gen.Elements("\"", "\\", "<script>", "</text>", "&", "&quot;", "]", "[", "{", "}", "(", "#", ";", "\n", "\r", "\t", " end ", "-->", "%%{", "`", "'", "<![CDATA[", "]]>",
            "\u202e", "\ud800", "漢字", "😀", "\0", "\uffff", "a", "::", "n1", "|", "://", "\\N", "\\G", "-- >", "style", "\u2028", "é").ListOf().Select(parts => $"x{string.Concat(parts)}"));

    private static ResourceState Of(string name, ResourceState? parent = null, params ResourceState[] needs)
        => Resource(Pet, name, parent: parent?.Urn) with { Dependencies = [.. needs.Select(need => need.Urn)] };

    private static ResourceState Box(string name, ResourceState? parent = null)
        => Resource("acme:net:Box", name, parent: parent?.Urn) with { Custom = false, Id = null };

    private static PlanGraph Graph(params ResourceState[] states) => PlanGraph.Of(Planned(states), _ => null);

    // A box with what is in it between brackets, then what needs what beside each other
    private static string Told(GraphLevel level) => string.Join(' ', level.Nodes.Select(node => node.IsBox ? $"{node.Label}[{Told(node.Inside)}]" : node.Label)
        .Concat(level.Edges.Select(edge => $"{level.Nodes[edge.From].Label}>{level.Nodes[edge.To].Label}")));

    [Fact]
    public void Components_AreBoxesInBoxes_AndALineIsDrawnWhereItsEndsPart()
    {
        var (outer, other, empty) = (Box("outer"), Box("other"), Box("empty"));
        var inner = Box("inner", outer);
        var (a, b) = (Of("a", inner), Of("b", outer));
        var c = Of("c", inner, a);
        var d = Of("d", other, a, b);
        var e = Of("e", other, c);

        var graph = Graph(outer, other, empty, inner, a, b with { Dependencies = [a.Urn] }, c, d, e, Of("loose", null, empty));

        Told(graph.Top).ShouldBe("empty other[d e] outer[inner[a c c>a] b b>inner] loose other>outer loose>empty");
        graph.Title.ShouldBe("The plan of s (p): 6 resources in 4 components");
        graph.Packages.ShouldBe([("random", 6)]);
        graph.Top.Edges[0].Told.ShouldBe("d needs a\nd needs b\ne needs c");
    }

    [Fact]
    public void WhatIsNeededByWayOfAnother_HasNoLine_AlsoBetweenBoxes()
    {
        var (one, two, three) = (Box("one"), Box("two"), Box("three"));
        var a = Of("a", one);
        var b = Of("b", two, a);

        Told(Graph(one, two, three, a, b, Of("c", three, b, a)).Top).ShouldBe("one[a] three[c] two[b] three>two two>one");
    }

    // C of one box needs b of the other, which needs a of the first
    [Fact]
    public void Circles_AreDrawn()
    {
        var (one, two) = (Box("one"), Box("two"));
        var a = Of("a", one);
        var b = Of("b", two, a);
        var graph = Graph(one, two, a, b, Of("c", one, b));

        Told(graph.Top).ShouldBe("one[a c] two[b] one>two two>one");
        var svg = XDocument.Parse(GraphSvg.File(graph));
        svg.Descendants().Single(path => (string?)path.Attribute("class") == "line").Attributes().Select(attribute => attribute.Name.LocalName)
            .ShouldBe(["class", "d", "marker-start", "marker-end"]);
        GraphDot.Text(graph).Split('\n').Count(line => line.Contains("->", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void ResourcesOfAResource_StandBesideIt_AndNeedIt()
    {
        var bucket = Of("bucket", Box("box"));
        var item = Resource(Pet, "item", parent: bucket.Urn);

        Told(Graph(Box("box"), bucket, item).Top).ShouldBe("box[item bucket item>bucket]");
    }

    [Fact]
    public void ProvidersThatTheEngineMade_AreNotDrawn_OthersAre()
    {
        var (made, own) = (Resource("pulumi:providers:random", "default_4_21_2"), Resource("pulumi:providers:aws", "west"));
        var graph = Graph(made, own, Of("a") with { Provider = $"{own.Urn}::x", Dependencies = [made.Urn] });

        Told(graph.Top).ShouldBe("west a");
        graph.Top.Nodes.Select(node => node.Kind).ShouldBe(["aws provider", "RandomPet"]);
    }

    [Fact]
    public void DamagedAndBottomlessPlans_AreDrawnAsFarAsTheyGo()
    {
        var (one, two) = (Box("one"), Box("two"));
        Told(Graph(one with { Parent = two.Urn }, two with { Parent = one.Urn }, Of("a") with { Parent = one.Urn }).Top).Split(' ')
            .Order(StringComparer.Ordinal).ShouldBe(["a", "one", "two"]);

        var chain = new List<ResourceState> { Box("b0") };
        for (var i = 1; i < 300; i++)
        {
            chain.Add(Box($"b{i}") with { Parent = chain[^1].Urn });
        }
        var told = Told(Graph([.. chain, Of("leaf") with { Parent = chain[^1].Urn }]).Top);
        told.ShouldStartWith("b0[b1[b2[");
        told.ShouldContain(" leaf");
        told.Count(letter => letter == '[').ShouldBe(12);
    }

    [Fact]
    public void NothingPlanned_IsAPictureToo()
    {
        var graph = Graph();

        XDocument.Parse(GraphSvg.File(graph)).Root!.Name.LocalName.ShouldBe("svg");
        DotNames(GraphDot.Text(graph)).ShouldBeEmpty();
        GraphMermaid.Text(graph).Text.ShouldEndWith("\nflowchart RL\n");
    }

    [Fact]
    public void TheSamePlan_IsTheSamePicture_InWhateverOrderTheProgramRan()
    {
        var box = Box("box");
        ResourceState[] states = [box, .. Enumerable.Range(0, 12).Select(index => Of($"r{index}", index % 2 == 0 ? box : null))];
        states[5] = states[5] with { Dependencies = [states[3].Urn, states[1].Urn] };

        foreach (var draw in (Func<PlanGraph, string>[])[GraphSvg.File, GraphDot.Text, graph => GraphMermaid.Text(graph).Text])
        {
            draw(Graph([.. states.Reverse()])).ShouldBe(draw(Graph(states)));
        }
    }

    [Fact]
    public void Names_StayNames() => Prop.ForAll(Names, Names, (first, second) =>
    {
        // Only what would end the type itself is left out, and what this test finds the type by
        var type = $"acme:net:{second.Replace("::", "", StringComparison.Ordinal).Replace('$', ' ').Replace('(', ' ')}";
        var box = Resource(type, first) with { Custom = false, Id = null };
        var graph = Graph(box, Of(second, box), Of($"{first}{second}", null, box));
        string[] names = [.. new[] { first, second, first + second }.Select(Terminal.Visible).Order(StringComparer.Ordinal)];

        SvgNames(GraphSvg.File(graph)).ShouldBe(names);
        DotNames(GraphDot.Text(graph)).ShouldBe(names);
        MermaidNames(GraphMermaid.Text(graph).Text).ShouldBe(names);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void LongNames_AreNotCut_AndGoOnInTheNextLine()
    {
        var name = string.Join('-', Enumerable.Repeat("cluster-services", 12));
        var svg = GraphSvg.File(Graph(Of(name)));

        SvgNames(svg).ShouldBe([name]);
        XDocument.Parse(svg).Descendants().Where(IsLabel).Select(text => text.Value.Length).Max().ShouldBeLessThan(40);
    }

    [Fact]
    public void WhatMermaidWouldNotDraw_IsSaid()
    {
        GraphMermaid.Text(Graph(Of("a"))).TooLarge.ShouldBeNull();
        GraphMermaid.Text(Graph([.. Enumerable.Range(0, 1_500).Select(index => Of($"resource-{index}"))])).TooLarge!
            .ShouldStartWith("Mermaid draws at most 50,000 characters and 500 lines unless maxTextSize and maxEdges allow more; these are ");
    }

    // Resources without components that all hang together, which is the most that there is to lay out
    [Fact]
    public void FiveThousandResources_AreDrawnInSeconds()
    {
        var states = new List<ResourceState>();
        for (var i = 0; i < 5_000; i++)
        {
            states.Add(Of($"r{i}", null, [.. new[] { i / 2, i / 3, i - 1 }.Where(need => need >= 0 && need < i && i % 50 != 0).Select(need => states[need])]));
        }

        Should.CompleteIn(() => GraphSvg.File(Graph([.. states])), TimeSpan.FromSeconds(20));
    }

    // What stands together with a title, but the legend, whose words stand alone
    private static string[] SvgNames(string svg) => [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "g")
        .Select(node => string.Concat(node.Elements().Where(IsLabel).Select(text => text.Value))).Order(StringComparer.Ordinal)];

    private static bool IsLabel(XElement text) => (string?)text.Attribute("class") == "label";

    // The whole text has to be made of what the language knows, with all brackets closed
    private static string[] DotNames(string dot)
    {
        var (at, depth, names, before, owner) = (0, new Stack<string>(), new List<string>(), "", "");
        for (; at < dot.Length; at += DotToken().Match(dot, at).Length)
        {
            var token = DotToken().Match(dot, at);
            token.Success.ShouldBeTrue(dot[at..Math.Min(dot.Length, at + 60)]);
            switch (token.Value)
            {
                case "{" or "[":
                    depth.Push(token.Value);
                    owner = before;
                    break;
                case "}":
                    depth.Pop().ShouldBe("{");
                    break;
                case "]":
                    depth.Pop().ShouldBe("[");
                    break;
                case ['"', .. var text, '"'] when before == "label" && (owner is ['n', >= '0' and <= '9', ..] || (owner == "graph" && depth.Count > 2)):
                    // Graphviz reads a label's backslashes and entities once more
                    var lines = Escape().Replace(text.Replace("\\\"", "\"", StringComparison.Ordinal),
                        match => match.Groups["letter"].Value is "n" ? "\n" : match.Groups["letter"].Value).Split('\n');
                    names.Add(System.Net.WebUtility.HtmlDecode(lines[0]));
                    break;
                default:
                    break;
            }
            before = string.IsNullOrWhiteSpace(token.Value) || token.Value == "=" ? before : token.Value;
        }
        depth.ShouldBeEmpty();
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static string[] MermaidNames(string mermaid)
    {
        var (names, depth) = (new List<string>(), 0);
        foreach (var line in mermaid.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var match = MermaidLine().Match(line);
            match.Success.ShouldBeTrue(line);
            depth += match.Groups["box"].Success ? 1 : match.Groups["end"].Success ? -1 : 0;
            if (match.Groups["name"].Success)
            {
                names.Add(Entity().Replace(match.Groups["name"].Value,
                    entity => char.ConvertFromUtf32(int.Parse(entity.Groups["number"].Value, CultureInfo.InvariantCulture))));
            }
        }
        depth.ShouldBe(0);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("""\G(?://[^\n]*\n|\s+|"(?:[^"\\\n]|\\[^\n])*"|->|[{}\[\],=]|[A-Za-z_][A-Za-z_0-9]*|[0-9.]+)""", RegexOptions.None, 1000)]
    private static partial Regex DotToken();

    // What may stand between quotes: letters, digits, what no language knows, and characters by their number
    [GeneratedRegex("""^(%%[ .:\-/,()+=@\w#;]*|flowchart RL|\s+(subgraph (?<box>n\d+)\["(?<name>(?:[\w\p{L}\p{Nd} .:\-/,()+=@]|\p{Cs}|#\d+;)*) \((?:[\w .:\-/,()+=@]|\p{Cs}|#\d+;)*\)"\]|n\d+\["(?<name>(?:[\w\p{L}\p{Nd} .:\-/,()+=@]|\p{Cs}|#\d+;)*)<br/>(?:[\w ,]|\p{Cs}|#\d+;)*"\](?::::?p\d)?|(?<end>end)|n\d+ --> n\d+|classDef p\d [\w#:,]+))$""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MermaidLine();

    [GeneratedRegex(@"\\(?<letter>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();

    [GeneratedRegex("#(?<number>\\d+);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entity();
}
