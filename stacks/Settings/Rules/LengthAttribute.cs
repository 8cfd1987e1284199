using System.Text.Json.Nodes;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

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
