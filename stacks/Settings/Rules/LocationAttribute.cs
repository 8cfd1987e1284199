using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A region of AWS or Google Cloud, or a zone of Google Cloud.</summary>
public sealed partial class LocationAttribute : PatternRuleAttribute
{
    public override string Allowed => "a region (eu-west-1, europe-west1) or a Google Cloud zone (europe-west1-b)";

    public override string Example => "europe-west1";

    protected override string Noun => "a region or zone";

    protected override Regex Pattern => Form();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*-?[0-9]{1,2}(-[a-z])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
