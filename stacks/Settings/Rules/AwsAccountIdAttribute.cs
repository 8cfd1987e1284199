using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The number of an AWS account.</summary>
public sealed partial class AwsAccountIdAttribute : PatternRuleAttribute
{
    public override string Allowed => "twelve digits, in quotes";

    public override string Example => "\"123456789012\"";

    protected override string Noun => "the id of an AWS account";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^[0-9]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
