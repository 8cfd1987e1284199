using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>A hosted zone that exists already, asked for by name or id.</summary>
internal sealed class GetZone : IFunction
{
    public string Token => "aws:route53/getZone:getZone";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var name = (arguments.TextOf("name") ?? "example.com").TrimEnd('.');
        var id = arguments.TextOf("zoneId") ?? "Z" + Digits.Hex($"zone/{name}", 20).ToUpperInvariant();
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(id)), ("zoneId", Answer.Text(id)), ("name", Answer.Text(name)), ("arn", Answer.Text($"arn:aws:route53:::hostedzone/{id}")),
            ("nameServers", Answer.List(Enumerable.Range(1, 4).Select(i => $"ns-{i}.awsdns-0{i}.com"))), ("primaryNameServer", Answer.Text("ns-1.awsdns-01.com")),
            ("resourceRecordSetCount", Answer.Number(2)));
    }
}
