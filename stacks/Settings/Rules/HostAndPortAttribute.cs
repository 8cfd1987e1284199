using System.Net;
using System.Text.Json.Nodes;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>Where a TCP server listens, as Redis clients take it: <c>host:port</c> without a scheme.</summary>
public sealed class HostAndPortAttribute : RuleAttribute
{
    private static readonly KubernetesSubdomainAttribute Name = new();

    public override string Allowed => "host:port without a scheme; the port is 1 to 65535";

    public override string Example => "redis.example.com:6379";

    public override string? Violation(object value)
    {
        var text = (string)value;
        if (text.Contains("://"))
        {
            return "has a scheme";
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            return "has no port";
        }

        var host = text[..colon];
        if (!int.TryParse(text[(colon + 1)..], out var port) || port is < 1 or > 65535)
        {
            return "has no port from 1 to 65535";
        }

        return Name.Violation(host) is null || IPAddress.TryParse(host, out _) ? null : "has no host name or address before the port";
    }

    public override void Describe(JsonObject schema) => schema["pattern"] = "^[^/\\s]+:[0-9]{1,5}$";
}
