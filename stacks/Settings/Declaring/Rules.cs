using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stacks.Settings.Declaring;

/// <summary>What one value may be, whatever the others are; on a list or map it holds for each item.</summary>
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
    public virtual void Describe(JsonObject schema)
    {
    }
}

/// <summary>A rule on the form of a text.</summary>
public abstract class PatternRuleAttribute : RuleAttribute
{
    /// <summary>What a value that does not match is not: <c>a host name</c>.</summary>
    protected abstract string Noun { get; }

    protected abstract Regex Pattern { get; }

    public override string? Violation(object value) => value is string text && Pattern.IsMatch(text) ? null : $"is not {Noun}";

    public override void Describe(JsonObject schema) => schema["pattern"] = Pattern.ToString();
}

/// <summary>What the keys of a map may be: the operator's names for its entries.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class EntryRuleAttribute : Attribute
{
    public abstract string Allowed { get; }

    public abstract string Example { get; }

    /// <summary>The form for editors.</summary>
    public abstract string Pattern { get; }

    /// <summary>What is wrong with a name, as a clause that does not repeat it; null if it passes.</summary>
    public abstract string? Violation(string name);
}

/// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
public sealed class RangeAttribute(long least, long most) : RuleAttribute
{
    public long Least { get; } = least;

    public long Most { get; } = most;

    public override string Allowed => $"a whole number from {Least} to {Most}";

    public override string Example => $"{Least}";

    public override string? Violation(object value)
    {
        var number = Convert.ToInt64(value);
        return number < Least || number > Most ? "is out of range" : null;
    }

    public override void Describe(JsonObject schema)
    {
        schema["minimum"] = Least;
        schema["maximum"] = Most;
    }
}

/// <summary>A text of <paramref name="least"/> to <paramref name="most"/> characters.</summary>
public sealed class LengthAttribute(int least, int most) : RuleAttribute
{
    public int Least => least;

    public int Most => most;

    public override string Allowed => $"{least} to {most} characters";

    public override string Example => new('x', least);

    public override string? Violation(object value) => value is string text && text.Length >= least && text.Length <= most
        ? null
        : "is too short or too long";

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
