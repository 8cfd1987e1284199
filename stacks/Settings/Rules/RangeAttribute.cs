using System.Text.Json.Nodes;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

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
