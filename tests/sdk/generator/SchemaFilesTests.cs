// Protects the committed schemas: what tokens.txt asks for is there, hangs together, and nothing else is.
using System.Text.Json;
using Tests.Support;

namespace Tests.Sdk.Generator;

public class SchemaFilesTests
{
    public static TheoryData<string> Providers() => [.. SchemaFile.All.Keys];

    [Fact]
    public void EveryToken_IsInTheSchemaOfItsProvider()
    {
        var lacking = SchemaFile.Tokens().Where(token =>
        {
            var root = SchemaFile.All[token.Split(':')[0]].Root;
            return !root.GetProperty("resources").TryGetProperty(token, out _) && !root.GetProperty("functions").TryGetProperty(token, out _);
        });

        lacking.ShouldBeEmpty();
    }

    [Fact]
    public void EveryResourceAndFunction_IsAskedForByTokens()
    {
        var listed = SchemaFile.Tokens().ToHashSet(StringComparer.Ordinal);
        var extracted = SchemaFile.All.Values.SelectMany(value =>
            new[] { "resources", "functions" }.SelectMany(key => value.Root.GetProperty(key).EnumerateObject()));

        extracted.Select(property => property.Name).Where(token => !listed.Contains(token)).ShouldBeEmpty();
    }

    [Fact]
    public void NoToken_IsListedTwice() =>
        SchemaFile.Tokens().GroupBy(type => type, StringComparer.Ordinal).Where(item => item.Count() > 1).Select(item => item.Key).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Providers))]
    public void EveryReference_Resolves(string provider)
    {
        var root = SchemaFile.All[provider].Root;
        var types = root.GetProperty("types").EnumerateObject().Select(property => $"#/types/{property.Name}").ToHashSet(StringComparer.Ordinal);
        var references = SchemaFile.Objects(root)
            .Where(option => option.TryGetProperty("$ref", out var r) && r.ValueKind == JsonValueKind.String)
            .Select(option => option.GetProperty("$ref").GetString()!)
            .ToHashSet(StringComparer.Ordinal);

        references.Where(reference => !types.Contains(reference)).Order(StringComparer.Ordinal)
            .ShouldBeSubsetOf(["pulumi.json#/Any", "pulumi.json#/Archive", "pulumi.json#/Asset", "pulumi.json#/Json"]);
        types.Where(type => !references.Contains(type)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void EveryRequiredName_IsAProperty(string provider)
    {
        var wrong = SchemaFile
            .Objects(SchemaFile.All[provider].Root)
            .SelectMany(option => Missing(option, "requiredInputs", "inputProperties").Concat(Missing(option, "required", "properties")));

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Schema_HoldsNoProse(string provider)
    {
        var root = SchemaFile.All[provider].Root;
        var members = root.GetProperty("resources")
            .EnumerateObject()
            .Concat(root.GetProperty("functions").EnumerateObject())
            .Select(property => property.Value);

        members.SelectMany(member => member.EnumerateObject()).Select(property => property.Name).Distinct()
            .ShouldBeSubsetOf(["aliases", "inputProperties", "inputs", "outputs", "properties", "required", "requiredInputs", "stateInputs"]);
    }

    [Theory]
    [InlineData("aws", "7.48.0")]
    [InlineData("gcp", "9.37.0")]
    [InlineData("kubernetes", "4.34.2")]
    [InlineData("random", "4.21.2")]
    [InlineData("tls", "5.6.1")]
    public void Version_IsThePinnedOne(string provider, string expected)
    {
        SchemaFile.All[provider].Root.GetProperty("version").GetString().ShouldBe(expected);
        File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props")).ShouldContain($"Version=\"{expected}\"");
    }

    [Fact]
    public void SecretOutputs_AreMarked()
    {
        var password = SchemaFile
            .All["random"]
            .Root.GetProperty("resources")
            .GetProperty("random:index/randomPassword:RandomPassword")
            .GetProperty("properties");

        password
            .EnumerateObject()
            .Where(property => property.Value.TryGetProperty("secret", out var s) && s.GetBoolean())
            .Select(property => property.Name)
            .ShouldBe(["bcryptHash", "result"]);
    }

    private static IEnumerable<string> Missing(JsonElement value, string names, string properties)
    {
        if (!value.TryGetProperty(names, out var required) || required.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var known = value.GetProperty(properties);
        return required.EnumerateArray().Select(element => element.GetString()!).Where(name => !known.TryGetProperty(name, out _));
    }
}
