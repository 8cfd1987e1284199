using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Dns;
using Infra.Studios;
using Tests.Support;

namespace Tests.Infra.Studios;

// Promise: the Service for SSH selects the pods of connect-proxy, which the vendor's example does not.
public sealed class SshServiceTests
{
    private const string Selector = """
        "selector": { "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "proxy" }
        """;

    private const string Labels = """
        "labels": {
          "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "proxy",
          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
        }
        """;

    [Fact]
    public async Task TheSameHost_IsANodePort()
    {
        var deployed = await Deployed.Of(options => new SshService("ssh", Args(new SshExposure.SameHost(30222)), options));

        deployed.Lineages.ShouldBe(["platform:studios:SshService$kubernetes:core/v1:Service::ssh", "platform:studios:SshService::ssh"]);
        deployed.Inputs("ssh").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "Service",
              "metadata": { "name": "proxy-ssh", "namespace": "seqera", {{Labels}} },
              "spec": {
                "externalTrafficPolicy": "Local",
                "ports": [{ "name": "ssh", "nodePort": 30222, "port": 2222, "protocol": "TCP", "targetPort": 2222 }],
                {{Selector}},
                "type": "NodePort"
              }
            }
            """));
    }

    [Fact]
    public async Task AnOwnHost_IsALoadBalancer()
    {
        var deployed = await Deployed.Of(() => new SshService("ssh", Args(new SshExposure.OwnHost(DomainName.Parse("ssh.example.com")), "ssh.example.com")));

        deployed.Inputs("ssh").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "Service",
              "metadata": {
                "name": "proxy-ssh", "namespace": "seqera", {{Labels}},
                "annotations": {
                  "external-dns.alpha.kubernetes.io/hostname": "ssh.example.com",
                  "service.beta.kubernetes.io/aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
                  "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "TCP",
                  "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-2222": "tcp.idle_timeout.seconds=3600",
                  "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
                  "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
                  "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": "preserve_client_ip.enabled=true"
                }
              },
              "spec": {
                "externalTrafficPolicy": "Local",
                "loadBalancerClass": "service.k8s.aws/nlb",
                "loadBalancerSourceRanges": ["203.0.113.0/24"],
                "ports": [{ "name": "ssh", "port": 2222, "protocol": "TCP", "targetPort": 2222 }],
                {{Selector}},
                "type": "LoadBalancer"
              }
            }
            """));
    }

    private static SshServiceArgs Args(SshExposure exposure, string? externalDns = null) => new()
    {
        Namespace = "seqera",
        Plan = SshServicePlan.Plan(exposure, 2222, SshLoadBalancer.AwsNetworkLoadBalancer, internetFacing: true, ["203.0.113.0/24"]),
        ExternalDnsHost = externalDns,
    };
}

// SSH needs a way of its own through layer 4, on which the client's address survives.
public class SshServicePlanTests
{
    [Property]
    public Property ClientAddresses_AreAlwaysKept() =>
        Prop.ForAll(
                Arb.From(Gen.Elements<SshExposure>(new SshExposure.SameHost(30222), new SshExposure.OwnHost(DomainName.Parse("ssh.example.com")))),
                Arb.From(Gen.Elements(Enum.GetValues<SshLoadBalancer>())),
                Arb.From(from port in Gen.Choose(1, 65535) from internetFacing in Gen.Elements(true, false) select (port, internetFacing)),
                (exposure, balancer, entry) =>
                {
                    var plan = SshServicePlan.Plan(exposure, entry.port, balancer, entry.internetFacing, []);
                    var node = exposure is SshExposure.SameHost;
                    return plan.ExternalTrafficPolicy == "Local"
                        && plan.Port == entry.port
                        && plan.NodePort is not null == node
                        && plan.Type == (node ? "NodePort" : "LoadBalancer")
                        && (!node || plan.Annotations.IsEmpty);
                });

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
            new SshExposure.OwnHost(DomainName.Parse("ssh.example.com")),
            22,
            SshLoadBalancer.AwsNetworkLoadBalancer,
            internetFacing,
            ["203.0.113.0/24", "198.51.100.0/24"]);

        (plan.Type, plan.Port, plan.NodePort, plan.ExternalTrafficPolicy, plan.LoadBalancerClass).ShouldBe(
            ("LoadBalancer", 22, null, "Local", "service.k8s.aws/nlb"));
        plan.SourceRanges.ShouldBe(["198.51.100.0/24", "203.0.113.0/24"]);
        plan.Annotations.ShouldBe(new Dictionary<string, string>
        {
            ["service.beta.kubernetes.io/aws-load-balancer-attributes"] = "load_balancing.cross_zone.enabled=true",
            ["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"] = "TCP",
            ["service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-22"] = "tcp.idle_timeout.seconds=3600",
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
