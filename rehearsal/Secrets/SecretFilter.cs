using System.Buffers;
using System.Text.Encodings.Web;
using Rehearsal.Wire;

namespace Rehearsal.Secrets;

/// <summary>Takes the secrets it has seen out of free text: a program's output, its log, messages about its values.</summary>
/// <remarks>Values of fewer than three characters stay, as with Pulumi's own filter: replacing every <c>a</c> hides nothing and garbles everything.</remarks>
public sealed class SecretFilter
{
    private const int ShortestSecret = 3;

    // Secrets that came since the last compilation are searched one by one, so that a program that logs between its secrets does not compile each time
    private const int LeastRecent = 64;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private readonly List<string> _recent = [];
    private string[] _compiled = [];
    private SearchValues<string> _search = SearchValues.Create([], StringComparison.Ordinal);

    /// <summary>Remembers the texts inside the secrets of some properties.</summary>
    public void Learn(PropertyMap properties)
    {
        foreach (var value in properties.Values)
        {
            Learn(value, secret: false);
        }
    }

    public void Learn(PropertyValue value) => Learn(value, secret: false);

    /// <summary>Remembers a text and, when it is JSON, the texts inside it.</summary>
    public void LearnText(string text)
    {
        Add(text);
        foreach (var (_, leaf) in JsonText.Leaves(text))
        {
            Add(leaf);
        }
    }

    /// <summary>The text with every known secret replaced by <see cref="PropertyMask.Text"/>.</summary>
    public string Apply(string text)
    {
        lock (_lock)
        {
            if (_recent.Count > Math.Max(LeastRecent, _compiled.Length / 4))
            {
                Compile();
            }
            IEnumerable<string> candidates = text.AsSpan().IndexOfAny(_search) < 0 ? _recent : _recent.Concat(_compiled);
            // A secret that holds another one is replaced first, so that no remainder of it stays
            foreach (var secret in candidates.Where(s => text.Contains(s, StringComparison.Ordinal)).OrderByDescending(s => s.Length).ToList())
            {
                text = text.Replace(secret, PropertyMask.Text, StringComparison.Ordinal);
            }
            return text;
        }
    }

    private void Learn(PropertyValue value, bool secret)
    {
        if (!secret && !value.ContainsSecrets)
        {
            return;
        }
        switch (value)
        {
            case SecretProperty inner:
                Learn(inner.Value, secret: true);
                break;
            case OutputProperty { Value: { } known } output:
                Learn(known, secret || output.Secret);
                break;
            case ListProperty list:
                foreach (var item in list.Items)
                {
                    Learn(item, secret);
                }
                break;
            case ObjectProperty map:
                foreach (var item in map.Properties.Values)
                {
                    Learn(item, secret);
                }
                break;
            case AssetProperty { Text: { } content } when secret:
                Add(content);
                break;
            case ArchiveProperty { Assets: { } assets }:
                foreach (var asset in assets.Values)
                {
                    Learn(asset, secret);
                }
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

    private void Add(string text)
    {
        if (text.Length < ShortestSecret)
        {
            return;
        }
        lock (_lock)
        {
            if (!AddOne(text))
            {
                return;
            }
            // The same text as it stands inside JSON, and line by line as it leaves through standard output
            AddOne(JavaScriptEncoder.Default.Encode(text));
            AddOne(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text));
            if (!text.Contains('\n', StringComparison.Ordinal))
            {
                return;
            }
            foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
            {
                if (line.Length >= ShortestSecret && !line.StartsWith("-----", StringComparison.Ordinal))
                {
                    AddOne(line);
                }
            }
        }
    }

    private bool AddOne(string text)
    {
        if (!_secrets.Add(text))
        {
            return false;
        }
        _recent.Add(text);
        return true;
    }

    private void Compile()
    {
        _recent.Clear();
        _compiled = [.. _secrets];
        _search = SearchValues.Create(_compiled, StringComparison.Ordinal);
    }
}
