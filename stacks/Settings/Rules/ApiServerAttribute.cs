using System.Text.Json.Nodes;
using Infra.Dns;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The URL of a Kubernetes API server; an address without a name will do, since its certificate belongs to the cluster's own authority.</summary>
public sealed class ApiServerAttribute : RuleAttribute
{
    public override string Allowed => "https:// and a host name or address, with a port if it is not 443";

    public override string Example => "https://kubernetes.example.com:6443";

    public override string? Violation(object value) => ((WebOrigin)value).IsHttps ? null : "does not use https";

    public override void Describe(JsonObject schema) => schema["pattern"] = "^https://[^/@?#\\s]+/?$";
}
