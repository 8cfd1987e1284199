using System.Text.Json;
using System.Text.Json.Nodes;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>One of a vendor's closed set of words or numbers.</summary>
public sealed class OneOfAttribute(params object[] values) : RuleAttribute
{
    public object[] Values => values;

    public override string Allowed => $"one of {string.Join(", ", values)}";

    public override string Example => $"{values[0]}";

    public override string? Violation(object value) => values.Contains(value) ? null : "is not one of the values there are";

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. values.Select(value => JsonSerializer.SerializeToNode(value))]);
}
