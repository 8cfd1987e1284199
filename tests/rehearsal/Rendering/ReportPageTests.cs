using System.Text.Json;
using Rehearsal.Comparing;
using Rehearsal.Graph;
using Rehearsal.Policies;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;
using Rehearsal.Wire;
using Tests.Rehearsal.StackFiles;
using Tests.Support;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Rendering;

/// <summary>Reports of plans that have everything in them that a page could stumble over.</summary>
internal static class ReportSample
{
    public const string Hostile = "</script><script>window.taken=1</script><img src=x onerror=\"window.taken=1\">'\"&\u202e";

    public static Side Side
    {
        get
        {
            var (redis, hostile) = (Component("platform:cache:Redis", "redis"), Component($"acme:{Hostile.Replace(':', ' ')}:Box", Hostile));
            var key = Resource("tls:index/privateKey:PrivateKey", "host-key", """{ "algorithm": "RSA", "rsaBits": 1024 }""");
            var map = Resource(ConfigMap, "redis-configuration", """{ "data": { "redis.conf": "port 1\nmemory 1\n" } }""", redis.Urn);
            var server = Resource("kubernetes:apps/v1:StatefulSet", "redis-server", """{ "spec": { "serviceName": "redis" } }""", redis.Urn) with
            {
                Dependencies = [map.Urn, key.Urn],
                Protect = true,
                Outputs = PropertyMap.Create(("spec", new StringProperty("x")), ("status", UnknownProperty.Instance), ("id", UnknownProperty.Instance)),
            };
            return Planned(redis, hostile, key, map, server,
                Resource(ConfigMap, Hostile, $$"""{ "key": {{Secret("\"hunter2-hunter2\"")}}, "a": {{JsonSerializer.Serialize(Hostile)}}, "b": "hunter2-hunter2" }""", hostile.Urn),
                Resource("aws:s3/bucket:Bucket", "loose"), Resource("kubernetes:core/v1:Secret", "open", """{ "stringData": { "p": "openhunter" } }"""))
                with
            {
                Outputs = PropertyMap.Create(("address", new StringProperty("redis:6379")), ("ip", UnknownProperty.Instance),
                    ("p", new SecretProperty(new StringProperty("hunter3-hunter3")))),
            };
        }
    }

    public static string Page(Side side) => ReportHtml.Text(
        PlanReport.Of(side, PolicyCheck.Run(side.Resources.Where(state => state.Type != Urn.RootType), [], new DateOnly(2026, 11, 26)),
            ConceptPages.Read(ProjectFile.WithoutFile(Path.GetTempPath()))), page => page);
}

