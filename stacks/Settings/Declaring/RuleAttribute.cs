using System.Text.Json.Nodes;

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
