using System.Text.Json;
using Rehearsal.Auditing;
using Rehearsal.Rendering;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Rendering;

// Promise: every format says the same, whole or with a word about what is left out, and lets nothing that a resource is called become markup.
public sealed class AuditFormatsTests
{
    private const string Hostile = "<script>alert(1)</script>|`@me` [x](javascript:y) \"'&\n```\n## \u001b[31m";

    private static Audit Small => Audit.Of(Compare(
        Deployed(Resource("aws:efs/fileSystem:FileSystem", "files"), Resource(ConfigMap, "map", $$"""{ "data": { "a": "1\n2\n" }, "key": {{Secret("\"hunter2\"")}} }""")),
        Deployed(Resource(ConfigMap, "map", $$"""{ "data": { "a": "1\n3\n" }, "key": {{Secret("\"hunter3\"")}} }"""))));

    [Fact]
    public void Json_IsForOtherPrograms() => AuditJson.Text(Small).ShouldBe("""
        {
          "version": 1,
          "old": {
            "name": "a.json",
            "kind": "state",
            "project": "p",
            "stack": "s"
          },
          "new": {
            "name": "a.json",
            "kind": "state",
            "project": "p",
            "stack": "s"
          },
          "summary": {
            "create": 0,
            "update": 0,
            "replace": 1,
            "delete": 1,
            "options": 0,
            "move": 0,
            "restarts": 0,
            "unchanged": 1
          },
          "findings": [
            {
              "rule": "stateful-deleted",
              "severity": "critical",
              "title": "Something that holds data is deleted",
              "reason": "What it holds is gone with it, and only a backup brings it back.",
              "urn": "urn:pulumi:s::p::aws:efs/fileSystem:FileSystem::files"
            },
            {
              "rule": "secret-rotated",
              "severity": "medium",
              "title": "A secret changes",
              "reason": "Whoever uses the old value is refused until it has the new one.",
              "urn": "urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::map",
              "detail": "key"
            }
          ],
          "changes": [
            {
              "change": "delete",
              "urn": "urn:pulumi:s::p::aws:efs/fileSystem:FileSystem::files",
              "type": "aws:efs/fileSystem:FileSystem",
              "name": "files",
              "parent": "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s",
              "properties": []
            },
            {
              "change": "replace",
              "urn": "urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::map",
              "type": "kubernetes:core/v1:ConfigMap",
              "name": "map",
              "parent": "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s",
              "replaceReasons": [
                "data.a"
              ],
              "properties": [
                {
                  "path": "data.a",
                  "kind": "update-replace",
                  "old": "\"1\\n2\\n\"",
                  "new": "\"1\\n3\\n\""
                },
                {
                  "path": "key",
                  "kind": "update",
                  "old": "[secret]",
                  "new": "[secret]",
                  "secret": true
                }
              ]
            }
          ]
        }

        """);

    [Fact]
    public void Markdown_SaysWhatMattersFirst_AndFoldsTheRest() => AuditMarkdown.Text(Small, artefact: null).ShouldBe("""
        ### s: 1 critical, 1 medium

        <code>a.json (state of s)</code> → <code>a.json (state of s)</code>  
        1 replaced, 1 deleted, 1 unchanged

        | | finding | resource |
        |---|---|---|
        | 🛑 critical | **Something that holds data is deleted** (<code>stateful-deleted</code>)<br>What it holds is gone with it, and only a backup brings it back. | <code>files</code><br><code>aws:efs/fileSystem:FileSystem</code> |
        | 🟠 medium | **A secret changes** (<code>secret-rotated</code>)<br>Whoever uses the old value is refused until it has the new one. | <code>map</code><br><code>kubernetes:core/v1:ConfigMap</code><br><code>key</code> |

        <details><summary>the stack itself: 1 replaced, 1 deleted</summary>

        ```diff
        @@ delete aws:efs/fileSystem:FileSystem files @@
        @@ replace kubernetes:core/v1:ConfigMap map @@
        ! data.a:  (replaces)
        -   2
        +   3
        ! key: [secret] => [secret]
        ```

        </details>

        """);

    [Fact]
    public void Markdown_FitsIntoAComment_AndPointsToTheRest()
    {
        var many = Audit.Of(Compare(
            Deployed([.. Enumerable.Range(0, 800).Select(number => Resource("aws:efs/fileSystem:FileSystem", $"files-{number:000}"))]),
            Deployed([.. Enumerable.Range(0, 800).SelectMany(number => new[]
            {
                Component("any:index:Group", $"group-{number:000}"),
                Resource(ConfigMap, $"map-{number:000}", $$"""{ "data": { "text": "{{new string('x', 900)}}" } }""", Component("any:index:Group", $"group-{number:000}").Urn),
            })])));

        var text = AuditMarkdown.Text(many, "https://ci.example.com/run(1)");

        text.Length.ShouldBeLessThan(60_000);
        text.Length.ShouldBeGreaterThan(50_000);
        text.ShouldEndWith("did not fit here**: the whole report is [in the artefact](https://ci.example.com/run%281%29).\n");
        text.Split("<details>").Length.ShouldBe(text.Split("</details>").Length);
    }

    [Fact]
    public void NoName_BecomesMarkup()
    {
        var group = Component("any:index:Group", Hostile);
        var audit = Audit.Of(Compare(
            Deployed(Resource("aws:efs/fileSystem:FileSystem", Hostile)),
            Deployed(group, Resource(ConfigMap, "map", JsonSerializer.Serialize(new Dictionary<string, string> { [Hostile] = Hostile }), group.Urn))));

        var text = AuditMarkdown.Text(audit, artefact: null);

        // Between fences, which are longer than any in a name, nothing is read
        var outside = string.Concat(text.Split("````").Where((_, index) => index % 2 == 0));
        outside.ShouldNotContain("<script");
        outside.ShouldNotContain("@me");
        outside.ShouldNotContain("](javascript");
        outside.ShouldNotContain("\u001b");
        outside.ShouldContain("&#60;script&#62;");
        text.Split('\n').ShouldAllBe(line => !line.StartsWith("## ", StringComparison.Ordinal));
    }

    // The fields are those that the typings of SARIF 2.1.0 allow (@types/sarif 2.1.7, checked by its compiler on 2026-11-26)
    [Fact]
    public void Sarif_IsForCodeScanning()
    {
        using var sarif = JsonDocument.Parse(AuditSarif.Text(Small));
        var run = sarif.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");

        sarif.RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        rules.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ShouldBe(Rules.All.Select(rule => rule.Id));
        run.GetProperty("results").EnumerateArray().Select(result => (
            Rule: rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString(),
            Level: result.GetProperty("level").GetString(),
            Message: result.GetProperty("message").GetProperty("text").GetString(),
            File: result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(),
            Urn: result.GetProperty("locations")[0].GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString())).ShouldBe([
            ("stateful-deleted", "error",
                "Something that holds data is deleted: aws:efs/fileSystem:FileSystem files. What it holds is gone with it, and only a backup brings it back.",
                "a.json", "urn:pulumi:s::p::aws:efs/fileSystem:FileSystem::files"),
            ("secret-rotated", "warning",
                "A secret changes: kubernetes:core/v1:ConfigMap map, key. Whoever uses the old value is refused until it has the new one.",
                "a.json", "urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::map"),
        ]);
    }

    [Fact]
    public void Rejects_AnArtefact_ThatIsNoAddress()
        => Should.Throw<global::Rehearsal.BadInputException>(() => AuditMarkdown.Text(Small, "javascript:alert(1)")).Message
            .ShouldBe("--artefact javascript:alert(1) is no address of a page.");
}
