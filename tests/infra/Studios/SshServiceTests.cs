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
