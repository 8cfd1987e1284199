using Infra.Iam;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The ARN of an IAM user or role.</summary>
public sealed class IamPrincipalArnAttribute : RuleAttribute
{
    public override string Allowed => "the ARN of an IAM user or role; for a session, that of its role";

    public override string Example => "arn:aws:iam::123456789012:role/platform";

    public override string? Violation(object value) => IamPrincipal.TryParse((string)value, out _) ? null : "is not the ARN of an IAM user or role";
}
