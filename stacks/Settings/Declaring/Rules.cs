using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stacks.Settings.Declaring;

/// <summary>How a text is written, where its type does not say it: on a list or map, each item.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormAttribute(Form form) : Attribute
{
    public Form Form { get; } = form;

    public TextForm Text => NamedForms.For(Form);
}

/// <summary>How the operator's names for the entries of a map are written.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntryAttribute(Form form) : Attribute
{
    public Form Form { get; } = form;

    public TextForm Text => NamedForms.For(Form);
}

/// <summary>What one value may be, whatever the others are; on a list or map it holds for each item. A setting has one rule at most.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class RuleAttribute : Attribute
{
    /// <summary>What is allowed, as a phrase.</summary>
    public abstract string Allowed { get; }

    /// <summary>A value that passes.</summary>
    public abstract string Example { get; }

    /// <summary>What is wrong with a value, as a clause that does not repeat it; null if it passes.</summary>
    public abstract string? Violation(object value);

    /// <summary>Adds the same rule to the JSON Schema that editors use.</summary>
    public abstract void Describe(JsonObject schema);
}

/// <summary>A list or map has so many entries at least; the record says what is missing without them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FewestAttribute(int count) : Attribute
{
    public int Count => count;
}

/// <summary>The one value that a setting may be given, which confirms something; the record says what.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OnlyAttribute(object value) : Attribute
{
    public object Value => value;
}

/// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
public sealed class RangeAttribute(int least, int most) : RuleAttribute
{
    public int Least => least;

    public int Most => most;

    public override string Allowed => $"a whole number from {least} to {most}";

    public override string Example => $"{least}";

    public override string? Violation(object value) => (int)value < least || (int)value > most ? "is out of range" : null;

    public override void Describe(JsonObject schema)
    {
        schema["minimum"] = least;
        schema["maximum"] = most;
    }
}

/// <summary>A text of <paramref name="least"/> to <paramref name="most"/> characters.</summary>
public sealed class LengthAttribute(int least, int most) : RuleAttribute
{
    public int Least => least;

    public int Most => most;

    public override string Allowed => $"{least} to {most} characters";

    public override string Example => new('x', least);

    public override string? Violation(object value) => value is string text && text.Length >= least && text.Length <= most ? null : "is too short or too long";

    public override void Describe(JsonObject schema)
    {
        schema["minLength"] = least;
        schema["maxLength"] = most;
    }
}

/// <summary>One of a vendor's closed set of words or numbers.</summary>
public sealed class OneOfAttribute(params object[] values) : RuleAttribute
{
    public object[] Values => values;

    public override string Allowed => $"one of {string.Join(", ", values)}";

    public override string Example => $"{values[0]}";

    public override string? Violation(object value) => values.Contains(value) ? null : "is not one of the values there are";

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. values.Select(value => JsonSerializer.SerializeToNode(value))]);
}
