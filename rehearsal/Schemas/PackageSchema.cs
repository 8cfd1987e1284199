using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;

namespace Rehearsal.Schemas;

/// <summary>The schema of one provider package, its declarations read when they are first needed.</summary>
internal sealed class PackageSchema(SchemaIndex index)
{
    private readonly ConcurrentDictionary<string, ResourceSpec?> _resources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ResourceSpec?> _functions = new(StringComparer.Ordinal);
    private readonly Lazy<ResourceSpec?> _provider = new(() => index.Find("provider") is { } json ? SchemaReader.Resource(json) : null);
    private readonly ConcurrentDictionary<string, DeclaredType?> _types = new(StringComparer.Ordinal);

    /// <summary>The tokens of all resources.</summary>
    public IEnumerable<string> Resources =>
        index.Keys.Where(key => key.StartsWith("resources/", StringComparison.Ordinal)).Select(key => key["resources/".Length..]);

    /// <summary>A schema in memory.</summary>
    public static PackageSchema Parse(byte[] file) => new(SchemaIndex.Read(file));

    public ResourceSpec? Resource(string token) => _resources.GetOrAdd(
        token, static (type, from) => from.Find("resources/" + type) is { } json ? SchemaReader.Resource(json) : null, index);

    public ResourceSpec? Function(string token) => _functions.GetOrAdd(
        token, static (type, from) => from.Find("functions/" + type) is { } json ? SchemaReader.Function(json) : null, index);

    /// <summary>The provider's own configuration.</summary>
    public ResourceSpec? Provider => _provider.Value;

    public DeclaredType? Type(string token) => _types.GetOrAdd(token, type => index.Find("types/" + type) is { } json ? SchemaReader.Declared(json) : null);
}

/// <summary>The package schemas in a folder, one file per package, each read when it is first needed.</summary>
/// <param name="folder">Holds <c>aws.json</c>, <c>kubernetes.json</c> and so on.</param>
internal sealed class SchemaStore(string folder)
{
    private readonly ConcurrentDictionary<string, Lazy<PackageSchema?>> _schemas = new(StringComparer.Ordinal);

    /// <summary>The schemas that this program was built with.</summary>
    public static SchemaStore Bundled { get; } = new(Path.Combine(AppContext.BaseDirectory, "schema"));

    /// <summary>The schema of a package, or null when there is none.</summary>
    public PackageSchema? Find(string package) => _schemas.GetOrAdd(package, schema => new Lazy<PackageSchema?>(() => Load(schema))).Value;

    private PackageSchema? Load(string package)
    {
        // A package name becomes a file name: nothing in it may lead out of the folder
        if (!package.All(entry => char.IsAsciiLetterOrDigit(entry) || entry is '-' or '_'))
        {
            return null;
        }
        var file = Path.Combine(folder, package + ".json");
        return File.Exists(file) ? PackageSchema.Parse(File.ReadAllBytes(file)) : null;
    }
}

/// <summary>Where in a schema file each token is declared, found in one pass that builds nothing else.</summary>
/// <remarks>A run uses a few dozen of a provider's thousands of types; the rest of the file is never parsed.</remarks>
internal sealed class SchemaIndex
{
    private readonly byte[] _file;
    private readonly FrozenDictionary<string, Range> _declarations;

    private SchemaIndex(byte[] file, Dictionary<string, Range> declarations)
    {
        _file = file;
        _declarations = declarations.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Sections and tokens in the form <c>resources/aws:s3/bucket:Bucket</c>; <c>provider</c> for the provider itself.</summary>
    public IEnumerable<string> Keys => _declarations.Keys;

    /// <summary>Reads a schema.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static SchemaIndex Read(byte[] file)
    {
        var declarations = new Dictionary<string, Range>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(file);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var section = json.GetString()!;
            json.Read();
            if (section == "provider")
            {
                declarations[section] = Skip(ref json);
            }
            else if (section is "resources" or "types" or "functions")
            {
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var token = json.GetString();
                    json.Read();
                    declarations[$"{section}/{token}"] = Skip(ref json);
                }
            }
            else
            {
                json.Skip();
            }
        }
        return new SchemaIndex(file, declarations);
    }

    /// <summary>The declaration of that key, or null.</summary>
    public JsonElement? Find(string key)
    {
        if (!_declarations.TryGetValue(key, out var range))
        {
            return null;
        }
        using var json = JsonDocument.Parse(_file.AsMemory(range));
        return json.RootElement.Clone();
    }

    private static Range Skip(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return start..(int)json.BytesConsumed;
    }
}
