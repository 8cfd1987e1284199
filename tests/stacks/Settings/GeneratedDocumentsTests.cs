using System.Text.Json.Nodes;
using Stacks.Settings.Generating;
using Tests.Support;

namespace Tests.Stacks.Settings;

// Promise: what people and editors read about settings is what the code does, and a renamed key does not slip through.
public sealed class GeneratedDocumentsTests
{
    private const string Stale = "./platform docs writes it anew.";

    [Fact]
    public void TheReferencePage_IsUpToDate() => ConfigurationDocument.Render().ShouldBe(Committed("docs/configuration.md"), Stale);

    [Fact]
    public void TheEditorsSchema_IsUpToDate() => EditorSchema.Render().ShouldBe(Committed("docs/schema/stack.schema.json"), Stale);

    [Fact]
    public void TheProjectFile_IsUpToDate() => ProjectConfig.Replace(Committed("Pulumi.yaml")).ShouldBe(Committed("Pulumi.yaml"), Stale);

    [Fact]
    public void ConfigKeys_DoNotChange() => Snapshot.ShouldMatch("config-keys", SettingsCatalog.Paths);

    [Fact]
    public void TheEditorsSchema_DescribesWhatTheReaderReads()
    {
        var config = JsonNode.Parse(EditorSchema.Render())!["properties"]!["config"]!["properties"]!.AsObject();

        config
            .SelectMany(concept => Paths(concept.Key, concept.Value!.AsObject()))
            .Order(StringComparer.Ordinal)
            .ShouldBe(SettingsCatalog.Paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheProjectFile_MakesNoKeyCompulsory() => ProjectConfig.Render().Split('\n').Count(line => line == "    default: \"\"").ShouldBe(
        SettingsCatalog.Platform.Settings.Length + SettingsCatalog.Secrets.Length);

    [Fact]
    public void TheProjectFile_KeepsWhatPeopleWrote() => ProjectConfig.Replace("name: platform\n\n").ShouldBe($"name: platform\n{ProjectConfig.Render()}");

    private static string Committed(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Paths(string at, JsonObject schema)
    {
        yield return at;
        var inner = (schema["properties"], schema["items"], schema["additionalProperties"]) switch
        {
            (JsonObject properties, _, _) when !properties.ContainsKey("secure") => properties.SelectMany(property =>
                Paths($"{at}.{property.Key}", property.Value!.AsObject())),
            (_, JsonObject items, _) => Paths($"{at}[]", items).Skip(1),
            (_, _, JsonObject entries) => Paths($"{at}.<name>", entries).Skip(1),
            _ => [],
        };
        foreach (var path in inner)
        {
            yield return path;
        }
    }
}
