using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A text that is itself a regular expression, as a vendor's configuration takes it.</summary>
public sealed class RegexAttribute : RuleAttribute
{
    public override string Allowed => "a regular expression";

    public override string Example => "^team-[a-z]+$";

    public override string? Violation(object value)
    {
        try
        {
            _ = new Regex((string)value, RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return "is not a regular expression";
        }
    }

    public override void Describe(JsonObject schema) => schema["format"] = "regex";
}
