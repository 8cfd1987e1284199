using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stacks.Settings.Declaring;

/// <summary>What a sealed text is. It is looked at where it can be opened, and never shown.</summary>
public enum SecretText
{
    /// <summary>Anything but blanks.</summary>
    Anything,

    /// <summary>A password of a server whose address stands elsewhere.</summary>
    Password,

    /// <summary>A licence file of Posit.</summary>
    LicenseFile,

    /// <summary>A licence key of Posit.</summary>
    LicenseKey,
}

/// <summary>Tells a sealed text from what is sealed in its place by mistake.</summary>
internal static partial class SecretTexts
{
    private const int LongestPath = 1024;

    /// <summary>What is wrong with a text; null for nothing that can be seen.</summary>
    public static SecretComplaint? Complaint(SecretText kind, string text) => kind switch
    {
        _ when string.IsNullOrWhiteSpace(text) => new("holds blanks and line breaks alone", "a text", "<value>"),
        SecretText.Password when Address().IsMatch(text) =>
            new("is a whole address, and the password alone belongs there", "the password", "<password>"),
        SecretText.LicenseKey when KeyProblem(text) is { } what =>
            new(what, "seven groups of four letters and digits with hyphens between them", "<key>"),
        SecretText.LicenseFile when FileProblem(text) is { } what => new(what, "the text of a licence file, whose name ends in .lic", "< license.lic"),
        _ => null,
    };

    // The form in rstudio/rstudio-docker-products, README.md (read 2026-11-26), where X stands for each character.
    private static string? KeyProblem(string text) => text switch
    {
        _ when LicenseKey().IsMatch(text) => text.Distinct().Count() == 2 ? "is what stands for a key in instructions" : null,
        _ when LicenseKey().IsMatch(text.Trim()) => "has blanks or a line break around the key, which would be sent with it",
        _ => "is not a licence key",
    };

    // A licence file is an encrypted text (Posit Package Manager documentation, "Using License Files"; read 2026-11-26): what it is not can be told.
    private static string? FileProblem(string text)
    {
        var start = text.TrimStart();
        return text.Trim() switch
        {
            var one when LicenseKey().IsMatch(one) => "is a licence key, which license.key takes",
            var one when IsPath(one) => "is the name of a file, and not what is in it",
            _ when Pem().IsMatch(start) => "is a certificate or key in PEM",
            _ when Page().IsMatch(start) => "is a web page or another file in XML, as a download that was refused leaves it",
            var one when one.StartsWith('<') && one.EndsWith('>') && !one.Contains('\n') => "is what stands for a licence in instructions",
            var one when IsJson(one) => "is JSON",
            var one when one.Any(character => char.IsControl(character) && character is not ('\r' or '\n' or '\t')) || one.Contains('\uFFFD') =>
                "is a binary file, or was read in another encoding",
            _ => null,
        };
    }

    // Base64 has slashes, too, and may be one line: only what looks like a place or ends like a file is a path.
    private static bool IsPath(string text) => text.Length <= LongestPath && !text.Contains('\n') && (FileName().IsMatch(text) || Place().IsMatch(text));

    private static bool IsJson(string text)
    {
        if (text[0] is not ('{' or '[' or '"'))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // As clients of PostgreSQL and Redis take them: as a URI, or libpq's words.
    [GeneratedRegex(
        @"^(jdbc:)?(postgres(ql)?|rediss?)://|^(host|hostaddr|dbname|user|port)=\S+\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\A[A-Za-z0-9]{4}(-[A-Za-z0-9]{4}){6}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LicenseKey();

    [GeneratedRegex(@"\.(lic|txt|pem|zip|b64)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();

    [GeneratedRegex(
        @"^(@|~/|\.{1,2}/|file:|https?:|[A-Za-z]:\\|/(home|root|tmp|etc|mnt|opt|srv|usr|var|Users|Volumes|private)/)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("^-----BEGIN [A-Z0-9 ]*(CERTIFICATE|PRIVATE KEY|PUBLIC KEY)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pem();

    [GeneratedRegex(@"^<(!doctype|html|\?xml|head|body|error)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Page();
}

/// <summary>Why a sealed text is refused.</summary>
/// <param name="What">What is wrong, one clause without the text.</param>
/// <param name="Allowed">What it may be.</param>
/// <param name="Placeholder">What follows the key in the command that seals another one.</param>
internal sealed record SecretComplaint(string What, string Allowed, string Placeholder);
