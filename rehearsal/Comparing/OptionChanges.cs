using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Comparing;

/// <summary>What differs in the options of a resource, which Pulumi's engine keeps beside its properties; the order of dependencies says nothing.</summary>
internal static class OptionChanges
{
    public static IEnumerable<PropertyChange> Between(ResourceState old, ResourceState @new, ImmutableArray<string> reasons)
    {
        (string Name, string? Old, string? New)[] options =
        [
            ("protect", Flag(old.Protect), Flag(@new.Protect)),
            ("retainOnDelete", Flag(old.RetainOnDelete), Flag(@new.RetainOnDelete)),
            ("provider", Provider(old), Provider(@new)),
            // Another kind of parent makes another URN, of which is said that it moved
            .. old.Urn == @new.Urn ? [("parent", Parent(old), Parent(@new))] : Array.Empty<(string, string?, string?)>(),
            ("deletedWith", old.DeletedWith?.Name, @new.DeletedWith?.Name),
            ("ignoreChanges", Texts(old.IgnoreChanges), Texts(@new.IgnoreChanges)),
            ("replaceOnChanges", Texts(old.ReplaceOnChanges), Texts(@new.ReplaceOnChanges)),
            ("additionalSecretOutputs", Texts(old.AdditionalSecretOutputs), Texts(@new.AdditionalSecretOutputs)),
        ];
        foreach (var (name, was, now) in options.Where(option => option.Old != option.New))
        {
            yield return Option(name, was, now, reasons.Contains(name, StringComparer.Ordinal));
        }
        if (!Differ.Same(old.ReplacementTrigger, @new.ReplacementTrigger))
        {
            yield return Option("replacementTrigger", Value(old.ReplacementTrigger), Value(@new.ReplacementTrigger), replaces: true);
        }
        foreach (var urn in Sorted(old.Dependencies).Except(@new.Dependencies))
        {
            yield return Option("dependsOn", Name(urn), null);
        }
        foreach (var urn in Sorted(@new.Dependencies).Except(old.Dependencies))
        {
            yield return Option("dependsOn", null, Name(urn));
        }
    }

    /// <summary>Resources by kind and name, in an order that says nothing.</summary>
    public static string Names(IEnumerable<Urn> urns) => string.Join(", ", Sorted(urns).Select(Name));

    public static string Name(Urn urn) => $"{urn.Type} {urn.Name}";

    private static IEnumerable<Urn> Sorted(IEnumerable<Urn> urns) => urns.Distinct().OrderBy(urn => urn.Value, StringComparer.Ordinal);

    private static PropertyChange Option(string name, string? old, string? @new, bool replaces = false)
        => new(name, old is null ? DifferenceKind.Add : @new is null ? DifferenceKind.Delete : DifferenceKind.Update, old, @new)
        {
            IsOption = true,
            Replaces = replaces,
        };

    private static string? Flag(bool value) => value ? "true" : null;

    private static string? Texts(ImmutableArray<string> values) => values.IsEmpty ? null : string.Join(", ", values.Order(StringComparer.Ordinal));

    private static string? Value(PropertyValue? value) => value is null ? null : PropertyChanges.Text(value);

    // Which version of a package the engine's own provider has is said once for all resources
    private static string? Provider(ResourceState state)
        => ProviderReference.TryParse(state.Provider, out var provider) && !ProviderReference.IsDefaultProvider(provider.Urn) ? Name(provider.Urn) : null;

    private static string? Parent(ResourceState state) => state.Parent is null || state.Parent.QualifiedType == Urn.RootType ? null : Name(state.Parent);
}

/// <summary>Which versions of packages two sides were made with.</summary>
internal static class ProviderVersions
{
    private const string Default = "default_";

    public static IEnumerable<string> Between(Side old, Side @new)
    {
        var (was, now) = (Of(old), Of(@new));
        return from package in now
               where was.TryGetValue(package.Key, out var before) && before != package.Value
               orderby package.Key
               select $"The provider {package.Key} was {was[package.Key]} and is {package.Value}: what it does by itself may differ as well.";
    }

    /// <summary>The versions by package, as the engine's own providers are called after them.</summary>
    public static SortedDictionary<string, string> Of(Side side)
    {
        var versions = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var reference in side.Resources.Select(state => state.Provider).Distinct(StringComparer.Ordinal))
        {
            if (ProviderReference.TryParse(reference, out var provider) && provider.Urn.Name.StartsWith(Default, StringComparison.Ordinal))
            {
                var package = ProviderReference.PackageOf(provider.Urn.Type);
                versions.TryAdd(package, new SortedSet<string>(StringComparer.Ordinal));
                versions[package].Add(provider.Urn.Name[Default.Length..].Replace('_', '.'));
            }
        }
        return new SortedDictionary<string, string>(versions.ToDictionary(entry => entry.Key, entry => string.Join(" and ", entry.Value)),
            StringComparer.Ordinal);
    }
}
