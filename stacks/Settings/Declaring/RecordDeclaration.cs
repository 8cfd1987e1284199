using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Stacks.Settings.Declaring;

/// <summary>Declares that what a record describes cannot be deployed without other concepts being in the stack file.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NeedsAttribute(params string[] concepts) : Attribute
{
    public IReadOnlyList<string> Concepts { get; } = concepts;

    /// <summary>Concept beside which the last one can be absent; null for none.</summary>
    public string? Instead { get; init; }
}

/// <summary>One of the kinds of an abstract record: the stack file gives exactly one of their keys.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public abstract class KindAttribute(Type type, string key, string? meaning) : Attribute
{
    public Type Type { get; } = type;

    /// <summary>The key that chooses it.</summary>
    public string Key { get; } = key;

    /// <summary>One sentence for the reference page and the editor; null for a kind that is one value, which has a sentence of its own.</summary>
    public string? Meaning { get; } = meaning;
}

/// <summary>The kind <typeparamref name="T"/> of an abstract record.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class KindAttribute<T>(string key, string? meaning = null) : KindAttribute(typeof(T), key, meaning)
    where T : class;

/// <summary>A settings record with rules that concern more than one key.</summary>
public interface IChecked
{
    /// <summary>
    /// Every broken rule. Runs only once all keys of the concept are well formed. Another concept is null here if it is absent or malformed;
    /// a problem reported at its key is dropped in the second case.
    /// </summary>
    IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at);
}

/// <summary>A settings record with rules about what is inside its secrets.</summary>
public interface IChecksSecrets
{
    /// <summary>Every broken rule, and what is worth a second look. No problem shows a value.</summary>
    /// <param name="text">The value of a secret; null where it could not be opened.</param>
    /// <param name="today">The day for which warnings about dates are given.</param>
    IEnumerable<SettingsProblem> CheckSecrets(Func<SecretSetting, string?> text, DateOnly today);
}

/// <summary>The keys of one settings record, read once per process from its properties and kinds.</summary>
public sealed class RecordDeclaration
{
    private static readonly ConcurrentDictionary<Type, RecordDeclaration> Cache = new();

    private readonly Lazy<object> _defaults;

    private RecordDeclaration(Type type)
    {
        // A kind has its own keys only: those of the record that it is a kind of stand beside the kind's key.
        var own = SettingDeclaration.Of(type);
        var attributes = Attribute.GetCustomAttributes(type, inherit: false);
        Kinds = [.. attributes.OfType<KindAttribute>().Select(kind => new SettingDeclaration(kind))];
        Settings = Kinds.IsEmpty ? [.. own] : [.. own.Where(setting => setting.IsRequired), .. Kinds, .. own.Where(setting => !setting.IsRequired)];
        var needs = attributes.OfType<NeedsAttribute>().SingleOrDefault();
        Instead = needs?.Instead is { } instead ? SettingPath.KeyFor(instead) : null;
        Needs = [.. (needs?.Concepts ?? []).Select(SettingPath.KeyFor)];
        _defaults = new Lazy<object>(() => Activator.CreateInstance(Kinds.FirstOrDefault()?.Kind ?? type)!);
        Type = type;
    }

    public Type Type { get; }

    public ImmutableArray<SettingDeclaration> Settings { get; }

    /// <summary>Keys of which the file gives exactly one; empty if the record has no kinds.</summary>
    public ImmutableArray<SettingDeclaration> Kinds { get; }

    /// <summary>The same keys by their names.</summary>
    public ImmutableArray<string> KindKeys => [.. Kinds.Select(kind => kind.Key)];

    /// <summary>Concepts without which this one cannot be deployed.</summary>
    public ImmutableArray<string> Needs { get; }

    /// <summary>Concept beside which the last of <see cref="Needs"/> can be absent; null for none.</summary>
    public string? Instead { get; }

    /// <summary>What an object of this kind holds at least, as one phrase.</summary>
    public string Allowed => this switch
    {
        { Kinds.Length: > 1 } => $"an object with exactly one of {string.Join(", ", KindKeys)}",
        { Keys.IsEmpty: false } => $"an object with {string.Join(", ", Keys)}",
        _ => "an object",
    };

    /// <summary>The keys to write first: the first kind, or the required ones.</summary>
    public ImmutableArray<string> Keys => Kinds.IsEmpty
        ? [.. Settings.Where(setting => setting.IsRequired && setting.SecretKey is null).Select(setting => setting.Key)]
        : [Kinds[0].Key];

    public static RecordDeclaration For(Type type) => Cache.GetOrAdd(type, static type => new RecordDeclaration(type));

    /// <summary>An instance with every default; required properties are still unset.</summary>
    public object Create() => Activator.CreateInstance(Type)!;

    public object? DefaultOf(SettingDeclaration setting) => setting.IsRequired || setting.Kind is not null ? null : setting.Read(_defaults.Value);
}
