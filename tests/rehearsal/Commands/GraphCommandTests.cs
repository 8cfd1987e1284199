using System.Xml.Linq;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Tests.Rehearsal.Commands;

// Promise: graph and report write one text whole or not at all, say what is wrong before anything runs, and show no secret.
public sealed class GraphCommandTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public GraphCommandTests() => _cli.Answer = _ => Results.Redis;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Dot_IsForGraphviz() => (await _cli.RunAsync(["graph", "dev", "--format", "dot"])).ShouldBe((0, """
        // What is needed stands left of what needs it: dot -Tsvg FILE
        digraph "dev" {
          graph [rankdir=RL, compound=true, label="The plan of dev (platform): 3 resources in 1 component", labelloc=t, fontname="sans-serif", fontsize=14, nodesep=0.15, ranksep=0.6]
          node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=10, margin="0.12,0.06", height=0.3]
          edge [color="#5b6671", arrowsize=0.6]
          subgraph cluster_1 {
            graph [label="redis\ncache Redis", tooltip="redis\nplatform:cache:Redis", style=rounded, color="#98a4b0", fontsize=11]
            n2 [label="redis-auth\nSecret", tooltip="redis-auth\nkubernetes:core/v1:Secret", fillcolor="#e8f0fb", color="#3b6fb6"]
            n3 [label="redis\nService", tooltip="redis\nkubernetes:core/v1:Service", fillcolor="#e8f0fb", color="#3b6fb6"]
          }
          n4 [label="cluster\nkubernetes provider", tooltip="cluster\npulumi:providers:kubernetes", fillcolor="#e8f0fb", color="#3b6fb6"]
        }

        """, ""));

    [Fact]
    public async Task Mermaid_IsForMarkdown() => (await _cli.RunAsync(["graph", "dev", "-f", "mermaid"])).ShouldBe((0, """
        %% The plan of dev (platform)#58; 3 resources in 1 component. What is needed stands left of what needs it.
        flowchart RL
          subgraph n1["redis (cache Redis)"]
            n2["redis-auth<br/>Secret"]:::p0
            n3["redis<br/>Service"]:::p0
          end
          n4["cluster<br/>kubernetes provider"]:::p0
          classDef p0 fill:#e8f0fb,stroke:#3b6fb6,color:#1b2127

        """.Replace("#58;", ":"), ""));

    [Fact]
    public async Task Svg_IsWrittenToAFile_TheSameEachTime()
    {
        (await _cli.RunAsync(["graph", "dev", "-o", "out/dev.svg"])).ShouldBe((0,
            $"The plan of dev (platform): 3 resources in 1 component; written to {Path.Combine("out", "dev.svg")}.\n", ""));
        var written = File.ReadAllText(_cli.Folder.At("out/dev.svg"));

        XDocument.Parse(written).Root!.Name.LocalName.ShouldBe("svg");
        (await _cli.RunAsync(["graph", "dev"])).Output.ShouldBe(written);
    }

    // What an update takes away is in no picture of what it leaves
    [Fact]
    public async Task WhatIsDeleted_IsNotDrawn_WhatIsReplacedOnce()
    {
        var (gone, kept) = (Urn.Create("dev", "platform", Results.Root, "a:b:C", "gone"), Urn.Create("dev", "platform", Results.Root, "a:b:C", "kept"));
        var state = new ResourceState { Urn = kept, Type = kept.Type, Custom = true, Parent = Results.Root };
        _cli.Answer = _ => Results.Empty with
        {
            Plan = new Plan([
                Results.Step(Operation.CreateReplacement, state), Results.Step(Operation.Replace, state),
                new PlanStep { Operation = Operation.Delete, Urn = gone, Old = state with { Urn = gone } },
            ]),
        };

        var output = (await _cli.RunAsync(["graph", "dev", "--format", "mermaid"])).Output;

        output.ShouldContain("\"kept<br/>b C\"");
        output.Split("kept").Length.ShouldBe(2);
        output.ShouldNotContain("gone");
    }

    [Theory]
    [InlineData("graph", "dev", "--format", "pdf", "--format pdf is not known.")]
    [InlineData("graph", "dev", "-o", "stacks", "--output 'stacks' is no file that could be written.")]
    [InlineData("graph", "dev", "-o", "", "--output '' is no file that could be written.")]
    [InlineData("graph", "prod", "-f", "svg", "There is no stack 'prod': Pulumi.prod.yaml is missing.")]
    [InlineData("report", "dev", "-o", "out/", "--output 'out/' is no file that could be written.")]
    [InlineData("report", "dev", "--docs", "javascript:alert(1)", "--docs javascript:alert(1) is no address of a folder.")]
    [InlineData("report", "dev", "--docs", "https://example.com/?a", "--docs https://example.com/?a is no address of a folder.")]
    [InlineData("report", "prod", "-o", "x", "There is no stack 'prod': Pulumi.prod.yaml is missing.")]
    public async Task Rejects_BadWords_BeforeAnythingRuns(string command, string stack, string option, string value, string problem)
    {
        var (code, output, error) = await _cli.RunAsync([command, stack, option, value]);

        (code, output, _cli.Request).ShouldBe((2, "", null));
        error.ShouldStartWith($"error: {problem}\nfix:   ");
    }

    [Theory]
    [InlineData("graph")]
    [InlineData("report")]
    public async Task AProgramThatFails_WritesNothing(string command)
    {
        _cli.Folder.Write("out.txt", "before");
        _cli.Answer = _ => Results.Failed(new Diagnostic(DiagnosticSeverity.Error, "no cluster"));

        var (code, output, error) = await _cli.RunAsync([command, "dev", "-o", "out.txt"]);

        code.ShouldBe(1);
        (output + error).ShouldContain("no cluster");
        File.ReadAllText(_cli.Folder.At("out.txt")).ShouldBe("before");
    }

    // The folder's name is a file, so nothing can be written there
    [Theory]
    [InlineData("graph")]
    [InlineData("report")]
    [InlineData("audit")]
    public async Task AFileThatCannotBeWritten_IsSaid_AndLeavesNothing(string command)
    {
        _cli.Folder.Write("taken", "");
        _cli.Folder.Write("a.json", """{ "version": 3, "deployment": { "resources": [] } }""");
        var before = _cli.Folder.Files();

        var (code, output, _) = await _cli.RunAsync([command, .. command == "audit" ? ["a.json", "a.json", "--stack", "dev"] : new[] { "dev" },
            "-o", "taken/x"]);

        (code, output).ShouldBe((2, ""));
        _cli.Folder.Files().ShouldBe(before);
    }

    [Theory]
    [InlineData("graph", "--format", "svg")]
    [InlineData("graph", "--format", "dot")]
    [InlineData("graph", "--format", "mermaid")]
    [InlineData("report", "--docs", "https://example.com/docs")]
    public async Task NoForm_HasASecret(string command, string option, string value)
    {
        var (code, output, _) = await _cli.RunAsync([command, "dev", option, value]);

        code.ShouldBe(0);
        output.ShouldNotContain(Results.Marker);
        output.ShouldContain("redis-auth");
    }

    [Theory]
    [InlineData("graph")]
    [InlineData("report")]
    public async Task Help_HasExamplesAndExitCodes(string command)
    {
        var (code, output, _) = await _cli.RunAsync([command, "--help"]);

        code.ShouldBe(0);
        output.ShouldContain("\nExit codes:\n");
        output.ShouldContain($"\nExamples:\n  ./platform {command} prod ");
    }

    [Fact]
    public async Task Report_LinksToTheDocuments_FromWhereItIsWritten_OrToTheirAddress()
    {
        _cli.Folder.Write("docs/my page.md", "# Caches & more\n```\n# no heading\n```\n## Redis in `the` cluster\n");
        _cli.Folder.Write("docs/concepts.yaml", "cache:\n  title: Redis <b>\n  about: A store.\n  pages: ['my page.md', 'my page.md#redis-in-the-cluster', nowhere.md]\n");
        _cli.Folder.Write("docs/providers.md", "# Providers\n");

        await _cli.RunAsync(["report", "dev", "-o", "out/deep/report.html"]);
        var page = File.ReadAllText(_cli.Folder.At("out/deep/report.html"));

        page.ShouldContain("Redis &lt;b&gt;</a> <span class=\"muted\">2 resources in 1 component</span><p>A store.</p>"
            + "<p class=\"pages\"><a href=\"../../docs/my%20page.md\">Caches &amp; more</a> · "
            + "<a href=\"../../docs/my%20page.md#redis-in-the-cluster\">Caches &amp; more: Redis in the cluster</a></p>");
        page.ShouldContain("<a href=\"../../docs/providers.md\">Providers</a>");
        page.ShouldContain("docs/concepts.yaml:4:60: there is no page &#39;nowhere.md&#39;, or no such heading in it.");
        (await _cli.RunAsync(["report", "dev"])).Output.ShouldContain("<a href=\"docs/my%20page.md\">");
        (await _cli.RunAsync(["report", "dev", "--docs", "https://example.com/a/docs/"])).Output
            .ShouldContain("<a href=\"https://example.com/a/docs/my%20page.md#redis-in-the-cluster\">");
    }

    [Theory]
    [InlineData("cache: Redis", "concepts.yaml:1:8: `cache` has to hold `title`, `about` or `pages`.")]
    [InlineData("cache: {titel: Redis}", "concepts.yaml:1:9: 'titel' is not allowed here.")]
    [InlineData("cache: {pages: [{}]}", "concepts.yaml:1:17: this has to be text.")]
    public async Task Rejects_AFileOfConceptsThatSaysNothing(string text, string problem)
    {
        _cli.Folder.Write("docs/concepts.yaml", text);

        var (code, output, error) = await _cli.RunAsync(["report", "dev"]);

        (code, output, _cli.Request).ShouldBe((2, "", null));
        error.ShouldContain(problem);
    }

    // Pages of elsewhere are none of the project's documents
    [Theory]
    [InlineData("../Pulumi.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://example.com/x.md")]
    public async Task Report_LinksToNothingElse(string page)
    {
        _cli.Folder.Write("docs/concepts.yaml", $"cache: {{pages: '{page}'}}\n");

        var output = (await _cli.RunAsync(["report", "dev"])).Output;

        output.ShouldContain($"there is no page &#39;{page}&#39;");
        output.ShouldNotContain($"href=\"{page}");
    }
}
