using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The value of a label in Google Cloud ("Requirements for labels").</summary>
public sealed partial class GcpLabelAttribute : PatternRuleAttribute
{
    public override string Allowed => "up to 63 lower-case letters, digits, hyphens and underscores";

    public override string Example => "research";

    protected override string Noun => "a value that Google Cloud takes for a label";

    protected override Regex Pattern => Form();

    [GeneratedRegex("^[a-z0-9_-]{0,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
