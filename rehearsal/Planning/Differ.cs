using System.Collections.Immutable;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Planning;

/// <summary>Compares properties, value by value; a mark of secrecy alone is no difference, an unknown value always is.</summary>
internal static class Differ
{
    /// <summary>What leads from the old properties to the new ones, by path; names with two underscores are the engine's and the providers' own.</summary>
    public static ImmutableSortedDictionary<string, PropertyDifference> Compare(PropertyMap old, PropertyMap @new, bool inputs = true)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, PropertyDifference>(StringComparer.Ordinal);
        Compare(old, @new, "", kind => new PropertyDifference(kind, inputs), found);
        return found.ToImmutable();
    }

    /// <summary>Whether two values are the same but for marks of secrecy; an unknown value is the same as nothing else.</summary>
    public static bool Same(PropertyValue? one, PropertyValue? two)
    {
        // A secret that a plan has hidden could be any
        if (IsHidden(one) && two is SecretProperty || IsHidden(two) && one is SecretProperty)
        {
            return true;
        }
        (one, two) = (Opened(one), Opened(two));
        return (one, two) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            // A state has none: both come from previews
            (UnknownProperty, UnknownProperty) => true,
            (UnknownProperty, _) or (_, UnknownProperty) => false,
            (ListProperty a, ListProperty b) => a.Items.Length == b.Items.Length && !a.Items.Where((item, index) => !Same(item, b.Items[index])).Any(),
            (ObjectProperty a, ObjectProperty b) => SameMaps(a.Properties, b.Properties),
            (AssetProperty { Hash: { } a }, AssetProperty { Hash: { } b }) => a == b,
            (ArchiveProperty { Hash: { } a }, ArchiveProperty { Hash: { } b }) => a == b,
            _ => one.Equals(two),
        };
    }

    public static bool Same(PropertyMap old, PropertyMap @new) => SameMaps(old, @new);

    /// <summary>The difference of a provider that compares inputs, and replaces where they say so.</summary>
    /// <param name="request">The resource and its new inputs.</param>
    /// <param name="replaces">Whether a change at that path needs a replacement.</param>
    public static DiffResult ByInputs(DiffRequest request, Func<PropertyPath, bool> replaces)
    {
        var detailed = Compare(request.OldInputs, request.NewInputs);
        if (detailed.IsEmpty)
        {
            return DiffResult.Same;
        }
        ImmutableArray<string> changed = [.. request.OldInputs.Keys.Union(request.NewInputs.Keys, StringComparer.Ordinal)
            .Where(key => IsOwn(key) && !Same(request.OldInputs.Find(key), request.NewInputs.Find(key))).Order(StringComparer.Ordinal)];
        detailed = Replacing(detailed, replaces);
        return new DiffResult
        {
            Changes = true,
            ChangedKeys = changed,
            ReplaceKeys = [.. detailed.Where(data => data.Value.Kind.Replaces()).Select(data => PropertyPath.Parse(data.Key)!.Parts[0])
                .Distinct(StringComparer.Ordinal)],
            Detailed = detailed,
        };
    }

    /// <summary>The differences with those marked as replacing that are.</summary>
    public static ImmutableSortedDictionary<string, PropertyDifference> Replacing(
        ImmutableSortedDictionary<string, PropertyDifference> differences, Func<PropertyPath, bool> replaces) => differences.ToImmutableSortedDictionary(
        difference => difference.Key,
        difference => PropertyPath.Parse(difference.Key) is { } path && replaces(path)
            ? difference.Value with { Kind = difference.Value.Kind.Replacing() } : difference.Value,
        StringComparer.Ordinal);

    /// <summary>The value without its mark of secrecy; null when there is none.</summary>
    public static PropertyValue? Opened(PropertyValue? value)
    {
        while (true)
        {
            switch (value)
            {
                case SecretProperty secret:
                    value = secret.Value;
                    break;
                case OutputProperty output:
                    value = output.Value ?? UnknownProperty.Instance;
                    break;
                case NullProperty:
                    return null;
                default:
                    return value;
            }
        }
    }

    private static bool IsHidden(PropertyValue? value) => value is StringProperty { Value: PropertyMask.Text };

    private static bool IsOwn(string key) => !key.StartsWith("__", StringComparison.Ordinal);

    private static bool SameMaps(PropertyMap old, PropertyMap @new) =>
        old.All(property => !IsOwn(property.Key) || Same(property.Value, @new.Find(property.Key)))
        && @new.All(property => !IsOwn(property.Key) || old.ContainsKey(property.Key) || Opened(property.Value) is null);

    private static void Compare(PropertyMap old, PropertyMap @new, string path, Func<DifferenceKind, PropertyDifference> of, ImmutableSortedDictionary<string,
        PropertyDifference>.Builder found)
    {
        foreach (var (key, value) in old)
        {
            if (IsOwn(key))
            {
                Compare(value, @new.Find(key), PropertyPath.Join(path, key), of, found);
            }
        }
        foreach (var (key, value) in @new)
        {
            if (IsOwn(key) && !old.ContainsKey(key))
            {
                Compare(null, value, PropertyPath.Join(path, key), of, found);
            }
        }
    }

    private static void Compare(PropertyValue? old, PropertyValue? @new, string path, Func<DifferenceKind, PropertyDifference> of,
        ImmutableSortedDictionary<string, PropertyDifference>.Builder found)
    {
        if (IsHidden(old) && @new is SecretProperty)
        {
            return;
        }
        (old, @new) = (Opened(old), Opened(@new));
        if (old is null || @new is null)
        {
            if (old is not null || @new is not null)
            {
                found[path] = of(old is null ? DifferenceKind.Add : DifferenceKind.Delete);
            }
            return;
        }
        switch (old, @new)
        {
            case (ObjectProperty was, ObjectProperty now):
                Compare(was.Properties, now.Properties, path, of, found);
                break;
            case (ListProperty was, ListProperty now):
                for (var i = 0; i < Math.Max(was.Items.Length, now.Items.Length); i++)
                {
                    Compare(i < was.Items.Length ? was.Items[i] : null, i < now.Items.Length ? now.Items[i] : null, $"{path}[{i}]", of, found);
                }
                break;
            default:
                if (!Same(old, @new))
                {
                    found[path] = of(DifferenceKind.Update);
                }
                break;
        }
    }
}
