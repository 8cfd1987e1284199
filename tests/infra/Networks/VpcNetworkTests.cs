using Infra.Networks;
using Tests.Support;

namespace Tests.Infra.Networks;

// Promise: private subnets have one way out, control planes none, and the controllers find the subnets for load balancers by their tags.
public sealed class VpcNetworkTests
{
    [Fact]
    public async Task Subnets_StandInTheFirstZonesInOrder_AndAreTaggedForLoadBalancers()
    {
        var deployed = await Deployed.Of(() => new VpcNetwork("network", Args()));

        deployed.Inputs("network").ShouldBe(Deployed.Json("""
            { "cidrBlock": "10.20.0.0/16", "enableDnsHostnames": true, "enableDnsSupport": true, "tags": { "Name": "studio-test" } }
            """));
        deployed.Inputs("network-public-1").ShouldBe(Deployed.Json("""
            {
              "vpcId": "network_id", "cidrBlock": "10.20.192.0/20", "availabilityZone": "eu-west-1a", "mapPublicIpOnLaunch": false,
              "tags": { "Name": "studio-test public 1", "kubernetes.io/role/elb": "1" }
            }
            """));
        deployed.Inputs("network-private-3").ShouldBe(Deployed.Json("""
            {
              "vpcId": "network_id", "cidrBlock": "10.20.128.0/18", "availabilityZone": "eu-west-1c", "mapPublicIpOnLaunch": false,
              "tags": { "Name": "studio-test private 3", "kubernetes.io/role/internal-elb": "1" }
            }
            """));
        deployed.Inputs("network-intra-2").ShouldBe(Deployed.Json("""
            {
              "vpcId": "network_id", "cidrBlock": "10.20.240.16/28", "availabilityZone": "eu-west-1b", "mapPublicIpOnLaunch": false,
              "tags": { "Name": "studio-test intra 2" }
            }
            """));
    }

    [Theory]
    [InlineData(NatStrategy.PerZone, "network-nat-1_id", "network-nat-2_id", "network-nat-3_id")]
    [InlineData(NatStrategy.Single, "network-nat-1_id", "network-nat-1_id", "network-nat-1_id")]
    public async Task PrivateSubnets_LeaveThroughNat(NatStrategy nat, params string[] gateways)
    {
        var deployed = await Deployed.Of(() => new VpcNetwork("network", Args(nat)));

        for (var slot = 1; slot <= 3; slot++)
        {
            deployed
                .Inputs($"network-private-{slot}-default")
                .ShouldBe(
                    Deployed.Json(
                        $$"""{ "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "{{gateways[slot - 1]}}", "routeTableId": "network-private-{{slot}}-routes_id" }"""));
        }

        deployed.Has("network-nat-2").ShouldBe(nat is NatStrategy.PerZone);
        deployed.Has("network-intra-default").ShouldBeFalse();
    }

    [Fact]
    public async Task Everything_ThatConnects_IsRecorded_AndTheDefaultGroupIsClosed()
    {
        var deployed = await Deployed.Of(() => new VpcNetwork("network", Args()));

        deployed
            .Inputs("network-flow-logs")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "iamRoleArn": "arn:aws:test:eu-west-1:123456789012:network-flow-logs-role", "logDestination": "arn:aws:test:eu-west-1:123456789012:network-flow-logs-group",
                      "logDestinationType": "cloud-watch-logs", "maxAggregationInterval": 60, "trafficType": "ALL", "vpcId": "network_id"
                    }
                    """));
        deployed
            .Inputs("network-flow-logs-group")
            .ShouldBe(Deployed.Json("""{ "kmsKeyId": "arn:key", "name": "/aws/vpc/studio-test/flow-logs", "retentionInDays": 365 }"""));
        deployed.Inputs("network-default-security-group").ShouldBe(Deployed.Json("""{ "vpcId": "network_id", "tags": { "Name": "studio-test unused" } }"""));
    }

    [Fact]
    public async Task Services_AreReachedInsideTheVpc()
    {
        var deployed = await Deployed.Of(() => new VpcNetwork("network", Args(endpoints: true)));

        deployed
            .Inputs("network-endpoints-s3")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "routeTableIds": ["network-private-1-routes_id", "network-private-2-routes_id", "network-private-3-routes_id"], "serviceName": "com.amazonaws.eu-west-1.s3",
                      "tags": { "Name": "studio-test s3" }, "vpcEndpointType": "Gateway", "vpcId": "network_id"
                    }
                    """));
        deployed
            .Inputs("network-endpoints-ecr-dkr")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "privateDnsEnabled": true, "securityGroupIds": ["network-endpoints-security-group_id"], "serviceName": "com.amazonaws.eu-west-1.ecr.dkr",
                      "subnetIds": ["network-private-1_id", "network-private-2_id", "network-private-3_id"], "tags": { "Name": "studio-test ecr.dkr" },
                      "vpcEndpointType": "Interface", "vpcId": "network_id"
                    }
                    """));
        deployed
            .Inputs("network-endpoints-security-group-from-10.20.0.0-16-443")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "cidrIpv4": "10.20.0.0/16", "description": "AWS services reached from inside the VPC", "fromPort": 443, "ipProtocol": "tcp",
                      "securityGroupId": "network-endpoints-security-group_id", "toPort": 443
                    }
                    """));
    }

    [Fact]
    public async Task Rejects_OtherThanAllZones() =>
        (await Deployed.Refusal(() => new VpcNetwork("network", Args(zones: ["eu-west-1a"])))).ShouldContain(
            "Network 'network' wants 3 zones and names 1: name as many as it wants, or none.");

    private static VpcNetworkArgs Args(NatStrategy nat = NatStrategy.PerZone, bool endpoints = false, string[]? zones = null) => new()
    {
        Account = AwsParts.Account(),
        Block = Ipv4Block.Parse("10.20.0.0/16"),
        DisplayName = "studio-test",
        InterfaceEndpoints = endpoints ? EndpointServices.Cluster : [],
        LogKeyArn = "arn:key",
        Nat = nat,
        Zones = [.. zones ?? []],
    };
}
