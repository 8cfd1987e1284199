using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Secrets;
using Rehearsal.Wire;
using Kinds = Rehearsal.Secrets.TextIndex.Kinds;

namespace Rehearsal.Comparing;

/// <summary>Marks everything that must not be shown of two sides: what either of them calls a secret, wherever it stands, and the contents of Kubernetes
/// Secrets, whoever calls them what.</summary>
internal sealed class SideSecrets
{
    // Shorter than what the filter takes out of properties; an everyday word of that length would hide half of a plan
    private const int ShortestSecret = 4;
    private const int ShortestStrong = 8;

    private static readonly string[] SecretFields = ["data", "stringData"];

    private readonly SecretFilter _filter = new();
    private readonly TextIndex _short = new(ShortestSecret);
    private readonly Dictionary<string, bool> _names = new(StringComparer.Ordinal);
    private bool _isEmpty = true;

    private SideSecrets(IEnumerable<ResourceState> resources)
    {
        foreach (var state in resources)
        {
            Learn(state.Inputs);
            Learn(state.Outputs);
        }
    }

    /// <summary>Both sides, in which every value that must not be shown is a secret.</summary>
    public static (Side Old, Side New) Mark(Side old, Side @new)
    {
        var (was, now) = (old.Resources.Select(WithoutOpenSecrets).ToArray(), @new.Resources.Select(WithoutOpenSecrets).ToArray());
        var secrets = new SideSecrets(was.Concat(now));
        secrets.Learn(old.Outputs ?? PropertyMap.Empty);
        secrets.Learn(@new.Outputs ?? PropertyMap.Empty);
        return (secrets.Marked(old, was), secrets.Marked(@new, now));
    }

    /// <summary>One side alone.</summary>
    public static Side Mark(Side side) => Mark(side, side).Old;

    private Side Marked(Side side, IEnumerable<ResourceState> resources)
        => side with { Resources = [.. resources.Select(Marked)], Outputs = side.Outputs is { } outputs ? Mark(_filter.Mark(outputs)) : null };

    private ResourceState Marked(ResourceState state)
    {
        var marked = _filter.Mark(state)!;
        return _isEmpty ? marked : marked with { Inputs = Mark(marked.Inputs), Outputs = Mark(marked.Outputs) };
    }

    // A name that holds a secret hides what it names, and all that stands beside it
    private PropertyMap Mark(PropertyMap properties)
        => _isEmpty ? properties : properties.Keys.Any(IsSecret) ? PropertyMap.Create((PropertyMask.Text, new SecretProperty(new ObjectProperty(properties))))
            : properties.Select(Mark);

    private bool IsSecret(string name)
    {
        if (!_names.TryGetValue(name, out var known))
        {
            var asText = PropertyMap.Create(("", new StringProperty(name)));
            known = name.Length >= ShortestSecret && (_short.Find(name, 0, Kinds.All) is not null || _filter.Mark(asText).ContainsSecrets);
            _names[name] = known;
        }
        return known;
    }

    private PropertyValue Mark(PropertyValue value) => value switch
    {
        StringProperty text when _short.Find(text.Value, 0, Kinds.All) is not null => new SecretProperty(text),
        ListProperty list => list.Select(Mark),
        ObjectProperty map => Mark(map.Properties) is var marked && ReferenceEquals(marked, map.Properties) ? map : new ObjectProperty(marked),
        _ => value,
    };

    private void Learn(PropertyMap properties)
    {
        if (!properties.ContainsSecrets)
        {
            return;
        }
        _isEmpty = false;
        _filter.Learn(properties);
        foreach (var value in properties.Values)
        {
            LearnShort(value, secret: false);
        }
    }

    private void LearnShort(PropertyValue value, bool secret)
    {
        switch (value)
        {
            case SecretProperty inner:
                LearnShort(inner.Value, secret: true);
                break;
            case ListProperty list:
                foreach (var item in list.Items)
                {
                    LearnShort(item, secret);
                }
                break;
            case ObjectProperty map:
                foreach (var item in map.Properties.Values)
                {
                    LearnShort(item, secret);
                }
                break;
            case StringProperty { Value: { Length: >= ShortestSecret and < ShortestStrong } text } when secret && !IsEveryday(text):
                foreach (var form in SecretForms.Texts(text))
                {
                    _short.Add(form, Kinds.Plain);
                }
                break;
            default:
                break;
        }
    }

    // Hidden everywhere, a word or a number that stands in every plan would be told by the places where it is missing
    private static bool IsEveryday(string text) => text.All(char.IsAsciiLetterLower) || text.All(char.IsAsciiDigit)
        || PropertyMask.Text.Contains(text, StringComparison.OrdinalIgnoreCase) || bool.TryParse(text, out _);

    private static ResourceState WithoutOpenSecrets(ResourceState state)
    {
        var isSecret = state.Type.StartsWith("kubernetes:core/v1:Secret", StringComparison.Ordinal);
        var (inputs, outputs) = (Hidden(state.Inputs, isSecret), Hidden(state.Outputs, isSecret));
        return ReferenceEquals(inputs, state.Inputs) && ReferenceEquals(outputs, state.Outputs) ? state : state with { Inputs = inputs, Outputs = outputs };
    }

    private static PropertyMap Hidden(PropertyMap properties, bool isSecret)
    {
        var kind = Differ.Opened(properties.Find("kind")) is StringProperty text ? text.Value : "";
        if (isSecret || kind == "Secret")
        {
            properties = properties.Hide(SecretFields.Where(properties.ContainsKey));
        }
        return properties.Select(Hidden);
    }

    // Whole objects also stand in lists, in lists of others, and as text
    private static PropertyValue Hidden(PropertyValue value) => value switch
    {
        StringProperty text when HoldsSecret(text.Value) => new SecretProperty(text),
        ListProperty list => list.Select(Hidden),
        ObjectProperty map => Hidden(map.Properties, isSecret: false) is var hidden
            && ReferenceEquals(hidden, map.Properties) ? map : new ObjectProperty(hidden),
        _ => value,
    };

    private static bool HoldsSecret(string text) => text.Length > 20 && text.Contains("Secret", StringComparison.Ordinal)
        && (text.Contains("data", StringComparison.Ordinal) || text.Contains("stringData", StringComparison.Ordinal))
        && (text.Replace(" ", "", StringComparison.Ordinal) is var dense
            && (dense.Contains("\"kind\":\"Secret\"", StringComparison.Ordinal) || dense.Contains("kind:Secret\n", StringComparison.Ordinal)
                || dense.Contains("kind:\"Secret\"\n", StringComparison.Ordinal)));
}
