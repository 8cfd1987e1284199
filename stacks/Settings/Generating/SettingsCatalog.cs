using System.Collections.Immutable;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;

namespace Stacks.Settings.Generating;

/// <summary>Every key that a stack file may have, in the order of declaration.</summary>
public static class SettingsCatalog
{
    public static RecordDeclaration Platform { get; } = RecordDeclaration.Of(typeof(PlatformSettings));

    /// <summary>All keys of one concept, the concept itself first; secrets are not among them, their keys stand beside the concepts.</summary>
    public static ImmutableArray<CatalogEntry> Of(SettingDeclaration concept) =>
        [.. Below(new CatalogEntry(SettingPath.Top(concept.Key), concept, Platform)).Where(entry => entry.Setting.SecretKey is null)];

    /// <summary>The top-level keys that hold secrets, by name.</summary>
    public static ImmutableArray<CatalogEntry> Secrets { get; } =
    [
        .. Platform.Settings
            .SelectMany(concept => Below(new CatalogEntry(SettingPath.Top(concept.Key), concept, Platform)))
            .Where(entry => entry.Setting.SecretKey is not null)
            .DistinctBy(entry => entry.Setting.SecretKey)
            .OrderBy(entry => entry.Setting.SecretKey, StringComparer.Ordinal),
    ];

    /// <summary>The path of every key, for whoever must notice that one was renamed.</summary>
    public static IEnumerable<string> Paths =>
    [
        .. Platform.Settings.SelectMany(concept => Of(concept)).Select(entry => entry.At.Text),
        .. Secrets.Select(entry => SettingPath.Top(entry.Setting.SecretKey!).Text),
    ];

    private static IEnumerable<CatalogEntry> Below(CatalogEntry entry)
    {
        yield return entry;
        if (!entry.IsGroup)
        {
            yield break;
        }

        var (shape, at) = entry.Setting.Shape switch
        {
            { Kind: ShapeKind.Map, Item: { } item } => (item, entry.At.Entry("<name>")),
            { Kind: ShapeKind.List, Item: { } item } => (item, new SettingPath($"{entry.At}[]")),
            var record => (record, entry.At),
        };
        foreach (var key in shape.Record.Settings.SelectMany(setting => Below(new CatalogEntry(at[setting.Key], setting, shape.Record))))
        {
            yield return key;
        }
    }
}
