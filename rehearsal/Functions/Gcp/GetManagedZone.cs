using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Gcp;

/// <summary>A managed zone that exists already; its domain is the zone's name with dots for hyphens.</summary>
internal sealed class GetManagedZone : IFunction
{
    public string Token => "gcp:dns/getManagedZone:getManagedZone";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (name, project) = (arguments.TextOf("name") ?? "", Answer.Project(arguments, context));
        return Answer.Echo(
            arguments,
            ("id", Answer.Text($"projects/{project}/managedZones/{name}")), ("dnsName", Answer.Text($"{name.Replace('-', '.')}.")), ("managedZoneId", Answer.Text(Digits.Decimal($"zone/{name}", 18))),
            ("nameServers", Answer.List(Enumerable.Range(1, 4).Select(i => $"ns-cloud-a{i}.googledomains.com."))), ("visibility", Answer.Text("public")));
    }
}
