using System.Text.RegularExpressions;

namespace Infra.Iam;

/// <summary>An IAM user or role by its ARN.</summary>
/// <param name="Arn">The whole ARN.</param>
/// <param name="Kind">User or role.</param>
/// <param name="Name">Name without its path.</param>
public sealed partial record IamPrincipal(string Arn, IamPrincipalKind Kind, string Name)
{
    public static bool TryParse(string? text, out IamPrincipal? principal)
    {
        var match = Shape().Match(text ?? "");
        var kind = match.Groups["kind"].Value == "user" ? IamPrincipalKind.User : IamPrincipalKind.Role;
        principal = match.Success ? new IamPrincipal(match.Value, kind, match.Groups["name"].Value) : null;
        return principal is not null;
    }

    public static IamPrincipal Parse(string text) =>
        TryParse(text, out var principal)
            ? principal!
            : throw new FormatException(
                $"'{text}' is not the ARN of an IAM user or role: it must be written as in 'arn:aws:iam::123456789012:role/platform'; the ARN of a session (sts, assumed-role) is none.");

    // "arn:aws:iam::123456789012:role/team/platform"; not "arn:aws:sts::123456789012:assumed-role/platform/session" and not ":root".
    [GeneratedRegex(@"\Aarn:aws(-us-gov)?:iam::[0-9]{12}:(?<kind>user|role)/([\x21-\x7e]+/)?(?<name>[A-Za-z0-9_+=,.@-]{1,64})\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
