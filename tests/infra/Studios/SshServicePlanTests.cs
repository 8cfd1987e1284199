using FsCheck;
using FsCheck.Fluent;
using Infra.Dns;
using Infra.Studios;

namespace Tests.Infra.Studios;

// SSH needs a way of its own through layer 4, on which the client's address survives.
public class SshServicePlanTests
{
    [Fact]
    public void ClientAddresses_AreAlwaysKept() => Prop.ForAll(
        Arb.From(Gen.Elements<SshExposure>(new SshExposure.SameHost(30222), new SshExposure.OwnHost(DomainName.Parse("ssh.example.com")))),
        Arb.From(Gen.Elements(Enum.GetValues<SshLoadBalancer>())),
        Arb.From(from port in Gen.Choose(1, 65535) from internetFacing in Gen.Elements(true, false) select (port, internetFacing)),
        (exposure, balancer, c) =>
        {
            var plan = SshServicePlan.Plan(exposure, c.port, balancer, c.internetFacing, []);
            var node = exposure is SshExposure.SameHost;
            return plan.ExternalTrafficPolicy == "Local" && plan.Port == c.port && plan.NodePort is not null == node && plan.Type == (node ? "NodePort" : "LoadBalancer")
                && (!node || plan.Annotations.IsEmpty);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheSameHost_IsAPortOfEveryNode()
    {
        var plan = SshServicePlan.Plan(new SshExposure.SameHost(30222), 2222, SshLoadBalancer.ClusterDefault, internetFacing: true, []);

        (plan.Type, plan.Port, plan.NodePort, plan.ExternalTrafficPolicy, plan.LoadBalancerClass).ShouldBe(("NodePort", 2222, 30222, "Local", null));
        plan.Annotations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "internet-facing")]
    [InlineData(false, "internal")]
    public void AnOwnHostOnAws_IsANetworkLoadBalancerThatKeepsClientAddresses(bool internetFacing, string scheme)
    {
        var plan = SshServicePlan.Plan(
            new SshExposure.OwnHost(DomainName.Parse("ssh.example.com")), 22, SshLoadBalancer.AwsNetworkLoadBalancer, internetFacing, ["203.0.113.0/24", "198.51.100.0/24"]);

        (plan.Type, plan.Port, plan.NodePort, plan.ExternalTrafficPolicy, plan.LoadBalancerClass).ShouldBe(("LoadBalancer", 22, null, "Local", "service.k8s.aws/nlb"));
        plan.SourceRanges.ShouldBe(["198.51.100.0/24", "203.0.113.0/24"]);
        plan.Annotations.ShouldBe(new Dictionary<string, string>
        {
            ["service.beta.kubernetes.io/aws-load-balancer-attributes"] = "load_balancing.cross_zone.enabled=true",
            ["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"] = "TCP",
            ["service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"] = "ip",
            ["service.beta.kubernetes.io/aws-load-balancer-scheme"] = scheme,
            ["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"] = "preserve_client_ip.enabled=true",
        }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(true, "cloud.google.com/l4-rbs", "enabled")]
    [InlineData(false, "networking.gke.io/load-balancer-type", "Internal")]
    public void AnOwnHostOnGoogle_IsAPassthroughBalancer(bool internetFacing, string annotation, string value)
    {
        var plan = SshServicePlan.Plan(new SshExposure.OwnHost(DomainName.Parse("ssh.example.com")), 22, SshLoadBalancer.GooglePassthrough, internetFacing, []);

        plan.Annotations.ShouldBe([new(annotation, value)]);
        plan.ExternalTrafficPolicy.ShouldBe("Local");
    }
}
