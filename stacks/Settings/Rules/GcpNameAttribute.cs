using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The name of a resource in Google Cloud, of up to <paramref name="most"/> characters.</summary>
public sealed partial class GcpNameAttribute(int most = 63) : RuleAttribute
{
    public int Most { get; } = most;

    public override string Allowed => $"up to {Most} lower-case letters, digits and inner hyphens, a letter first";

    public override string Example => "studio-prod";

    public override string? Violation(object value) =>
        value is string text && text.Length <= Most && Form().IsMatch(text) ? null : "is not a name that Google Cloud takes";

    public override void Describe(JsonObject schema)
    {
        schema["pattern"] = Form().ToString();
        schema["maxLength"] = Most;
    }

    [GeneratedRegex("^[a-z]([a-z0-9-]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
