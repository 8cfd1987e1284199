using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Infra.Dns;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Values;

/// <summary>Where a TCP server listens, as Redis clients take it: <c>host:port</c> without a scheme.</summary>
public sealed record HostAndPort(string Host, int Port)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out HostAndPort? address)
    {
        address = null;
        if (text is not null && Problem(text) is null)
        {
            var colon = text.LastIndexOf(':');
            address = new HostAndPort(text[..colon], int.Parse(text[(colon + 1)..]));
        }

        return address is not null;
    }

    /// <summary>What is wrong with a text, as a clause that does not repeat it; null if it is an address.</summary>
    public static string? Problem(string text)
    {
        var colon = text.LastIndexOf(':');
        return text switch
        {
            _ when Credentials.AreIn(text) => "has a password inside",
            _ when text.Contains("://") => "has a scheme",
            _ when colon < 0 => "has no port",
            _ when !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535 =>
                "has no port from 1 to 65535",
            _ when LocalHost.IsOne(text[..colon]) => "is each pod's own machine as the pod sees it",
            _ when !KubernetesSubdomain.IsOne(text[..colon]) && !IPAddress.TryParse(text[..colon], out _) => "has no host name or address before the port",
            _ => null,
        };
    }

    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>Names and addresses by which a machine reaches itself, and nobody else.</summary>
public static class LocalHost
{
    /// <summary>The same as a regular expression, for editors.</summary>
    public const string Pattern = @"(localhost(\.localdomain)?|127(\.[0-9]+){3}|0\.0\.0\.0|\[?::1?\]?)";

    public static bool IsOne(string host) => TextForm.Matches(host.ToLowerInvariant(), Pattern);
}

/// <summary>
/// A web address that people open: https, because browsers send session cookies over nothing else, and a name, because certificates are for names.
/// </summary>
public sealed record HttpsUrl(WebOrigin Origin, DomainName Host)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out HttpsUrl? url)
    {
        // 10.0.0.5 has the form of a domain name, too.
        url = WebOrigin.TryParse(text, out var origin) && origin is { IsHttps: true }
            && DomainName.TryParse(origin.Host, out var host) && char.IsLetter(host.Labels[^1][0])
                ? new HttpsUrl(origin, host)
                : null;
        return url is not null;
    }

    /// <summary>What is wrong with a text that is none; null if it is no web address at all.</summary>
    public static string? Problem(string text) => WebOrigin.TryParse(text, out var origin) switch
    {
        false => null,
        _ when origin is { IsHttps: false } => "does not use https",
        _ => "has no host name of two or more labels",
    };

    public override string ToString() => Origin.Text;
}

/// <summary>The ARN of a certificate of AWS Certificate Manager.</summary>
public sealed partial record CertificateArn(string Text, string Region)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out CertificateArn? arn)
    {
        var match = Shape().Match(text ?? "");
        arn = match.Success ? new CertificateArn(match.Value, match.Groups["region"].Value) : null;
        return arn is not null;
    }

    public override string ToString() => Text;

    [GeneratedRegex(@"\Aarn:aws(-us-gov)?:acm:(?<region>[a-z0-9-]+):[0-9]{12}:certificate/[0-9a-f-]{36}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>The ARN of a regional web ACL of AWS WAF, the kind that load balancers take.</summary>
public sealed partial record WebAclArn(string Text, string Region)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out WebAclArn? arn)
    {
        var match = Shape().Match(text ?? "");
        arn = match.Success ? new WebAclArn(match.Value, match.Groups["region"].Value) : null;
        return arn is not null;
    }

    public override string ToString() => Text;

    [GeneratedRegex(
        @"\Aarn:aws(-us-gov)?:wafv2:(?<region>[a-z0-9-]+):[0-9]{12}:regional/webacl/[0-9A-Za-z_-]{1,128}/[0-9a-f-]{36}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>A name that Kubernetes accepts for most objects, such as Secrets and StorageClasses: RFC 1123 subdomain.</summary>
public static class KubernetesSubdomain
{
    public const string Pattern = @"^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    public static bool IsOne(string text) => TextForm.Expression(Pattern).IsMatch(text);
}
