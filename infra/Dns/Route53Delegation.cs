using Pulumi;
using Pulumi.Aws.Route53;

namespace Infra.Dns;

/// <summary>The record in a zone of Route 53 that leads resolvers to a zone elsewhere.</summary>
public sealed class Route53Delegation : ComponentResource
{
    private const string Token = "platform:dns:Route53Delegation";

    // As Route53Domain's: how long resolvers keep a delegation.
    private const int DelegationSeconds = 172800;

    public Route53Delegation(string name, Route53DelegationArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var zone = GetZone.Invoke(new GetZoneInvokeArgs { Name = args.Parent.Text, PrivateZone = false }, new InvokeOptions { Parent = this });
        new Record(
            name,
            new RecordArgs
            {
                ZoneId = zone.Apply(found => found.ZoneId),
                Name = args.Domain.Text,
                Type = "NS",
                Ttl = DelegationSeconds,
                Records = args.NameServers,
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }
}
