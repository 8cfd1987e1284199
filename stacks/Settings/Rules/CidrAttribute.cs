using System.Net;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>An address range in CIDR form whose host bits are zero.</summary>
public sealed class CidrAttribute : RuleAttribute
{
    public override string Allowed => "an address range in CIDR form, host bits zero";

    public override string Example => "10.20.0.0/16";

    public override string? Violation(object value) =>
        value is string text && text.Contains('/') && IPNetwork.TryParse(text, out _) ? null : "is not an address range";
}
