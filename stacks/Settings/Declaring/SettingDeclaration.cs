using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Stacks.Settings.Declaring;

/// <summary>
/// Declares a property of a settings record as a key of the stack file. The property says the rest: its type is the type, <c>required</c> means required,
/// its initializer is the default, the rule attributes beside it are what is allowed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string meaning) : Attribute
{
    /// <summary>One sentence for the reference page and the editor.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>A value to copy, as it is written in the stack file.</summary>
    public string? Example { get; set; }

    /// <summary>What happens without a value, where the default is behaviour and no value.</summary>
    public string? Absent { get; set; }
}

/// <summary>
/// Names the top-level key that holds a secret. Pulumi encrypts whole keys, so a secret stands beside the concepts
/// (<c>platform:redisPassword</c>), while its declaration stands in the record that uses it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute(string key) : Attribute
{
    public string Key { get; } = key;
}

/// <summary>One key of the stack file, declared once and used by the reader, the validation, the reference page and the editor's schema.</summary>
public sealed class SettingDeclaration
{
    private readonly PropertyInfo _property;

    public SettingDeclaration(PropertyInfo property, SettingAttribute setting)
    {
        _property = property;
        Setting = setting;
        Key = SettingPath.KeyOf(property.Name);
        Shape = SettingShape.Of(property.PropertyType);
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute), inherit: false);
        Rules = [.. property.GetCustomAttributes<RuleAttribute>()];
        EntryRule = property.GetCustomAttribute<EntryRuleAttribute>();
        SecretKey = property.GetCustomAttribute<SecretAttribute>()?.Key;
    }

    public string Key { get; }

    public SettingAttribute Setting { get; }

    public SettingShape Shape { get; }

    public bool IsRequired { get; }

    public ImmutableArray<RuleAttribute> Rules { get; }

    /// <summary>What the names of a map's entries may be.</summary>
    public EntryRuleAttribute? EntryRule { get; }

    /// <summary>The top-level key of a secret that is not written here; null for everything else.</summary>
    public string? SecretKey { get; }

    /// <summary>Everything a value may be, as one phrase.</summary>
    public string Allowed => Rules switch
    {
        [] when Innermost.Text is { } text => text.Allowed,
        [] when Shape.Kind == ShapeKind.Record => Shape.Record.Allowed,
        [] => Shape.Noun,
        _ => string.Join("; ", Rules.Select(rule => rule.Allowed)),
    };

    /// <summary>A value to copy: the declared one, or that of a rule or type; null where only the operator can know one.</summary>
    public string? Example => Setting.Example ?? (Rules.FirstOrDefault()?.Example ?? Innermost.Text?.Example) switch
    {
        { } item when Shape.Kind is ShapeKind.List or ShapeKind.AllowList => $"[{item}]",
        var value => value,
    };

    private SettingShape Innermost => Shape.Item ?? Shape;

    public object? Read(object record) => _property.GetValue(record);

    public void Write(object record, object? value) => _property.SetValue(record, value);

    /// <summary>The line that sets the key; a record's keys follow on lines of their own.</summary>
    public string Line => Shape.Kind switch
    {
        ShapeKind.Record => Shape.Record.Keys.IsEmpty ? $"{Key}: {{}}" : $"{Key}: with {string.Join(", ", Shape.Record.Keys)} under it",
        ShapeKind.Map => $"{Key}: with {EntryRule?.Example ?? "<name>"}: under it",
        ShapeKind.Choice when Example is null => $"{Key}: {Shape.Choices.First()}",
        _ => $"{Key}: {Example ?? "…"}",
    };
}
