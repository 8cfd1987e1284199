using System.Text.Json;
using Rehearsal.Auditing;
using Rehearsal.Rendering;
using Tests.Rehearsal.StackFiles;
using Tests.Support;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Rendering;

// Promise: the page stands alone, works by keyboard and in both lights, and takes nothing that a resource is called or holds for markup. What a browser does
// with it is tested where PLATFORM_CHROMIUM names one.
[Trait(Long.Category, Long.Name)]
public sealed class AuditPageTests : IDisposable
{
    private const string Hostile = "</script><script>window.taken=1</script><img src=x onerror=\"window.taken=1\">'\"&\u202e";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Audit Sample
    {
        get
        {
            var (redis, hostile) = (Component("platform:cache:Redis", "redis"), Component(Hostile, Hostile));
            var (map, password) = (Resource(ConfigMap, "redis-configuration", """{ "data": { "redis.conf": "port 1\nmemory 1\n" } }""", redis.Urn),
                Resource("random:index/randomPassword:RandomPassword", "redis-password", """{ "length": 20 }""", redis.Urn));
            var server = Resource("kubernetes:apps/v1:StatefulSet", "redis-server", """{ "spec": { "template": { "memory": 1 } } }""", redis.Urn) with
            {
                Dependencies = [map.Urn, password.Urn],
            };
            return Audit.Of(Compare(
                Deployed(redis, map, password, server, Resource("aws:efs/fileSystem:FileSystem", "files"), hostile,
                    Resource(ConfigMap, Hostile, $$"""{ "key": {{Secret("\"hunter2-hunter2\"")}}, "a": 1 }""", hostile.Urn)),
                Deployed(redis,
                    map with { Inputs = Resource(ConfigMap, "x", """{ "data": { "redis.conf": "port 1\nmemory 2\n" } }""").Inputs },
                    password with { Inputs = Resource(ConfigMap, "x", """{ "length": 30 }""").Inputs },
                    server with { Inputs = Resource(ConfigMap, "x", """{ "spec": { "template": { "memory": 2 } } }""").Inputs }, hostile,
                    Resource(ConfigMap, Hostile, $$"""{ "key": {{Secret("\"hunter3-hunter3\"")}}, "a": {{JsonSerializer.Serialize(Hostile)}}, "b": "hunter3-hunter3" }""",
                        hostile.Urn))));
        }
    }

    [Fact]
    public void APage_HoldsNoSecret_AndNothingOfItsTextIsMarkup()
    {
        var page = AuditHtml.Text(Sample);

        page.ShouldNotContain("hunter");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("\u202e");
        page.Split("<script").Length.ShouldBe(2);
        page.Split("</script").Length.ShouldBe(2);
        page.ShouldContain("&lt;/script&gt;&lt;script&gt;window.taken=1&lt;/script&gt;&lt;img src=x onerror=&quot;window.taken=1&quot;&gt;&#39;&quot;&amp;\\u202e");
        page.ShouldNotContain("://");
        AuditHtml.Text(Sample).ShouldBe(page);
    }

    [Fact]
    public void ThePicture_HasWhatChanges_AndWhatHangsOnIt()
    {
        var page = AuditHtml.Text(Sample);

        page.Split("<rect class=\"node ").Skip(1).Select(node => node.Split('"')[0]).Order(StringComparer.Ordinal)
            .ShouldBe(["delete", "replace", "replace", "update", "update"]);
        page.Split("<path class=\"line\"").Length.ShouldBe(3);
    }

    [Fact]
    public void NothingThatDiffers_IsAPageToo()
    {
        var page = AuditHtml.Text(Audit.Of(Compare(Deployed(), Deployed())));

        page.ShouldContain("<p>Nothing differs.</p>");
        page.ShouldContain("<p>Nothing that a rule knows as a risk.</p>");
    }

    [BrowserFact]
    public async Task InABrowser_ItFilters_ByKeyboard_InBothLights_AndFetchesNothing()
    {
        await using var browser = await Browser.OpenAsync(_folder.Write("audit.html", AuditHtml.Text(Sample)));
        Task<string> Shown() => Text(
            "[...document.querySelectorAll('.change')].filter(c=>!c.hidden&&c.offsetParent).map(c=>c.querySelector('.name').textContent).join(' ')");
        async Task<string> Text(string expression) => (await browser.ValueAsync(expression))!.ToString();

        (await Text("document.title")).ShouldBe("Audit of s");
        (await Text("document.querySelector('#count').value")).ShouldBe("5 changes");
        (await Text("[window.taken===undefined,document.images.length,document.scripts.length].join(' ')")).ShouldBe("true 0 1");

        await browser.PressAsync("/");
        await browser.TypeAsync("redis conf");
        (await Shown()).ShouldBe("redis-configuration");
        (await Text("document.querySelector('#count').value")).ShouldBe("1 of 5 changes");
        await browser.PressAsync("Escape");
        (await Shown()).Split(' ').Length.ShouldBeGreaterThan(4);

        await browser.ValueAsync("document.querySelector('.filter input[value=replace]').click()");
        (await Shown()).ShouldNotContain("redis-password");
        (await Text("[...document.querySelectorAll('.rule:not([hidden]) li:not([hidden])')].some(i=>i.textContent.includes('redis-password'))")).ShouldBe("false");
        await browser.ValueAsync("document.querySelector('.filter input[value=replace]').click()");

        await browser.PressAsync("j");
        await browser.PressAsync("j");
        (await Text("document.activeElement.closest('.change').querySelector('.name').textContent")).ShouldBe(await Text(
            "document.querySelectorAll('.change')[1].querySelector('.name').textContent"));
        await browser.PressAsync("e");
        (await Text("[...document.querySelectorAll('.change')].every(c=>c.open)")).ShouldBe("true");

        await browser.ValueAsync("document.querySelector('.rule a').click()");
        (await Text("document.querySelector('.change:target').open")).ShouldBe("true");

        await browser.PreferAsync("light");
        var light = await Text("getComputedStyle(document.body).backgroundColor");
        await browser.PreferAsync("dark");
        (await Text("getComputedStyle(document.body).backgroundColor")).ShouldNotBe(light);

        // A picture's node leads to its change, and the whole goes to paper
        (await Text("document.querySelector('svg.graph a').getAttribute('href').startsWith('#r')")).ShouldBe("true");
        (await browser.CallAsync("Page.printToPDF", []))["data"]!.GetValue<string>().Length.ShouldBeGreaterThan(10_000);
        browser.Requests.ShouldHaveSingleItem().ShouldStartWith("file:");
        browser.Complaints.ShouldBeEmpty();
    }
}
