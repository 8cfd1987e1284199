using System.Text;
using System.Text.Json;
using Rehearsal.Wire;

namespace Rehearsal.Secrets;

/// <summary>Marks plain texts that hold a secret of the configuration: a program may read one with a getter that forgets the mark, and encode it.</summary>
public sealed class ConfigSecrets
{
    /// <summary>Characters from which on a secret is also found inside a longer text; a shorter one would mark what only looks like it.</summary>
    private const int ShortestPart = 8;

    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly string[] _parts;

    public ConfigSecrets(IEnumerable<string> values)
    {
        foreach (var value in values.Where(value => value.Length > 0))
        {
            _whole.Add(value);
            _whole.Add(Base64(value));
            _whole.UnionWith(
                JsonText.Leaves(value).Where(leaf => leaf.Kind == JsonValueKind.String && leaf.Text.Length >= ShortestPart).Select(leaf => leaf.Text));
        }
        _parts = [.. _whole.Where(text => text.Length >= ShortestPart)];
    }

    public bool IsEmpty => _whole.Count == 0;

    /// <summary>The form in which a Kubernetes Secret holds a text.</summary>
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public PropertyMap Mark(PropertyMap properties) => IsEmpty ? properties : properties.Select(Mark);

    private PropertyValue Mark(PropertyValue value) => value switch
    {
        StringProperty text when _whole.Contains(text.Value) || Array.Exists(_parts, part => text.Value.Contains(part, StringComparison.Ordinal))
            => new SecretProperty(text),
        ListProperty list => new ListProperty([.. list.Items.Select(Mark)]),
        ObjectProperty map => new ObjectProperty(map.Properties.Select(Mark)),
        _ => value,
    };
}
