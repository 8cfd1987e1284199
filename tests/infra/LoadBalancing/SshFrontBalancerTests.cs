using Infra.Clusters;
using Infra.LoadBalancing;
using Infra.Networks;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.LoadBalancing;

// Promise: SSH and HTTPS share a host, both with the client's own address, and only the ways between balancer and targets are open.
public sealed class SshFrontBalancerTests
{
    [Fact]
    public async Task Children_BelongToTheComponent()
    {
        var deployed = await Deployed.Of(options => Front(options));

        deployed.Lineages.Where(lineage => lineage.StartsWith("platform:loadBalancing:SshFrontBalancer", StringComparison.Ordinal)
            && !lineage.Contains("SecurityGroup", StringComparison.Ordinal)).ShouldBe([
            "platform:loadBalancing:SshFrontBalancer$aws:lb/listener:Listener::front-http-listener",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/listener:Listener::front-https-listener",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/listener:Listener::front-ssh-listener",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/loadBalancer:LoadBalancer::front",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroup:TargetGroup::front-http",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroup:TargetGroup::front-https",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroup:TargetGroup::front-ssh",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroupAttachment:TargetGroupAttachment::front-http-balancer",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroupAttachment:TargetGroupAttachment::front-https-balancer",
            "platform:loadBalancing:SshFrontBalancer$kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding::front-ssh-binding",
            "platform:loadBalancing:SshFrontBalancer::front",
        ]);
    }

    [Fact]
    public async Task Ssh_GoesToTheNodePortAndKeepsTheClientsAddress()
    {
        var deployed = await Deployed.Of(options => Front(options));

        deployed.Inputs("front-ssh").ShouldBe(Deployed.Json("""
            {
              "healthCheck": { "enabled": true, "healthyThreshold": 2, "interval": 10, "port": "traffic-port", "protocol": "TCP", "unhealthyThreshold": 2 },
              "port": 30222, "preserveClientIp": "true", "protocol": "TCP", "targetType": "instance", "vpcId": "vpc-1"
            }
            """));
        deployed.Inputs("front-ssh-listener").ShouldContain("\"port\": 2222");
        foreach (var listener in new[] { "front-http-listener", "front-https-listener", "front-ssh-listener" })
        {
            deployed.Inputs(listener).ShouldContain("\"tcpIdleTimeoutSeconds\": 3600");
        }

        deployed.Inputs("front-ssh-binding").ShouldContain("\"name\": \"proxy-ssh\"");
    }

    [Fact]
    public async Task Web_GoesOnToTheApplicationBalancer()
    {
        var deployed = await Deployed.Of(options => Front(options));

        deployed.Inputs("front-https").ShouldBe(Deployed.Json("""
            {
              "healthCheck": { "enabled": true, "matcher": "200-499", "path": "/", "protocol": "HTTPS" },
              "port": 443, "protocol": "TCP", "targetType": "alb", "vpcId": "vpc-1"
            }
            """));
        deployed.Inputs("front").ShouldContain("\"loadBalancerType\": \"network\"");
    }

    [Fact]
    public async Task OnlyTheWaysToTheTargets_AreOpen()
    {
        var deployed = await Deployed.Of(options => Front(options));

        deployed
            .Plan.Keys.Where(key =>
                key.Contains("GroupEgressRule::front", StringComparison.Ordinal) || key.Contains("GroupIngressRule::front", StringComparison.Ordinal))
            .Select(key => key[(key.IndexOf("::", StringComparison.Ordinal) + 2)..])
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "front-at-http",
                "front-at-https",
                "front-at-ssh",
                "front-security-group-from-203.0.113.0-24-2222",
                "front-security-group-from-203.0.113.0-24-443",
                "front-security-group-from-203.0.113.0-24-80",
                "front-to-http",
                "front-to-https",
                "front-to-ssh",
            ]);
        deployed.Inputs("front-to-ssh").ShouldContain("\"referencedSecurityGroupId\": \"sg-nodes\"");
    }

    private static void Front(ComponentResourceOptions options)
    {
        var clients = Ipv4Block.Parse("203.0.113.0/24");
        var web = new PlatformLoadBalancer(
            "edge",
            new PlatformLoadBalancerArgs
            {
                Cluster = new Cluster(),
                CertificateArn = "arn:certificate",
                ClientBlocks = [clients],
            },
            options);
        new SshFrontBalancer(
            "front",
            new SshFrontBalancerArgs
            {
                Cluster = new Cluster(),
                Web = web,
                Namespace = "seqera",
                Service = "proxy-ssh",
                Port = 2222,
                NodePort = 30222,
                ClientBlocks = [clients],
            },
            options);
    }

    private sealed class Cluster : IVpcCluster
    {
        public INetwork Network => new Vpc();

        public Output<string> NodeSecurityGroupId => Output.Create("sg-nodes");
    }

    private sealed class Vpc : INetwork
    {
        public Output<string> VpcId => Output.Create("vpc-1");

        public IReadOnlyList<NetworkSubnet> PublicSubnets => [new("a", Output.Create("subnet-a")), new("b", Output.Create("subnet-b"))];

        public IReadOnlyList<NetworkSubnet> PrivateSubnets => PublicSubnets;

        public IReadOnlyList<NetworkSubnet> ControlPlaneSubnets => PublicSubnets;
    }
}
