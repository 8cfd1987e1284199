using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The name of an S3 bucket (S3 user guide, "General purpose bucket naming rules").</summary>
public sealed partial class S3BucketNameAttribute : PatternRuleAttribute
{
    public override string Allowed => "3 to 63 lower-case letters, digits, dots and inner hyphens, without s3:// and without a path";

    public override string Example => "example-work";

    protected override string Noun => "the name of a bucket";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{1,61})[a-z0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
