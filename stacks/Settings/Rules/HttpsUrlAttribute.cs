using System.Text.Json.Nodes;
using Infra.Dns;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The address of a site as browsers reach it: https, a host name, an optional port, nothing behind it.</summary>
public sealed class HttpsUrlAttribute : RuleAttribute
{
    public override string Allowed => "https:// and a host name, with a port if it is not 443; no user, path, query or slash at the end";

    public override string Example => "https://connect.studios.example.com";

    public override string? Violation(object value)
    {
        if (value is not string text || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            return "is not a URL";
        }

        return url switch
        {
            { Scheme: not "https" } => "does not use https",
            { UserInfo.Length: > 0 } => "has a user name in it",
            { AbsolutePath: not "/" } or { Query.Length: > 0 } or { Fragment.Length: > 0 } => "has a path, query or fragment",
            _ when text.EndsWith('/') => "ends with a slash",
            _ when !DomainName.TryParse(url.Host, out var host) || host!.IsWildcard => "has no DNS host name of at least two labels",
            _ => null,
        };
    }

    public override void Describe(JsonObject schema) => schema["pattern"] = "^https://[^/@?#\\s]+$";
}
