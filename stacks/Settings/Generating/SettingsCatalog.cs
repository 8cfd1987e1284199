using System.Collections.Immutable;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Generating;

/// <summary>Every key that a stack file may have, in the order of declaration.</summary>
public static class SettingsCatalog
{
    public static RecordDeclaration Platform { get; } = RecordDeclaration.For(typeof(PlatformSettings));

    /// <summary>All keys of one concept, the concept itself first; secrets are not among them, their keys stand beside the concepts.</summary>
    public static ImmutableArray<CatalogEntry> Entries(SettingDeclaration concept) =>
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

    /// <summary>Whether some setting takes the name of a secret, so that a stack file may hold secrets that no declaration lists.</summary>
    public static bool NamesSecrets { get; } = Platform.Settings
        .SelectMany(concept => Below(new CatalogEntry(SettingPath.Top(concept.Key), concept, Platform)))
        .Any(entry => (entry.Setting.Shape.Item ?? entry.Setting.Shape).Kind == ShapeKind.Secret && entry.Setting.SecretKey is null);

    /// <summary>The path of every key, so that a test notices when one is renamed.</summary>
    public static IEnumerable<string> Paths =>
    [
        .. Platform.Settings.SelectMany(concept => Entries(concept)).Select(entry => entry.At.Text),
        .. Secrets.Select(entry => SettingPath.Top(entry.Setting.SecretKey!).Text),
    ];

    /// <summary>Where the keys of a group stand.</summary>
    internal static SettingPath KeysOf(CatalogEntry group) => group.Setting.Shape.Kind switch
    {
        ShapeKind.Map => group.At.Entry("<name>"),
        ShapeKind.List => new SettingPath($"{group.At}[]"),
        _ => group.At,
    };

    private static IEnumerable<CatalogEntry> Below(CatalogEntry entry)
    {
        yield return entry;
        if (!entry.IsGroup)
        {
            yield break;
        }

        var (shape, at) = (entry.Setting.Shape.Item ?? entry.Setting.Shape, KeysOf(entry));
        foreach (var key in shape.Record.Settings.SelectMany(setting => Below(new CatalogEntry(at[setting.Key], setting, shape.Record))))
        {
            yield return key;
        }
    }
}

/// <summary>One key of the stack file with its place: <c>platform:tower.environments.&lt;name&gt;.namespace</c>.</summary>
/// <param name="At">The path, with a placeholder for the operator's own names.</param>
/// <param name="Setting">The declaration.</param>
/// <param name="Owner">The record that it is a key of.</param>
public sealed record CatalogEntry(SettingPath At, SettingDeclaration Setting, RecordDeclaration Owner)
{
    /// <summary>Whether the value is a group of keys, which are listed after it.</summary>
    public bool IsGroup => (Setting.Shape.Item ?? Setting.Shape).Kind == ShapeKind.Record;

    /// <summary>What holds without the key, in the words of the reference page.</summary>
    public string Default => Setting switch
    {
        { IsRequired: true } => "required",
        { Setting.Absent: { } absent } => absent,
        { Kind: not null } => $"one of {string.Join(", ", Owner.KindKeys)}",
        { SecretKey: null } when Owner.DefaultOf(Setting) is { } value =>
            Setting.Shape.Kind == ShapeKind.Record ? "the defaults of its keys" : SettingText.Write(value),
        _ => "none",
    };
}
