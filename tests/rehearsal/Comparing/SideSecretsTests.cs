using System.Text;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Comparing;

// Promise: no text of a comparison holds a secret, nor anything from which it follows, wherever a side has it.
public sealed class SideSecretsTests
{
    [Theory]
    [InlineData("hunter2")]
    [InlineData("S3cr3t with \"quotes\" & <tags>")]
    [InlineData("correct horse battery staple")]
    public void ASecretOfOneSide_IsHiddenOnBoth_InEveryForm(string secret)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(secret);
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        var nested = System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonSerializer.Serialize(new { password = secret, user = "me" }));
        var holder = Resource("any:index:Kind", "holder", $$"""{ "password": {{Secret(json)}} }""");
        var plain = Resource("any:index:Kind", "plain", $$"""{ "text": {{json}}, "list": [{{json}}, 1], "inside": {{nested}}, "encoded": "{{base64}}" }""");
        var changed = Resource("any:index:Kind", "plain", """{ "text": "a", "list": ["b", 1], "inside": "{\"user\": \"me\"}", "encoded": "c" }""");

        foreach (var (old, @new) in new[] { (Deployed(plain), Deployed(holder, changed)), (Deployed(holder, changed), Deployed(plain)) })
        {
            var lines = Lines(old, @new);
            var text = string.Join('\n', lines);

            lines.ShouldContain(line => line.Contains("text: ", StringComparison.Ordinal) && line.Contains("[secret]", StringComparison.Ordinal));
            text.ShouldNotContain(secret);
            text.ShouldNotContain(json.Trim('"'));
            text.ShouldNotContain(base64.TrimEnd('='));
        }
    }

    // Names and numbers of members are told by nobody else either
    [Fact]
    public void NothingFromInsideOfASecret_IsTold() => Lines(
        Deployed(Resource("any:index:Kind", "a", $$"""{ "keys": {{Secret("""{"hunter2":1,"b":[1,2]}""")}}, "list": [{{Secret("\"one-secret\"")}}] }""")),
        Deployed(Resource("any:index:Kind", "a", $$"""{ "keys": {{Secret("""{"hunter3":1,"b":[1,2,3]}""")}}, "list": [] }"""))).ShouldBe([
        "update a", "  keys: [secret] => [secret]", "  list[0]: [secret] => ",
    ]);

    [Fact]
    public void CreatedAndDeletedResources_HideTheirSecrets()
    {
        var resource = Resource("any:index:Kind", "a", $$"""{ "keys": {{Secret("""{"hunter2":[1]}""")}}, "size": 1 }""");

        Lines(Deployed(), Deployed(resource)).ShouldBe(["create a", "  keys:  => [secret]", "  size:  => 1"]);
        Lines(Deployed(resource), Deployed()).ShouldBe(["delete a", "  keys: [secret] => ", "  size: 1 => "]);
    }

    [Fact]
    public void ANameThatIsASecret_IsHidden() => Lines(
        Deployed(Resource("any:index:Kind", "a", $$"""{ "key": {{Secret("\"hunter2-hunter2\"")}}, "map": { "hunter2-hunter2": 1, "x": 2 } }""")),
        Deployed(Resource("any:index:Kind", "a", $$"""{ "key": {{Secret("\"hunter2-hunter2\"")}}, "map": { "hunter2-hunter2": 2, "x": 2 } }"""))).ShouldBe([
        "update a", "  map[\"[secret]\"]: [secret] => [secret]",
    ]);

    // Whoever wrote them, whether they are marked or not
    [Theory]
    [InlineData("kubernetes:core/v1:Secret", """{ "data": { "k": "b3Blbi1zZWNyZXQ=" }, "stringData": { "k": "open-secret" } }""")]
    [InlineData("kubernetes:core/v1:SecretPatch", """{ "data": { "k": "b3Blbi1zZWNyZXQ=" } }""")]
    [InlineData("kubernetes:core/v1:SecretList", """{ "items": [{ "kind": "Secret", "data": { "k": "b3Blbi1zZWNyZXQ=" } }] }""")]
    [InlineData("kubernetes:yaml/v2:ConfigGroup", """{ "yaml": "apiVersion: v1\nkind: Secret\nstringData:\n  k: open-secret\n" }""")]
    [InlineData("any:index:Kind", """{ "manifest": "{\"kind\": \"Secret\", \"data\": {\"k\": \"b3Blbi1zZWNyZXQ=\"}}" }""")]
    public void ContentsOfKubernetesSecrets_AreHidden(string type, string inputs)
    {
        var text = string.Join('\n', Lines(Deployed(), Deployed(Resource(type, "a", inputs))));

        text.ShouldContain("[secret]");
        text.ShouldNotContain("open-secret");
        text.ShouldNotContain("b3Blbi1z");
    }

    // Where every plan has it, its absence would tell it
    [Fact]
    public void AnEverydayWord_StaysWhereItIsNoSecret() => Lines(
        Deployed(Resource("any:index:Kind", "a", $$"""{ "password": {{Secret("\"redis\"")}}, "name": "redis" }""")),
        Deployed(Resource("any:index:Kind", "a", $$"""{ "password": {{Secret("\"redis\"")}}, "name": "other" }"""))).ShouldBe([
        "update a", """  name: "redis" => "other" """.TrimEnd(),
    ]);
}
