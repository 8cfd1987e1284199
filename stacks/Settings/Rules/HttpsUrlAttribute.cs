using System.Text.Json.Nodes;
using Infra.Dns;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A web address that people open: https, because browsers send session cookies over nothing else, and a name, because certificates are for names.</summary>
public sealed class HttpsUrlAttribute : RuleAttribute
{
    public override string Allowed => "https:// and a host name, with a port if it is not 443, without user, path or query";

    public override string Example => "https://connect.studios.example.com";

    public override string? Violation(object value) => (WebOrigin)value switch
    {
        { IsHttps: false } => "does not use https",
        var origin when !DomainName.TryParse(origin.Host, out var host) || !char.IsLetter(host!.Labels[^1][0]) => "has no host name of two or more labels",
        _ => null,
    };

    public override void Describe(JsonObject schema) => schema["pattern"] = "^https://[^/@?#\\s]+/?$";
}
