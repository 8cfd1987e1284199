using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A daily window of AWS's managed services.</summary>
public sealed partial class DailyWindowAttribute : PatternRuleAttribute
{
    public override string Allowed => "two times of a day in UTC, hh:mm-hh:mm";

    public override string Example => "01:00-02:00";

    protected override string Noun => "a daily window";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
