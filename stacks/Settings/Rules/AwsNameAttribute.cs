using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A name that AWS takes for clusters (EKS API reference, CreateCluster, <c>name</c>).</summary>
public sealed partial class AwsNameAttribute : PatternRuleAttribute
{
    public override string Allowed => "1 to 100 ASCII letters, digits, hyphens and underscores, starting with a letter or digit";

    public override string Example => "studio-prod";

    protected override string Noun => "a name that EKS takes";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
