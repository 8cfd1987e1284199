using Infra.Clusters;
using Infra.Networks;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: whoever the stack file names reaches the private API server, before the first object is put there, and nobody else.
public sealed class EksAccessTests
{
    [Fact]
    public async Task WhoIsNamed_ReachesThePrivateEndpoint()
    {
        var deployed = await Deployed.Of(() => new EksCluster("cluster", Args(new EksEndpointAccess([])
        {
            PrivateBlocks = [Ipv4Block.Parse("10.0.0.0/16")],
            PrivateGroupIds = ["sg-0123456789abcdef0"],
        })));

        deployed.Inputs("cluster-from-10.0.0.0-16").ShouldBe(Deployed.Json("""
            { "cidrIpv4": "10.0.0.0/16", "description": "API server", "fromPort": 443, "ipProtocol": "tcp", "securityGroupId": "sg-nodes", "toPort": 443 }
            """));
        deployed.Inputs("cluster-from-sg-0123456789abcdef0").ShouldBe(Deployed.Json("""
            {
              "description": "API server", "fromPort": 443, "ipProtocol": "tcp", "referencedSecurityGroupId": "sg-0123456789abcdef0",
              "securityGroupId": "sg-nodes", "toPort": 443
            }
            """));
    }

    [Fact]
    public async Task NobodyElse_ReachesThePrivateEndpoint() =>
        (await Deployed.Of(() => new EksCluster("cluster", Args(EksEndpointAccess.Private)))).Plan.Keys
            .Where(key => key.StartsWith("aws:vpc/securityGroupIngressRule", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public async Task TheControlPlane_MakesNoLogGroupAfterItsOwnIsGone() =>
        (await Deployed.Of(() => new EksCluster("cluster", Args(EksEndpointAccess.Private)))).Inputs("cluster-log-group-policy").ShouldBe(Deployed.Json("""
            {
              "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"NoLogGroup\",\"Effect\":\"Deny\",\"Action\":\"logs:CreateLogGroup\",\"Resource\":\"*\"}]}",
              "role": "cluster-role-1a2b3c4d"
            }
            """));

    [Theory]
    [InlineData(true, "scalingConfig.desiredSize")]
    [InlineData(false)]
    public async Task TheNumberOfNodes_BelongsToTheAutoscaler_OrToTheStackFile(bool autoscaler, params string[] ignored) =>
        (await Captured.Options<Pulumi.Aws.Eks.NodeGroupArgs>(
            "cluster-nodes-general",
            options => new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account(), autoscaler: autoscaler), options))).IgnoreChanges.ShouldBe(ignored);

    [Theory]
    [InlineData(null, "sg-adopted")]
    [InlineData("sg-0123456789abcdef0", "sg-0123456789abcdef0")]
    public async Task AnAdoptedCluster_HasTheNodesGroupThatIsNamed(string? given, string expected)
    {
        AdoptedEksCluster? cluster = null;
        await Deployed.Of(() => cluster = new AdoptedEksCluster(
            "adopted",
            new AdoptedEksClusterArgs
            {
                Account = AwsParts.Account(),
                AuthenticationMode = EksAuthenticationMode.ConfigMap,
                ClusterName = "shared",
                Network = AwsParts.Network(),
                NodeSecurityGroupId = given,
            }));

        (await Deployed.ValueOf(cluster!.NodeSecurityGroupId)).ShouldBe(expected);
    }

    private static EksClusterArgs Args(EksEndpointAccess endpoint)
    {
        var args = AwsParts.Cluster(AwsParts.Account());
        return new EksClusterArgs
        {
            Account = args.Account,
            AdministratorArns = args.AdministratorArns,
            ClusterName = args.ClusterName,
            Endpoint = endpoint,
            InstanceTags = args.InstanceTags,
            KeyArn = args.KeyArn,
            Network = args.Network,
            Pools = args.Pools,
            Version = args.Version,
        };
    }
}
