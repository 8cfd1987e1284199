using System.Reflection;
using System.Runtime.CompilerServices;

namespace Stacks.Settings.Declaring;

/// <summary>
/// Declares a property of a settings record as a key of the stack file. The property says the rest: its type is the type, <c>required</c> means required,
/// its initializer is the default, the form or rule beside it is what is allowed.
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

    /// <summary>What the text is, as far as that can be told.</summary>
    public SecretText Text { get; set; }
}

/// <summary>One key of the stack file, declared once and used by the reader, the validation, the reference page and the editor's schema.</summary>
public sealed class SettingDeclaration
{
    private readonly Func<object, object?> _read;
    private readonly Action<object, object?> _write;
    private readonly FormAttribute? _form;
    private readonly EntryAttribute? _entry;

    /// <summary>The key that a property stands for.</summary>
    private SettingDeclaration(PropertyInfo property, SettingAttribute setting, Attribute[] attributes)
    {
        _read = property.GetValue;
        _write = property.SetValue;
        Setting = setting;
        Key = SettingPath.KeyFor(property.Name);
        Shape = SettingShape.ForType(property.PropertyType);
        foreach (var attribute in attributes)
        {
            switch (attribute)
            {
                case RequiredMemberAttribute:
                    IsRequired = true;
                    break;
                case RuleAttribute rule:
                    Rule = rule;
                    break;
                case FormAttribute form:
                    _form = form;
                    break;
                case EntryAttribute entry:
                    _entry = entry;
                    break;
                case SecretAttribute secret:
                    SecretKey = secret.Key;
                    SecretText = secret.Text;
                    break;
                case FewestAttribute fewest:
                    Fewest = fewest.Count;
                    break;
                case OnlyAttribute only:
                    Only = only.Value;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The key that chooses a kind. Under it are the kind's own keys or, for a kind without a meaning of its own, the one value that it has.</summary>
    internal SettingDeclaration(KindAttribute kind)
    {
        Kind = kind.Type;
        Key = kind.Key;
        var value = kind.Meaning is null ? RecordDeclaration.For(kind.Type).Settings.Single() : null;
        _read = owner => !kind.Type.IsInstanceOfType(owner) ? null : value is null ? owner : value.Read(owner);
        _write = (owner, given) => value?.Write(owner, given);
        Setting = value?.Setting ?? new SettingAttribute(kind.Meaning!);
        Shape = value?.Shape ?? new SettingShape(ShapeKind.Record, kind.Type);
        Rule = value?.Rule;
        _form = value?._form;
    }

    /// <summary>The keys that the properties of a record stand for, its own and none of those that it inherits.</summary>
    internal static List<SettingDeclaration> Of(Type record)
    {
        List<SettingDeclaration> settings = [];
        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            // At once: each search for one kind of attribute reads the metadata anew.
            var attributes = Attribute.GetCustomAttributes(property);
            if (Array.Find(attributes, attribute => attribute is SettingAttribute) is SettingAttribute setting)
            {
                settings.Add(new SettingDeclaration(property, setting, attributes));
            }
        }

        return settings;
    }

    public string Key { get; }

    public SettingAttribute Setting { get; }

    public SettingShape Shape { get; }

    public bool IsRequired { get; }

    /// <summary>The record that the key chooses; null for a key that chooses nothing.</summary>
    public Type? Kind { get; }

    /// <summary>How a text is written, on a list or map each item; null for other values and for free text.</summary>
    public TextForm? Form => _form?.Text ?? Innermost.Form;

    /// <summary>What a value of the right form may be besides; null without such a rule.</summary>
    public RuleAttribute? Rule { get; }

    /// <summary>How the names of a map's entries are written.</summary>
    public TextForm? Entry => _entry?.Text;

    /// <summary>The top-level key of a secret that is not written here; null for everything else.</summary>
    public string? SecretKey { get; }

    /// <summary>What the text of the secret is.</summary>
    public SecretText SecretText { get; }

    /// <summary>Fewest entries of a list or map; null where it may be empty.</summary>
    public int? Fewest { get; }

    /// <summary>The only value that may be given; null for every other setting.</summary>
    public object? Only { get; }

    /// <summary>Everything a value may be, as one phrase.</summary>
    public string Allowed => Rule?.Allowed ?? Form?.Allowed ?? (Shape.Kind == ShapeKind.Record ? Shape.Record.Allowed : Shape.Noun);

    /// <summary>A value to copy: the declared one, or that of the rule or form; null where only the operator can know one.</summary>
    public string? Example => Setting.Example ?? (Rule?.Example ?? Form?.Example) switch
    {
        { } item when Shape.Kind is ShapeKind.List or ShapeKind.AllowList => $"[{item}]",
        var value => value,
    };

    /// <summary>The line that sets the key; a record's keys follow on lines of their own.</summary>
    public string Line => Shape.Kind switch
    {
        ShapeKind.Record => Shape.Record.Keys.IsEmpty ? $"{Key}: {{}}" : $"{Key}: with {string.Join(", ", Shape.Record.Keys)} under it",
        ShapeKind.Map => $"{Key}: with {Entry?.Example ?? "<name>"}: under it",
        ShapeKind.Choice when Example is null => $"{Key}: {Shape.Choices.First()}",
        _ => $"{Key}: {Example ?? "…"}",
    };

    private SettingShape Innermost => Shape.Item ?? Shape;

    /// <summary>The value in a record; null where it has none, and for a kind that the record is not.</summary>
    public object? Read(object record) => _read(record);

    public void Write(object record, object? value) => _write(record, value);

    /// <summary>The record that a kind's value makes: the value itself, or one that holds it.</summary>
    internal object Chosen(object value)
    {
        if (Kind!.IsInstanceOfType(value))
        {
            return value;
        }

        var chosen = Activator.CreateInstance(Kind)!;
        Write(chosen, value);
        return chosen;
    }
}
