using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Networks;
using Infra.Routing;
using Tests.Support;

namespace Tests.Infra.LoadBalancing;

// Promise: exact hosts win over the wildcard, plain HTTP is sent to HTTPS, and the way to the pods is open for the load balancer alone.
public sealed class PlatformLoadBalancerTests
{
    [Fact]
    public async Task TheBalancer_DropsWhatIsMalformed_AndSendsHttpToHttps()
    {
        var deployed = await Deployed.Of(() => Make());

        deployed
            .Inputs("edge")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "desyncMitigationMode": "defensive", "dropInvalidHeaderFields": true, "enableDeletionProtection": true, "idleTimeout": 3600, "internal": false,
                      "ipAddressType": "ipv4", "loadBalancerType": "application", "securityGroups": ["edge-security-group_id"], "subnets": ["subnet-a", "subnet-b"]
                    }
                    """));
        deployed
            .Inputs("edge-http")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "defaultActions": [{ "redirect": { "port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301" }, "type": "redirect" }],
                      "loadBalancerArn": "arn:aws:test:eu-west-1:123456789012:edge", "port": 80, "protocol": "HTTP"
                    }
                    """));
        deployed
            .Inputs("edge-https")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "certificateArn": "arn:certificate",
                      "defaultActions": [{ "fixedResponse": { "contentType": "text/plain", "messageBody": "No such host.", "statusCode": "404" }, "type": "fixed-response" }],
                      "loadBalancerArn": "arn:aws:test:eu-west-1:123456789012:edge", "port": 443, "protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06"
                    }
                    """));
    }

    [Fact]
    public async Task ARoute_BindsHostsToPods()
    {
        var deployed = await Deployed.Of(() => Make().Route("studios", Route(200, "*.example.com", "connect.example.com"), new()));

        deployed
            .Inputs("studios")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "deregistrationDelay": 30,
                      "healthCheck": { "enabled": true, "healthyThreshold": 2, "interval": 15, "matcher": "200-499", "path": "/", "timeout": 5, "unhealthyThreshold": 2 },
                      "port": 8081, "protocol": "HTTP", "protocolVersion": "HTTP1", "targetType": "ip", "vpcId": "vpc-1"
                    }
                    """));
        deployed.Inputs("studios-1").ShouldBe(Rule(200, "connect.example.com"));
        deployed.Inputs("studios-wildcard").ShouldBe(Rule(ListenerPriorities.OfWildcard(200), "*.example.com"));
        deployed.Inputs("studios-binding").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "elbv2.k8s.aws/v1beta1", "kind": "TargetGroupBinding", "metadata": { "namespace": "seqera" },
              "spec": {
                "serviceRef": { "name": "connect-proxy", "port": 80 }, "targetGroupARN": "arn:aws:test:eu-west-1:123456789012:studios", "targetType": "ip"
              }
            }
            """));
        deployed.Inputs("edge-at-pods-8081").ShouldBe(Deployed.Json("""
            {
              "description": "Load balancer to pods", "fromPort": 8081, "ipProtocol": "tcp", "referencedSecurityGroupId": "edge-security-group_id",
              "securityGroupId": "sg-adopted", "toPort": 8081
            }
            """));
    }

    [Fact]
    public async Task TwoRoutesToOnePort_OpenItOnce()
    {
        var deployed = await Deployed.Of(() =>
        {
            var balancer = Make();
            balancer.Route("one", Route(100, null, "a.example.com"), new());
            balancer.Route("two", Route(200, null, "b.example.com"), new());
        });

        deployed.Inputs("edge-to-pods-8081").ShouldContain("\"referencedSecurityGroupId\": \"sg-adopted\"");
    }

    [Fact]
    public async Task ManyHosts_AreSpreadOverRules()
    {
        var hosts = Enumerable.Range(1, 6).Select(number => $"h{number}.example.com").ToArray();
        var deployed = await Deployed.Of(() => Make().Route("many", Route(300, null, hosts), new()));

        deployed.Inputs("many-1").ShouldBe(Rule(300, hosts[..5]));
        deployed.Inputs("many-2").ShouldBe(Rule(301, hosts[5]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(49_900)]
    public void AWildcard_ComesAfterEveryExactHost(int priority) =>
        ListenerPriorities.OfWildcard(priority).ShouldBeInRange(ListenerPriorities.FirstWildcard, ListenerPriorities.Last);

    [Fact]
    public async Task Rejects_ABalancerWithoutPublicSubnets() =>
        (await Deployed.Refusal(() => Make(new global::Infra.Networks.ExistingNetwork("vpc-1", [], ["subnet-1", "subnet-2"], [])))).ShouldContain(
            "Load balancer 'edge' needs subnets in two zones and the network has 0 public ones.");

    private static string Rule(int priority, params string[] hosts) => Deployed.Json($$"""
        {
          "actions": [{ "targetGroupArn": "arn:aws:test:eu-west-1:123456789012:{{(hosts[0].StartsWith('h') ? "many" : "studios")}}", "type": "forward" }],
          "conditions": [{ "hostHeader": { "values": [{{string.Join(", ", hosts.Select(host => $"\"{host}\""))}}] } }],
          "listenerArn": "arn:aws:test:eu-west-1:123456789012:edge-https", "priority": {{priority}}
        }
        """);

    private static LoadBalancerRouteArgs Route(int priority, string? wildcard, params string[] hosts) => new()
    {
        Namespace = "seqera",
        PodPort = 8081,
        Priority = priority,
        Routes = new HostRoutes([.. hosts.Select(DomainName.Parse)], wildcard is null ? null : DomainName.Parse(wildcard), "connect-proxy", 80),
    };

    private static PlatformLoadBalancer Make(INetwork? network = null) => new(
        "edge",
        new PlatformLoadBalancerArgs
        {
            CertificateArn = "arn:certificate",
            ClientBlocks = [Ipv4Block.Parse("0.0.0.0/0")],
            Cluster = new VpcOf(network ?? AwsParts.Network()),
            Protected = true,
        });

    private sealed class VpcOf(INetwork network) : global::Infra.Clusters.IVpcCluster
    {
        public INetwork Network { get; } = network;

        public Pulumi.Output<string> NodeSecurityGroupId { get; } = Pulumi.Output.Create("sg-adopted");
    }
}
