using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stacks.Settings.Declaring;

/// <summary>A rule on the form of a text.</summary>
public abstract class PatternRuleAttribute : RuleAttribute
{
    /// <summary>What a value that does not match is not: <c>a host name</c>.</summary>
    protected abstract string Noun { get; }

    protected abstract Regex Pattern { get; }

    public override string? Violation(object value) => value is string text && Pattern.IsMatch(text) ? null : $"is not {Noun}";

    public override void Describe(JsonObject schema) => schema["pattern"] = Pattern.ToString();
}
