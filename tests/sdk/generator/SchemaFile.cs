using System.Text.Json;
using Tests.Support;

namespace Tests.Sdk.Generator;

/// <summary>A committed schema file, read once.</summary>
internal sealed class SchemaFile
{
    private static readonly Lazy<IReadOnlyDictionary<string, SchemaFile>> Loaded = new(() =>
        new[] { "aws", "gcp", "kubernetes", "random", "tls" }.ToDictionary(property => property, property => new SchemaFile(property), StringComparer.Ordinal));

    private SchemaFile(string provider)
    {
        Text = File.ReadAllText(Path.Combine(Folder, $"{provider}.json"));
        Root = JsonDocument.Parse(Text).RootElement;
    }

    public static IReadOnlyDictionary<string, SchemaFile> All => Loaded.Value;

    public static string Folder { get; } = Path.Combine(Repository.Root, "sdk", "schema");

    public string Text { get; }

    public JsonElement Root { get; }

    /// <summary>The tokens that tokens.txt asks for.</summary>
    public static IEnumerable<string> Tokens() =>
        File.ReadLines(Path.Combine(Folder, "tokens.txt")).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0);

    /// <summary>Every object inside a value, the value among them.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Objects(property.Value)).Prepend(value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