// Promise: the page of a plan stands alone, has what is there by concept of any program, and takes nothing that a resource is called or holds for markup.
public sealed class ReportHtmlTests
{
    [Fact]
    public void ResourcesStand_ByConcept_OfTheOutermostComponent_OrOfTheirOwnType()
    {
        var report = PlanReport.Of(ReportSample.Side, new PolicyResult([], 0, 0), ConceptPages.Read(ProjectFile.WithoutFile(Path.GetTempPath())));

        report.Concepts.Where(concept => !concept.Words.Title.Contains("script", StringComparison.Ordinal))
            .Select(concept => $"{concept.Words.Title}: {string.Join(' ', concept.Entries.Select(entry => entry.State.Urn.Name))}").ShouldBe([
            "aws s3: loose", "cache: redis redis-server redis-configuration", "kubernetes core: open", "tls: host-key",
        ], ignoreOrder: true);
        report.Concepts.Select(concept => concept.Words.Title).ShouldBe(report.Concepts.Select(concept => concept.Words.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void APage_HoldsNoSecret_AndNothingOfItsTextIsMarkup()
    {
        var page = ReportSample.Page(ReportSample.Side);

        page.ShouldNotContain("hunter");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("\u202e");
        page.Split("<script").Length.ShouldBe(2);
        page.Split("</script").Length.ShouldBe(2);
        page.ShouldContain("&lt;/script&gt;&lt;script&gt;window.taken=1&lt;/script&gt;");
        page.ShouldNotContain("://");
        ReportSample.Page(ReportSample.Side).ShouldBe(page);
    }

    [Fact]
    public void AResource_TellsWhatItIsToldAndWhatHangsOnIt()
    {
        var page = ReportSample.Page(ReportSample.Side);
        var server = page[page.IndexOf("<span class=\"name\">redis-server", StringComparison.Ordinal)..];
        server = server[..server.IndexOf("</details>", StringComparison.Ordinal)];

        server.ShouldContain("<span class=\"muted\">protected</span>");
        server.ShouldContain("<dt>In</dt><dd>redis</dd>");
        server.ShouldMatch("<dt>Needs</dt><dd><a href=\"#r\\d+\">redis-configuration</a> <span class=\"muted\">ConfigMap</span>, <a href=\"#r\\d+\">host-key</a>");
        server.ShouldContain("<dt>Inputs</dt><dd><pre>spec:\n  serviceName: redis</pre></dd>");
        server.ShouldContain("<dt>Outputs</dt><dd><pre>spec: x</pre></dd>");
        server.ShouldContain("<dt>Known once it is there</dt><dd>id, status</dd>");
        page.ShouldContain("<pre>data:\n  redis.conf: |\n    port 1\n    memory 1</pre>");
        page.ShouldContain("<code class=\"muted\">secrets/short-key</code>");
        page.ShouldContain("<pre>address: redis:6379\nip: &quot;[unknown]&quot;\np: &quot;[secret]&quot;</pre>");
    }

    [Fact]
    public void NothingPlanned_IsAPageToo()
    {
        var page = ReportSample.Page(Planned());

        page.ShouldContain("<b class=\"\">0</b><span>resources</span>");
        page.ShouldNotContain("<svg");
    }

    [Fact]
    public void MoreThanAnybodyReads_IsCounted()
    {
        var page = ReportSample.Page(Planned([.. Enumerable.Range(0, 3_010).Select(index => Resource(ConfigMap, $"map-{index}"))]));

        page.ShouldContain("<p>10 more are in <code>./platform preview --json</code>.</p>");
        page.Split("<details class=\"change").Length.ShouldBe(3_001);
    }
}

// Promise: in a browser the page filters, works by keyboard, in both lights and on paper, and fetches nothing.
[Trait(Long.Category, Long.Name)]
public sealed class ReportPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task InABrowser_ItFilters_ByKeyboard_InBothLights_AndFetchesNothing()
    {
        await using var browser = await Browser.OpenAsync(_folder.Write("report.html", ReportSample.Page(ReportSample.Side)));
        async Task<string> Text(string expression) => (await browser.ValueAsync(expression))!.ToString();
        Task<string> Shown() => Text(
            "[...document.querySelectorAll('.change')].filter(c=>!c.hidden&&c.offsetParent).map(c=>c.querySelector('.name').textContent).join(' ')");

        (await Text("document.title")).ShouldBe("What is in s");
        (await Text("document.querySelector('#count').value")).ShouldBe("8 entries");
        (await Text("[window.taken===undefined,document.images.length,document.scripts.length].join(' ')")).ShouldBe("true 0 1");

        await browser.PressAsync("/");
        await browser.TypeAsync("memory");
        (await Shown()).ShouldBe("redis-configuration");
        (await Text("[...document.querySelectorAll('section.component')].filter(s=>!s.hidden).length")).ShouldBe("1");
        await browser.PressAsync("Escape");
        // A concept's own name finds all that is in it
        await browser.PressAsync("/");
        await browser.TypeAsync("cache");
        (await Shown()).ShouldBe("redis redis-server redis-configuration");
        await browser.PressAsync("Escape");

        await browser.ValueAsync("document.querySelector('.filter input[value=kubernetes]').click()");
        (await Shown()).ShouldNotContain("redis-server");
        await browser.ValueAsync("document.querySelector('.filter input[value=kubernetes]').click()");

        await browser.PressAsync("j");
        await browser.PressAsync("e");
        (await Text("[...document.querySelectorAll('.change')].every(c=>c.open)")).ShouldBe("true");
        await browser.PressAsync("e");
        (await Text("[...document.querySelectorAll('.change')].some(c=>c.open)")).ShouldBe("false");

        // A node of the picture opens its resource, a card leads to its concept, and the picture shrinks to the page and back
        await browser.ValueAsync("[...document.querySelectorAll('svg a')].find(a=>a.textContent.includes('redis-server')).dispatchEvent(new MouseEvent('click',{bubbles:true}))");
        (await Text("document.querySelector('.change:target .name').textContent+document.querySelector('.change:target').open")).ShouldBe("redis-servertrue");
        (await Text("[...document.querySelectorAll('.cards a.name')].every(a=>document.querySelector(a.getAttribute('href')).matches('section'))")).ShouldBe("true");
        var whole = await Text("document.querySelector('.picture svg').getBoundingClientRect().width");
        await browser.ValueAsync("document.querySelector('.fit input').click()");
        (await Text("document.querySelector('.picture svg').getBoundingClientRect().width")).ShouldNotBe(whole);

        await browser.PreferAsync("light");
        var light = await Text("getComputedStyle(document.body).backgroundColor+getComputedStyle(document.querySelector('.node.p0')).fill");
        await browser.PreferAsync("dark");
        var dark = await Text("getComputedStyle(document.body).backgroundColor+getComputedStyle(document.querySelector('.node.p0')).fill");
        dark.ShouldNotBe(light);

        // On a telephone nothing stands out to the side
        await browser.CallAsync("Emulation.setDeviceMetricsOverride",
            new() { ["width"] = 390, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = true });
        (await Text("document.documentElement.scrollWidth<=390")).ShouldBe("true");

        (await browser.CallAsync("Page.printToPDF", []))["data"]!.GetValue<string>().Length.ShouldBeGreaterThan(10_000);
        browser.Requests.ShouldHaveSingleItem().ShouldStartWith("file:");
        browser.Complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task APictureAlone_ShowsItself_AndRunsNothing()
    {
        var picture = GraphSvg.File(PlanGraph.Of(SideSecrets.Mark(ReportSample.Side), _ => null));
        await using var browser = await Browser.OpenAsync(_folder.Write("graph.svg", picture));

        (await browser.ValueAsync("document.documentElement.tagName+document.querySelectorAll('rect.node').length+(window.taken===undefined)"))!.ToString()
            .ShouldBe("svg9true");
        browser.Requests.ShouldHaveSingleItem().ShouldStartWith("file:");
        browser.Complaints.ShouldBeEmpty();
    }
}
