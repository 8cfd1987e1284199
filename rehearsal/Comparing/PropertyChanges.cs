using System.Globalization;
using System.Text.Json;
using Rehearsal.Planning;
using Rehearsal.Rendering;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Rehearsal.Comparing;

/// <summary>What <see cref="Differ"/> finds between two sets of properties, in words that people read: nothing from inside of a secret, texts of several
/// lines line by line, JSON inside of a text member by member.</summary>
internal static class PropertyChanges
{
    private const char InText = '#';

    /// <summary>What differs, by path.</summary>
    /// <param name="old">The properties before.</param>
    /// <param name="new">The properties after.</param>
    /// <param name="replaces">Whether a change at that path needs a new resource.</param>
    public static IEnumerable<PropertyChange> Between(PropertyMap old, PropertyMap @new, Func<PropertyPath, bool> replaces)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, difference) in Differ.Compare(old, @new))
        {
            var (was, now) = (Found.At(old, path), Found.At(@new, path));
            // Not even the names inside of a secret leave it
            var secret = was.Secret ?? now.Secret;
            var shown = was.Secret is not null && now.Secret is { } other && other.Length < was.Secret.Length ? other : secret ?? path;
            if (!told.Add(shown))
            {
                continue;
            }
            var forces = PropertyPath.Parse(path) is { } parsed && replaces(parsed);
            if (secret is not null)
            {
                var (before, after) = (Found.At(old, shown).Value, Found.At(@new, shown).Value);
                yield return new PropertyChange(
                    shown, before is null ? DifferenceKind.Add : after is null ? DifferenceKind.Delete : DifferenceKind.Update,
                    before is null ? null : PropertyMask.Text, after is null ? null : PropertyMask.Text)
                { Replaces = forces, IsSecret = true };
                continue;
            }
            foreach (var change in Told(path, difference.Kind, was.Value, now.Value))
            {
                yield return change with { Replaces = forces };
            }
        }
    }

    /// <summary>All that a resource has, as what is made anew has it.</summary>
    public static IEnumerable<PropertyChange> All(PropertyMap properties, DifferenceKind kind)
    {
        var within = "";
        foreach (var (path, value) in DiffText.Flat(properties))
        {
            if (within.Length > 0 && path.Length > within.Length && path.StartsWith(within, StringComparison.Ordinal)
                && path[within.Length] is '.' or '[')
            {
                continue;
            }
            within = value is SecretProperty ? path : "";
            var text = Text(value);
            yield return new PropertyChange(path, kind, kind == DifferenceKind.Delete ? text : null, kind == DifferenceKind.Delete ? null : text)
            {
                IsSecret = value is SecretProperty,
            };
        }
    }

    /// <summary>A value as one line, secrets hidden and unknown values named so.</summary>
    public static string Text(PropertyValue value)
        => PropertyText.Scalar(PropertyText.Readable(PropertyMap.Create(("", PropertyMask.Mask(value)))).Values.Single()) switch
        {
            $"\"{PropertyText.Unknown}\"" => PropertyText.Unknown,
            var text => text,
        };

    private static IEnumerable<PropertyChange> Told(string path, DifferenceKind kind, PropertyValue? was, PropertyValue? now)
    {
        if (Differ.Opened(was) is StringProperty { Value: var before } && Differ.Opened(now) is StringProperty { Value: var after })
        {
            if (Parsed(before) is { } one && Parsed(after) is { } two)
            {
                return Differ.Same(one, two) ? [Whole()] : Differ.Compare(one, two).Select(inner => new PropertyChange(
                    $"{path}{InText}{inner.Key}", inner.Value.Kind, Shown(one, inner.Key), Shown(two, inner.Key)));
            }
            if (before.Contains('\n', StringComparison.Ordinal) || after.Contains('\n', StringComparison.Ordinal))
            {
                return [Whole() with { Lines = [.. LineDifference.Of(before.Split('\n'), after.Split('\n'))] }];
            }
        }
        return [Whole()];

        PropertyChange Whole() => new(path, kind, was is null ? null : Text(was), now is null ? null : Text(now));
    }

    private static string? Shown(PropertyMap properties, string path) => Found.At(properties, path).Value is { } value ? Text(value) : null;

    private static PropertyMap? Parsed(string text)
    {
        if (text.Length < 2 || text[0] is not ('{' or '['))
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(text);
            return StateValues.Read(json.RootElement, StateSecrets.Closed) switch
            {
                ObjectProperty map => map.Properties,
                ListProperty list => PropertyMap.Create(("items", list)),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // Text that merely begins like JSON, or repeats a name
            return null;
        }
    }
}

/// <summary>A value at a path, and the path of the secret that it is in or that it is.</summary>
internal readonly record struct Found(PropertyValue? Value, string? Secret)
{
    public static Found At(PropertyMap properties, string path)
    {
        PropertyValue? value = new ObjectProperty(properties);
        var (at, secret) = ("", (string?)null);
        foreach (var part in PropertyPath.Parse(path)?.Parts ?? [])
        {
            (value, at) = Differ.Opened(value) switch
            {
                ObjectProperty map => (map.Properties.Find(part), PropertyPath.Join(at, part)),
                ListProperty list => (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Length
                    ? list.Items[index] : null, $"{at}[{part}]"),
                _ => (null, at),
            };
            if (value is SecretProperty or OutputProperty { Secret: true })
            {
                secret ??= at;
            }
        }
        return new Found(value is NullProperty ? null : value, secret);
    }
}

/// <summary>Which lines come and go between two texts.</summary>
internal static class LineDifference
{
    // More than this, and every line that differs is one that goes and one that comes
    private const int MostCells = 4_000_000;

    public static IEnumerable<string> Of(string[] old, string[] @new)
    {
        var start = 0;
        while (start < old.Length && start < @new.Length && old[start] == @new[start])
        {
            start++;
        }
        var (oldEnd, newEnd) = (old.Length, @new.Length);
        while (oldEnd > start && newEnd > start && old[oldEnd - 1] == @new[newEnd - 1])
        {
            (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1);
        }
        var (was, now) = (old[start..oldEnd], @new[start..newEnd]);
        return (long)was.Length * now.Length > MostCells ? [.. was.Select(line => "- " + line), .. now.Select(line => "+ " + line)] : Walked(was, now);
    }

    // The longest common subsequence, from its table of lengths
    private static IEnumerable<string> Walked(string[] old, string[] @new)
    {
        var lengths = Array.ConvertAll(new int[old.Length + 1][], _ => new int[@new.Length + 1]);
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = @new.Length - 1; j >= 0; j--)
            {
                lengths[i][j] = old[i] == @new[j] ? lengths[i + 1][j + 1] + 1 : Math.Max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        var (at, to) = (0, 0);
        while (at < old.Length || to < @new.Length)
        {
            if (at < old.Length && to < @new.Length && old[at] == @new[to])
            {
                (at, to) = (at + 1, to + 1);
            }
            else if (to == @new.Length || (at < old.Length && lengths[at + 1][to] >= lengths[at][to + 1]))
            {
                yield return "- " + old[at++];
            }
            else
            {
                yield return "+ " + @new[to++];
            }
        }
    }
}
