using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A weekly window of AWS's managed services.</summary>
public sealed partial class MaintenanceWindowAttribute : PatternRuleAttribute
{
    public override string Allowed => "two times of a week in UTC, ddd:hh:mm-ddd:hh:mm";

    public override string Example => "sun:03:00-sun:04:00";

    protected override string Noun => "a weekly window";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
