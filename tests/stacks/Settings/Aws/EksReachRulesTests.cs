namespace Tests.Stacks.Settings.Aws;

// Promise: a stack file with which nobody would reach the API server is refused, and says every way in; a way that leads nowhere is refused, too.
public sealed class EksReachRulesTests
{
    private static readonly (string Path, string? Json) Private = ("cluster.eks.publicAccess", "[]");

    [Theory]
    [InlineData("""{ "create": {} }""")]
    [InlineData("""{ "existing": { "vpcId": "vpc-0123456789abcdef0", "privateSubnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] } }""")]
    public void Rejects_AnApiServerThatNobodyReaches(string network) =>
        AwsSample.Messages(Private, ("cluster.eks.network", network), ("dns.route53.internetFacing", "false")).ShouldBe([
            """
            platform:cluster.eks.privateAccess: lets nobody in, and there is no publicAccess either: the first object that Pulumi makes on the cluster would wait until it gives up
              allowed: blocks or securityGroups of what runs Pulumi, runnerInside: true where it gets in on another way, or publicAccess
              fix:     privateAccess: { blocks: [10.0.0.0/16] } for a runner that a connection of the VPC leads to, or publicAccess: [203.0.113.0/24] until a second update closes it (docs/aws.md, Reach the API server)
            """,
        ]);

    [Theory]
    [InlineData("""{ "runnerInside": true }""", "{}")]
    [InlineData("""{ "securityGroups": ["sg-0123456789abcdef0"] }""", "{}")]
    [InlineData("""{ "blocks": ["10.20.64.0/18"] }""", "{}")]
    [InlineData("""{ "blocks": ["10.0.0.0/24"] }""", """{ "peers": ["10.0.0.0/16"] }""")]
    [InlineData("""{ "blocks": ["10.0.0.0/16"] }""", """{ "peerings": { "tools": { "vpcId": "vpc-0123456789abcdef0", "blocks": ["10.0.0.0/16"] } } }""")]
    [InlineData("""{ "blocks": ["10.0.0.0/16"] }""", """{ "transitGateways": { "company": { "id": "tgw-0123456789abcdef0", "blocks": ["10.0.0.0/8"] } } }""")]
    public void AWayIn_IsEnough(string access, string network) =>
        AwsSample.Messages(Private, ("cluster.eks.privateAccess", access), ("cluster.eks.network", $$"""{ "create": {{network}} }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_AWayInFromWhereNoRouteLeads() => AwsSample.Messages(
        Private, ("cluster.eks.privateAccess", """{ "blocks": ["10.0.0.0/16"] }""")).ShouldBe([
        """
        platform:cluster.eks.privateAccess.blocks[0]: is neither in the VPC, 10.20.0.0/16, nor in a network that is connected to it, so that nothing there finds the way
          given:   10.0.0.0/16
          allowed: a block of the VPC, or of network.create.peerings, transitGateways or peers
          fix:     network: { create: { transitGateways: { company: { id: tgw-0123456789abcdef0, blocks: [10.0.0.0/16] } } } }, or peers: [10.0.0.0/16] if the connection is made elsewhere
        """,
    ]);

    [Fact]
    public void Rejects_AWayInForEverybody() => AwsSample.Messages(("cluster.eks.privateAccess", """{ "blocks": ["0.0.0.0/0"] }""")).ShouldBe([
        """
        platform:cluster.eks.privateAccess.blocks[0]: lets everything in that ever gets a route to the VPC
          given:   0.0.0.0/0
          allowed: the addresses of runners, bastions and administrators
          fix:     name your own networks
        """,
    ]);

    [Fact]
    public void Rejects_ConnectionsThatNoRouteCanLeadTo() => AwsSample.Messages((
        "cluster.eks.network",
        """
        {
          "create": {
            "peerings": { "tools": { "vpcId": "vpc-0123456789abcdef0", "blocks": ["10.20.1.0/24", "10.0.0.0/16"] } },
            "transitGateways": { "company": { "id": "tgw-0123456789abcdef0", "blocks": ["10.0.0.0/16", "172.16.0.0/12"] } }
          }
        }
        """)).ShouldBe(
        [
            """
            platform:cluster.eks.network.create.peerings.tools.blocks[0]: lies in the VPC's own addresses, 10.20.0.0/16, which no route leads away from
              given:   10.20.1.0/24
              allowed: addresses outside of the VPC
              fix:     choose another block for the VPC
            """,
            """
            platform:cluster.eks.network.create.transitGateways.company.blocks[0]: is named twice, and a route table has one route for each block
              given:   10.0.0.0/16
              allowed: every block once
              fix:     remove one of them
            """,
            """
            platform:cluster.eks.serviceBlock: overlaps with a peer of the VPC, 172.16.0.0/12, and pods would never reach it
              given:   172.20.0.0/16
              allowed: addresses that nothing in or near the VPC has
              fix:     choose another block for Services
            """,
        ],
        ignoreOrder: true);

    [Theory]
    [InlineData("peerings", "tools", """{ "vpcId": "vpc-0123456789abcdef0", "blocks": [] }""")]
    [InlineData("transitGateways", "company", """{ "id": "tgw-0123456789abcdef0", "blocks": [] }""")]
    public void Rejects_AConnectionToNothing(string kind, string name, string connection) => AwsSample.Messages((
        "cluster.eks.network", $$"""{ "create": { "{{kind}}": { "{{name}}": {{connection}} } } }""")).ShouldBe([
        $"""
        platform:cluster.eks.network.create.{kind}.{name}.blocks: is empty, so that no route leads through the connection
          allowed: one block or more
          fix:     blocks: [10.0.0.0/16]
        """,
    ]);
}
