using System.Net;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>An address range in CIDR form whose host bits are zero.</summary>
public sealed class CidrAttribute : RuleAttribute
{
    public override string Allowed => "an address range in CIDR form, host bits zero";

    public override string Example => "10.20.0.0/16";

    // IPNetwork.TryParse takes 10.0.0.1/16 and clears the host bits; what was written differs from what it would mean, so it is refused.
    public override string? Violation(object value) =>
        value is string text && IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text.Split('/')[0], out var address) && address.Equals(network.BaseAddress)
            ? null
            : "is not an address range";
}
