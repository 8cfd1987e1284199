using System.Collections.Frozen;
using System.Text.Json;

namespace Rehearsal.Schemas;

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
            if (section == "provider") declarations[section] = Skip(ref json);
            else if (section is "resources" or "types" or "functions")
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var token = json.GetString();
                    json.Read();
                    declarations[$"{section}/{token}"] = Skip(ref json);
                }
            else json.Skip();
        }
        return new SchemaIndex(file, declarations);
    }

    /// <summary>The declaration of that key, or null.</summary>
    public JsonElement? Find(string key)
    {
        if (!_declarations.TryGetValue(key, out var range)) return null;
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
