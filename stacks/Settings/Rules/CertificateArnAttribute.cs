using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The ARN of a certificate of AWS Certificate Manager.</summary>
public sealed partial class CertificateArnAttribute : PatternRuleAttribute
{
    public override string Allowed => "the ARN of a certificate of AWS Certificate Manager";

    public override string Example => "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

    protected override string Noun => "the ARN of a certificate";

    protected override Regex Pattern => Shape();

    [GeneratedRegex("^arn:aws(-us-gov)?:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]{36}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
