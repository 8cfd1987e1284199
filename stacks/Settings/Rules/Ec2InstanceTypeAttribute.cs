using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>An EC2 instance type, or that of a service on EC2, by its form; which types a region has, only AWS knows.</summary>
public sealed partial class Ec2InstanceTypeAttribute(string prefix = "") : PatternRuleAttribute
{
    /// <summary>What the service puts in front: <c>cache</c> or <c>db</c>; empty for EC2 itself.</summary>
    public string Prefix { get; } = prefix;

    public override string Allowed => $"family, generation and size, as in {Example}";

    public override string Example => Prefix.Length == 0 ? "m7i.large" : $"{Prefix}.m7g.large";

    protected override string Noun => "an instance type";

    protected override Regex Pattern => Prefix switch
    {
        "cache" => Cache(),
        "db" => Database(),
        _ => Plain(),
    };

    // "m7i.large", "c6in.32xlarge", "u7i-12tb.224xlarge", "m7i.metal-24xl"; not "m7i", "large" or "M7i.Large".
    [GeneratedRegex(@"^[a-z]{1,4}[0-9][a-z0-9-]{0,12}\.(nano|micro|small|medium|large|xlarge|[0-9]{1,3}xlarge|metal(-[0-9]{1,3}xl)?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^cache\.[a-z]{1,4}[0-9][a-z0-9-]{0,12}\.(micro|small|medium|large|xlarge|[0-9]{1,3}xlarge)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cache();

    [GeneratedRegex(@"^db\.[a-z]{1,4}[0-9][a-z0-9-]{0,12}\.(micro|small|medium|large|xlarge|[0-9]{1,3}xlarge)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Database();
}
