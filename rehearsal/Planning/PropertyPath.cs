using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rehearsal.Wire;

namespace Rehearsal.Planning;

/// <summary>The way to a value inside of properties: <c>spec.containers[0].image</c>, <c>labels["app.kubernetes.io/name"]</c>, <c>rules[*].host</c>.</summary>
internal sealed record PropertyPath(ImmutableArray<string> Parts)
{
    private const string Any = "*";

    /// <summary>Reads a path; null when the text is none.</summary>
    public static PropertyPath? Parse(string text)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '.')
            {
                at++;
                if (at == text.Length)
                {
                    return null;
                }
                continue;
            }
            if (text[at] != '[')
            {
                var end = text.AsSpan(at).IndexOfAny('.', '[') is >= 0 and var found ? at + found : text.Length;
                parts.Add(text[at..end]);
                at = end;
                continue;
            }
            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                var name = new StringBuilder();
                for (at += 2; at < text.Length && text[at] != '"'; at++)
                {
                    if (text[at] == '\\' && at + 1 < text.Length)
                    {
                        at++;
                    }
                    name.Append(text[at]);
                }
                if (at + 1 >= text.Length || text[at + 1] != ']')
                {
                    return null;
                }
                parts.Add(name.ToString());
                at += 2;
                continue;
            }
            var close = text.IndexOf(']', at);
            if (close < 0)
            {
                return null;
            }
            parts.Add(text[(at + 1)..close]);
            at = close + 1;
        }
        return parts.Count == 0 ? null : new PropertyPath(parts.ToImmutable());
    }

    /// <summary>A path as Pulumi writes it, from the path of what contains the value and the value's key.</summary>
    public static string Join(string path, string key)
    {
        if (key.Length > 0 && key.AsSpan().IndexOfAny('.', '[', '"') < 0)
        {
            return path.Length == 0 ? key : $"{path}.{key}";
        }
        return $"{path}[\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";
    }

    /// <summary>Whether this path leads to a value that is, or contains, what the other one leads to.</summary>
    public bool Contains(PropertyPath other) =>
        Parts.Length <= other.Parts.Length && !Parts.Where((part, index) => part != Any && part != other.Parts[index]).Any();

    /// <summary>The new properties with the old value at this path.</summary>
    /// <param name="old">What they were.</param>
    /// <param name="new">What they are to be.</param>
    /// <returns>Null when only one of them has what leads to the value.</returns>
    public PropertyMap? Reset(PropertyMap old, PropertyMap @new)
        => Reset(new ObjectProperty(old), new ObjectProperty(@new), 0) is ObjectProperty reset ? reset.Properties : null;

    private PropertyValue? Reset(PropertyValue old, PropertyValue @new, int depth)
    {
        if (@new is SecretProperty secret)
        {
            return Reset(old, secret.Value, depth) is { } inner ? new SecretProperty(inner) : null;
        }
        if (old is SecretProperty oldSecret)
        {
            return Reset(oldSecret.Value, @new, depth) is { } inner ? new SecretProperty(inner) : null;
        }
        var (part, last) = (Parts[depth], depth == Parts.Length - 1);
        return (old, @new) switch
        {
            (ObjectProperty was, ObjectProperty map) when part == Any => last ? was : Each(was.Properties, map.Properties, depth),
            (ListProperty was, ListProperty list) when part == Any => last ? was : Each(was, list, depth),
            (ObjectProperty was, ObjectProperty map) => Member(was.Properties, map.Properties, part, last, depth),
            (ListProperty was, ListProperty list) when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                => Item(was, list, index, last, depth),
            _ => null,
        };
    }

    private ObjectProperty? Member(PropertyMap old, PropertyMap @new, string key, bool last, int depth)
    {
        var (was, now) = (old.Find(key), @new.Find(key));
        if (last)
        {
            return new ObjectProperty(was is null ? @new.Without(key) : @new.With(key, was));
        }
        if (was is null && now is null)
        {
            return new ObjectProperty(@new);
        }
        return was is not null && now is not null && Reset(was, now, depth + 1) is { } reset ? new ObjectProperty(@new.With(key, reset)) : null;
    }

    private ListProperty? Item(ListProperty old, ListProperty @new, int index, bool last, int depth)
    {
        var (was, now) = (index < old.Items.Length ? old.Items[index] : null, index < @new.Items.Length ? @new.Items[index] : null);
        if (was is null && now is null)
        {
            return @new;
        }
        if (was is null || now is null)
        {
            return null;
        }
        return (last ? was : Reset(was, now, depth + 1)) is { } item ? new ListProperty(@new.Items.SetItem(index, item)) : null;
    }

    private ObjectProperty? Each(PropertyMap old, PropertyMap @new, int depth)
    {
        foreach (var (key, value) in @new)
        {
            if (old.Find(key) is not { } was)
            {
                continue;
            }
            if (Reset(was, value, depth + 1) is not { } item)
            {
                return null;
            }
            @new = @new.With(key, item);
        }
        return new ObjectProperty(@new);
    }

    private ListProperty? Each(ListProperty old, ListProperty @new, int depth)
    {
        var items = @new.Items.ToBuilder();
        for (var i = 0; i < Math.Min(items.Count, old.Items.Length); i++)
        {
            if (Reset(old.Items[i], items[i], depth + 1) is not { } item)
            {
                return null;
            }
            items[i] = item;
        }
        return new ListProperty(items.ToImmutable());
    }
}
