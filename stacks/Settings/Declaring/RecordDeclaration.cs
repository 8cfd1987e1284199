using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Stacks.Settings.Declaring;

/// <summary>Declares that what a record describes cannot be deployed without other concepts being in the stack file.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(params string[] concepts) : Attribute
{
    public IReadOnlyList<string> Concepts { get; } = concepts;
}

/// <summary>Declares a record as a choice: the stack file gives exactly one of these of its keys.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExactlyOneAttribute(params string[] properties) : Attribute
{
    public IReadOnlyList<string> Properties { get; } = properties;
}

/// <summary>A settings record with rules that concern more than one key.</summary>
public interface IChecked
{
    /// <summary>
    /// Every broken rule. Runs only once all keys of the concept are well formed. Another concept is null here if it is absent or malformed;
    /// a problem reported at its key is dropped in the second case.
    /// </summary>
    IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at);
}

/// <summary>The keys of one settings record, read once per process from its properties.</summary>
public sealed class RecordDeclaration
{
    private static readonly ConcurrentDictionary<Type, RecordDeclaration> Cache = new();

    private readonly Lazy<object> _defaults;

    private RecordDeclaration(Type type)
    {
        Type = type;
        Settings =
        [
            .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               let setting = property.GetCustomAttribute<SettingAttribute>()
               where setting is not null
               select new SettingDeclaration(property, setting),
        ];
        ExactlyOne = Spelled(type.GetCustomAttribute<ExactlyOneAttribute>()?.Properties);
        Needs = Spelled(type.GetCustomAttribute<NeedsAttribute>()?.Concepts);
        _defaults = new Lazy<object>(Create);
    }

    public Type Type { get; }

    public ImmutableArray<SettingDeclaration> Settings { get; }

    /// <summary>Keys of which the file gives exactly one; empty if the record is no choice.</summary>
    public ImmutableArray<string> ExactlyOne { get; }

    /// <summary>Concepts without which this one cannot be deployed.</summary>
    public ImmutableArray<string> Needs { get; }

    /// <summary>What an object of this kind holds at least, as one phrase.</summary>
    public string Allowed => this switch
    {
        { ExactlyOne.Length: > 1 } => $"an object with exactly one of {string.Join(", ", ExactlyOne)}",
        { Keys.IsEmpty: false } => $"an object with {string.Join(", ", Keys)}",
        _ => "an object",
    };

    /// <summary>The keys to write first: the first choice, or the required ones.</summary>
    public ImmutableArray<string> Keys => ExactlyOne.IsEmpty ? [.. Settings.Where(setting => setting.IsRequired && setting.SecretKey is null).Select(setting => setting.Key)] : [ExactlyOne[0]];

    public static RecordDeclaration Of(Type type) => Cache.GetOrAdd(type, static type => new RecordDeclaration(type));

    /// <summary>An instance with every default; required properties are still unset.</summary>
    public object Create() => Activator.CreateInstance(Type)!;

    public object? DefaultOf(SettingDeclaration setting) => setting.IsRequired ? null : setting.Read(_defaults.Value);

    private static ImmutableArray<string> Spelled(IEnumerable<string>? names) => [.. (names ?? []).Select(SettingPath.KeyOf)];
}
