using Infra.Networks;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Networks;

// Promise: nodes and API server of a new VPC have a route to each connected network, and what stands there waits for the routes.
public sealed class VpcConnectionsTests
{
    [Fact]
    public async Task VpcConnections_HasTheseChildren() =>
        (await Deployed.Of(options => Make(options))).Lineages.ShouldBe([
            "platform:networks:VpcConnections$aws:ec2/route:Route::ways-company-intra-10.0.0.0-16",
            "platform:networks:VpcConnections$aws:ec2/route:Route::ways-company-intra-192.168.0.0-16",
            "platform:networks:VpcConnections$aws:ec2/route:Route::ways-company-private-1-10.0.0.0-16",
            "platform:networks:VpcConnections$aws:ec2/route:Route::ways-company-private-1-192.168.0.0-16",
            "platform:networks:VpcConnections$aws:ec2/route:Route::ways-tools-intra-10.1.0.0-16",
            "platform:networks:VpcConnections$aws:ec2/route:Route::ways-tools-private-1-10.1.0.0-16",
            "platform:networks:VpcConnections$aws:ec2/vpcPeeringConnection:VpcPeeringConnection::ways-tools",
            "platform:networks:VpcConnections$aws:ec2transitgateway/vpcAttachment:VpcAttachment::ways-company",
            "platform:networks:VpcConnections::ways",
        ]);

    [Fact]
    public async Task EachTable_LeadsToEachConnection()
    {
        var deployed = await Deployed.Of(() => Make(null));

        deployed.Inputs("ways-company").ShouldBe(Deployed.Json("""
            {
              "dnsSupport": "enable", "subnetIds": ["subnet-1"], "tags": { "Name": "studio-test company" },
              "transitGatewayId": "tgw-0123456789abcdef0", "vpcId": "vpc-1"
            }
            """));
        deployed.Inputs("ways-tools").ShouldBe(Deployed.Json(
            """{ "autoAccept": true, "peerVpcId": "vpc-0123456789abcdef0", "tags": { "Name": "studio-test tools" }, "vpcId": "vpc-1" }"""));
        deployed.Inputs("ways-company-intra-10.0.0.0-16").ShouldBe(Deployed.Json(
            """{ "destinationCidrBlock": "10.0.0.0/16", "routeTableId": "intra", "transitGatewayId": "tgw-0123456789abcdef0" }"""));
        deployed.Inputs("ways-tools-private-1-10.1.0.0-16").ShouldBe(Deployed.Json(
            """{ "destinationCidrBlock": "10.1.0.0/16", "routeTableId": "private", "vpcPeeringConnectionId": "ways-tools_id" }"""));
    }

    [Theory]
    [InlineData("210987654321", null, "\"peerOwnerId\": \"210987654321\",")]
    [InlineData(null, "us-east-1", "\"peerRegion\": \"us-east-1\",")]
    public async Task APeering_WithAnotherAccountOrRegion_IsAcceptedThere(string? account, string? region, string other)
    {
        var deployed = await Deployed.Of(() => new VpcConnections("ways", Args(new VpcPeering("tools", "vpc-2", [Ipv4Block.Parse("10.1.0.0/16")])
        {
            AccountId = account,
            Region = region,
        })));

        deployed.Inputs("ways-tools").ShouldBe(Deployed.Json(
            $$"""{ "autoAccept": false, {{other}} "peerVpcId": "vpc-2", "tags": { "Name": "studio-test tools" }, "vpcId": "vpc-1" }"""));
    }

    [Fact]
    public async Task AConnectedVpc_HasTheRoutesInEachOfItsTables()
    {
        var deployed = await Deployed.Of(() => new VpcNetwork(
            "network",
            new VpcNetworkArgs
            {
                Account = AwsParts.Account(),
                Block = Ipv4Block.Parse("10.20.0.0/16"),
                DisplayName = "studio-test",
                Peerings = [new VpcPeering("tools", "vpc-2", [Ipv4Block.Parse("10.1.0.0/16")])],
                ZoneCount = 2,
            }));

        deployed.Plan.Keys.Where(key => key.StartsWith("aws:ec2/route:Route::network-connections-", StringComparison.Ordinal)).ShouldBe([
            "aws:ec2/route:Route::network-connections-tools-intra-10.1.0.0-16",
            "aws:ec2/route:Route::network-connections-tools-private-1-10.1.0.0-16",
            "aws:ec2/route:Route::network-connections-tools-private-2-10.1.0.0-16",
        ]);
    }

    private static VpcConnections Make(ComponentResourceOptions? options) =>
        new("ways", Args(new VpcPeering("tools", "vpc-0123456789abcdef0", [Ipv4Block.Parse("10.1.0.0/16")])), options);

    private static VpcConnectionsArgs Args(VpcPeering peering) => new()
    {
        AttachmentSubnets = [new NetworkSubnet("1", Output.Create("subnet-1"))],
        DisplayName = "studio-test",
        Peerings = [peering],
        RouteTables = [KeyValuePair.Create("private-1", Output.Create("private")), KeyValuePair.Create("intra", Output.Create("intra"))],
        TransitGateways =
        [
            new TransitGatewayAttachment("company", "tgw-0123456789abcdef0", [Ipv4Block.Parse("10.0.0.0/16"), Ipv4Block.Parse("192.168.0.0/16")]),
        ],
        VpcId = "vpc-1",
    };
}
