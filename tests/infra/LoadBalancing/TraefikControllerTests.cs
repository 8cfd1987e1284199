using System.Text.Json.Nodes;
using Infra.LoadBalancing;
using Infra.Networks;
using Infra.Studios;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.LoadBalancing;

// Promise: Traefik serves the Ingresses of its class and no others, its address is known to the program, and it leaves no kinds behind.
public sealed class TraefikControllerTests
{
    [Fact]
    public async Task HasTheseChildren()
    {
        var deployed = await Deployed.Of(options => Make(new() { LoadBalancerMaker = SshLoadBalancer.AwsNetworkLoadBalancer }, options));

        deployed.Lineages.ShouldBe([
            "platform:loadBalancing:TraefikController$kubernetes:core/v1:Service::traefik",
            "platform:loadBalancing:TraefikController$kubernetes:helm.sh/v3:Release::traefik",
            "platform:loadBalancing:TraefikController$platform:namespaces:PlatformNamespace$kubernetes:core/v1:Namespace::traefik-namespace",
            "platform:loadBalancing:TraefikController$platform:namespaces:PlatformNamespace::traefik-namespace",
            "platform:loadBalancing:TraefikController::traefik",
        ]);
        deployed.OutputNames("TraefikController::traefik").ShouldBe(["loadBalancer"]);
    }

    [Fact]
    public async Task TheRelease_IsThisOne() => Of(await Deployed.Of(options => Make(
        new() { ClassName = "inner", LoadBalancerMaker = SshLoadBalancer.ClusterDefault }, options)), "helm.sh/v3:Release").ShouldBe(Deployed.Json(
            """
            {
              "chart": "traefik", "compat": "true", "name": "traefik", "namespace": "traefik", "skipCrds": true, "timeout": 600, "version": "41.6.1",
              "repositoryOpts": { "repo": "https://traefik.github.io/charts" },
              "values": {
                "additionalArguments": [
                  "--providers.kubernetesingress.ingressclass=inner",
                  "--providers.kubernetesingress.ingressendpoint.publishedservice=traefik/traefik",
                  "--entrypoints.web.http.redirections.entrypoint.to=:443",
                  "--entrypoints.web.http.redirections.entrypoint.scheme=https",
                  "--entrypoints.web.http.redirections.entrypoint.permanent=true",
                  "--entrypoints.websecure.transport.respondingtimeouts.readtimeout=3600s"
                ],
                "deployment": { "replicas": 2 },
                "ingressClass": { "enabled": true, "isDefaultClass": false, "name": "inner" },
                "ingressRoute": { "dashboard": { "enabled": false } },
                "podDisruptionBudget": { "enabled": true, "maxUnavailable": 1 },
                "providers": { "kubernetesCRD": { "enabled": false }, "kubernetesIngress": { "enabled": true, "publishedService": { "enabled": false } } },
                "resources": { "requests": { "cpu": "100m", "memory": "128Mi" } },
                "service": { "enabled": false },
                "topologySpreadConstraints": [{
                  "labelSelector": { "matchLabels": { "app.kubernetes.io/instance": "traefik-traefik", "app.kubernetes.io/name": "traefik" } },
                  "maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway"
                }]
              }
            }
            """));

    [Fact]
    public async Task BehindABalancerOfAws_TheServiceIsThisOne() => Of(await Deployed.Of(options => Make(
        new() { ClientBlocks = [Ipv4Block.Parse("203.0.113.0/24")], LoadBalancerMaker = SshLoadBalancer.AwsNetworkLoadBalancer }, options)), "core/v1:Service")
        .ShouldBe(Deployed.Json(
            """
            {
              "apiVersion": "v1", "kind": "Service",
              "metadata": {
                "name": "traefik", "namespace": "traefik",
                "annotations": {
                  "service.beta.kubernetes.io/aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
                  "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "TCP",
                  "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443": "tcp.idle_timeout.seconds=3600",
                  "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-80": "tcp.idle_timeout.seconds=3600",
                  "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
                  "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
                  "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": "preserve_client_ip.enabled=true"
                }
              },
              "spec": {
                "externalTrafficPolicy": "Local", "loadBalancerClass": "service.k8s.aws/nlb", "loadBalancerSourceRanges": ["203.0.113.0/24"],
                "ports": [
                  { "name": "web", "port": 80, "protocol": "TCP", "targetPort": "web" },
                  { "name": "websecure", "port": 443, "protocol": "TCP", "targetPort": "websecure" }
                ],
                "selector": { "app.kubernetes.io/instance": "traefik-traefik", "app.kubernetes.io/name": "traefik" },
                "type": "LoadBalancer"
              }
            }
            """));

    [Theory]
    [InlineData(SshLoadBalancer.GooglePassthrough, true, "cloud.google.com/l4-rbs", "enabled")]
    [InlineData(SshLoadBalancer.GooglePassthrough, false, "networking.gke.io/load-balancer-type", "Internal")]
    [InlineData(SshLoadBalancer.EksAutoMode, false, "service.beta.kubernetes.io/aws-load-balancer-scheme", "internal")]
    public async Task EachCloud_IsAskedInItsWords(SshLoadBalancer maker, bool internetFacing, string annotation, string value)
    {
        var args = new TraefikControllerArgs { InternetFacing = internetFacing, LoadBalancerMaker = maker, Replicas = 1 };
        var service = JsonNode.Parse(Of(await Deployed.Of(options => Make(args, options)), "core/v1:Service"))!;

        ((string)service["metadata"]!["annotations"]![annotation]!).ShouldBe(value);
    }

    private static string Of(Deployed deployed, string type) => deployed.Plan.Single(resource => resource.Key == $"kubernetes:{type}::traefik").Value;

    private static TraefikController Make(TraefikControllerArgs args, ComponentResourceOptions options) => new("traefik", args, options);
}
