using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rehearsal.Wire;

/// <summary>Takes the secrets it has seen out of free text: a program's output, its log, messages about its values.</summary>
/// <remarks>Values of fewer than three characters are left alone, as Pulumi's own filter does: replacing every <c>a</c> hides nothing and garbles everything.</remarks>
public sealed class SecretFilter
{
    private const int ShortestSecret = 3;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private string[] _longestFirst = [];
    private SearchValues<string>? _search;

    /// <summary>Remembers the texts inside the secrets of some properties.</summary>
    public void Learn(PropertyMap properties)
    {
        foreach (var value in properties.Values) Learn(value, secret: false);
    }

    public void Learn(PropertyValue value) => Learn(value, secret: false);

    /// <summary>Remembers a text and, when it is JSON, the texts inside it.</summary>
    public void LearnText(string text)
    {
        Add(text);
        if (text.Length == 0 || text[0] is not ('{' or '[')) return;
        try
        {
            using var json = JsonDocument.Parse(text);
            LearnJson(json.RootElement);
        }
        catch (JsonException)
        {
            // a text that merely begins like JSON is already known as a whole
        }
    }

    /// <summary>The text with every known secret replaced by <see cref="PropertyMask.Text"/>.</summary>
    public string Apply(string text)
    {
        var (search, secrets) = Compiled();
        if (search is null || text.AsSpan().IndexOfAny(search) < 0) return text;
        foreach (var secret in secrets) text = text.Replace(secret, PropertyMask.Text, StringComparison.Ordinal);
        return text;
    }

    private void Learn(PropertyValue value, bool secret)
    {
        if (!secret && !value.ContainsSecrets) return;
        switch (value)
        {
            case SecretProperty inner:
                Learn(inner.Value, secret: true);
                break;
            case OutputProperty { Value: { } known } output:
                Learn(known, secret || output.Secret);
                break;
            case ListProperty list:
                foreach (var item in list.Items) Learn(item, secret);
                break;
            case ObjectProperty map:
                foreach (var item in map.Properties.Values) Learn(item, secret);
                break;
            case AssetProperty { Text: { } content } when secret:
                Add(content);
                break;
            case ArchiveProperty { Assets: { } assets }:
                foreach (var asset in assets.Values) Learn(asset, secret);
                break;
            case StringProperty text when secret:
                LearnText(text.Value);
                break;
            case NumberProperty number when secret:
                Add(number.Value.ToString());
                break;
            default:
                break;
        }
    }

    private void LearnJson(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject()) LearnJson(property.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray()) LearnJson(item);
                break;
            case JsonValueKind.String:
                Add(json.GetString()!);
                break;
            case JsonValueKind.Number:
                Add(json.GetRawText());
                break;
            default:
                break;
        }
    }

    private void Add(string text)
    {
        if (text.Length < ShortestSecret) return;
        lock (_lock)
        {
            if (!_secrets.Add(text)) return;
            _search = null;
            // the same text as it stands inside JSON, and line by line as it leaves through standard output
            if (JavaScriptEncoder.Default.Encode(text) is var escaped && escaped != text) _secrets.Add(escaped);
            if (JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) is var relaxed && relaxed != text) _secrets.Add(relaxed);
            if (!text.Contains('\n', StringComparison.Ordinal)) return;
            foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
                if (line.Length >= ShortestSecret && !line.StartsWith("-----", StringComparison.Ordinal)) _secrets.Add(line);
        }
    }

    private (SearchValues<string>? Search, string[] LongestFirst) Compiled()
    {
        lock (_lock)
        {
            if (_secrets.Count == 0) return (null, []);
            if (_search is null)
            {
                // a secret that holds another one is replaced first, so that no remainder of it stays
                _longestFirst = [.. _secrets.OrderByDescending(s => s.Length).ThenBy(s => s, StringComparer.Ordinal)];
                _search = SearchValues.Create(_longestFirst, StringComparison.Ordinal);
            }
            return (_search, _longestFirst);
        }
    }
}
