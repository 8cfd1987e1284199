using System.Text.RegularExpressions;

namespace Infra.Accounts;

/// <summary>The e-mail address of an IAM service account, which is its name everywhere outside of its project.</summary>
public sealed partial record ServiceAccountEmail
{
    private ServiceAccountEmail(string text) => Text = text;

    public string Text { get; }

    /// <summary>The account as an IAM policy names it.</summary>
    public string Member => $"serviceAccount:{Text}";

    /// <summary>The address of an account that is made in a project; domain-scoped projects (<c>example.com:name</c>) turn theirs around.</summary>
    public static string Of(string accountId, string projectId) => projectId.Split(':') is [var domain, var name]
        ? $"{accountId}@{name}.{domain}.iam.gserviceaccount.com"
        : $"{accountId}@{projectId}.iam.gserviceaccount.com";

    public static bool TryParse(string? text, out ServiceAccountEmail? email)
    {
        email = text is not null && Shape().IsMatch(text) ? new ServiceAccountEmail(text) : null;
        return email is not null;
    }

    public static ServiceAccountEmail Parse(string text) =>
        TryParse(text, out var email)
            ? email!
            : throw new FormatException($"'{text}' is not the e-mail address of a service account: it must be written as in 'name@project.iam.gserviceaccount.com'.");

    public override string ToString() => Text;

    // "tower@research-1.iam.gserviceaccount.com", "tower@research.example.com.iam.gserviceaccount.com" (domain-scoped project);
    // not "me@example.com", "tower@research-1", or the default accounts ("1234-compute@developer.gserviceaccount.com"), which whole projects share.
    [GeneratedRegex(@"\A[a-z]([a-z0-9-]{4,28}[a-z0-9])@[a-z]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.iam\.gserviceaccount\.com\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
