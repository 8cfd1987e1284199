using System.Text.Json.Nodes;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>Days that CloudWatch can keep a log (CloudWatch Logs API reference, PutRetentionPolicy).</summary>
public sealed class LogRetentionAttribute : RuleAttribute
{
    private static readonly int[] Days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public override string Allowed => $"one of {string.Join(", ", Days)}";

    public override string Example => "365";

    public override string? Violation(object value) => Days.Contains((int)value) ? null : "is no number of days that CloudWatch keeps logs for";

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. Days.Select(days => JsonValue.Create(days))]);
}
