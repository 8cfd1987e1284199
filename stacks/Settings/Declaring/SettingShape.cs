using System.Collections.Immutable;
using Infra.Charts;

namespace Stacks.Settings.Declaring;

/// <summary>What a value looks like in the stack file.</summary>
public enum ShapeKind
{
    Text,
    WholeNumber,
    Boolean,
    Choice,
    Secret,
    Record,
    List,
    AllowList,
    Map,
    Tree,
}

/// <summary>The type of a setting, read once from its C# type.</summary>
/// <param name="Kind">What it looks like in the file.</param>
/// <param name="Type">The C# type, without Nullable.</param>
/// <param name="Item">Shape of the items of a list or map.</param>
public sealed record SettingShape(ShapeKind Kind, Type Type, SettingShape? Item = null)
{
    /// <summary>Words of an enumeration, as they are written in the file.</summary>
    public IEnumerable<string> Choices => Enum.GetNames(Type).Select(SettingPath.KeyFor);

    /// <summary>How a text of this type is written; null for plain text and for what is no text.</summary>
    public TextForm? Form => TextForms.ForType(Type);

    /// <summary>The declaration of a record's keys.</summary>
    public RecordDeclaration Record => RecordDeclaration.For(Type);

    /// <summary>What an operator reads when the type is wrong, and in the reference page.</summary>
    public string Noun => Kind switch
    {
        ShapeKind.Text => Form?.Noun ?? "a text",
        ShapeKind.WholeNumber => "a whole number",
        ShapeKind.Boolean => "true or false",
        ShapeKind.Choice => $"one of {string.Join(", ", Choices)}",
        ShapeKind.Secret => "the name of a secret key",
        ShapeKind.Record or ShapeKind.Tree => "an object",
        ShapeKind.List => "a list",
        ShapeKind.AllowList => $"{AllowList.AllKeyword} or a list",
        _ => "an object with a key for each entry",
    };

    public static SettingShape ForType(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return type switch
        {
            _ when type == typeof(string) || TextForms.Has(type) => new(ShapeKind.Text, type),
            _ when type == typeof(int) => new(ShapeKind.WholeNumber, type),
            _ when type == typeof(bool) => new(ShapeKind.Boolean, type),
            _ when type.IsEnum => new(ShapeKind.Choice, type),
            _ when type == typeof(ValueTree) => new(ShapeKind.Tree, type),
            _ when type == typeof(SecretSetting) => new(ShapeKind.Secret, type),
            _ when type == typeof(AllowList) => new(ShapeKind.AllowList, type, new(ShapeKind.Text, typeof(long))),
            _ when generic == typeof(ImmutableArray<>) => new(ShapeKind.List, type, ForType(type.GenericTypeArguments[0])),
            _ when generic == typeof(ImmutableSortedDictionary<,>) => new(ShapeKind.Map, type, ForType(type.GenericTypeArguments[1])),
            _ when type.IsClass && !type.Namespace!.StartsWith("Pulumi") => new(ShapeKind.Record, type),
            _ => throw new NotSupportedException($"A setting cannot be of type {declared}."),
        };
    }
}

/// <summary>A list of numeric ids with an explicit third state: a key that is absent stays null, <c>[]</c> allows none, <c>all</c> allows every one.</summary>
public sealed record AllowList(bool All, ImmutableArray<long> Items)
{
    /// <summary>How the stack file says "every one".</summary>
    public const string AllKeyword = "all";

    public static AllowList Everyone { get; } = new(true, []);

    public bool Equals(AllowList? other) => other is not null && All == other.All && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(All, Items.Length);
}

/// <summary>
/// The name of a secret that is present in the stack file; the value stays with Pulumi. On a property with <see cref="SecretAttribute"/> the name is fixed,
/// on one without it the stack file gives the name of any top-level secret (<c>tokenSecret: siteToken</c> refers to <c>platform:siteToken</c>).
/// </summary>
public sealed record SecretSetting(string Key);
