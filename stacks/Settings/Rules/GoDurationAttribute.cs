using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A duration as Go programs read it (time.ParseDuration).</summary>
public sealed partial class GoDurationAttribute : PatternRuleAttribute
{
    public override string Allowed => "one or more numbers with a unit each: ms, s, m, h";

    public override string Example => "2m";

    protected override string Noun => "a duration";

    protected override Regex Pattern => Form();

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
