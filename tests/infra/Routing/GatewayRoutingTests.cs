using Infra.Dns;
using Infra.Routing;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Routing;

// Promise: WebSockets outlive Google's default of 30 seconds, health checks need nothing that the vendor did not publish, and annotations that are known
// later reach the Ingress.
public sealed class GatewayRoutingTests
{
    private static readonly HostRoutes Routes = new([DomainName.Parse("connect.example.com")], DomainName.Parse("*.example.com"), "connect-proxy", 80);

    [Fact]
    public async Task ARoute_LeadsBothHostsToTheService()
    {
        var deployed = await Deployed.Of(() => Route(new IngressController.Gateway("gw", "gateways")));

        deployed.Inputs("studios-httproute").ShouldBe(Deployed.Json(
            """
            {
              "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": { "name": "studios", "namespace": "seqera-platform" },
              "spec": {
                "parentRefs": [{ "name": "gw", "namespace": "gateways", "sectionName": "https" }],
                "hostnames": ["connect.example.com", "*.example.com"],
                "rules": [{ "backendRefs": [{ "name": "connect-proxy", "port": 80 }] }]
              }
            }
            """));
        deployed.Inputs("studios-gcpbackendpolicy").ShouldBe(Deployed.Json(
            """
            {
              "apiVersion": "networking.gke.io/v1", "kind": "GCPBackendPolicy", "metadata": { "name": "studios", "namespace": "seqera-platform" },
              "spec": {
                "default": { "timeoutSec": 3600, "connectionDraining": { "drainingTimeoutSec": 60 } },
                "targetRef": { "group": "", "kind": "Service", "name": "connect-proxy" }
              }
            }
            """));
    }

    [Theory]
    [InlineData(null, """{ "type": "TCP", "tcpHealthCheck": { "portSpecification": "USE_SERVING_PORT" } }""")]
    [InlineData("/healthz", """{ "type": "HTTP", "httpHealthCheck": { "portSpecification": "USE_SERVING_PORT", "requestPath": "/healthz" } }""")]
    public async Task AHealthCheck_AsksForThePortOrForThePath(string? path, string config) =>
        (await Deployed.Of(() => Route(new IngressController.Gateway("gw", "gateways", path)))).Inputs("studios-healthcheckpolicy").ShouldBe(Deployed.Json(
            $$"""
            {
              "apiVersion": "networking.gke.io/v1", "kind": "HealthCheckPolicy", "metadata": { "name": "studios", "namespace": "seqera-platform" },
              "spec": { "default": { "config": {{config}} }, "targetRef": { "group": "", "kind": "Service", "name": "connect-proxy" } }
            }
            """));

    [Fact]
    public async Task AnIngressOfGke_TakesAddressAndIssuer()
    {
        var deployed = await Deployed.Of(() => Route(new IngressController.Gce(ClusterIssuer: "letsencrypt-dns")));

        deployed
            .Inputs("studios-hosts")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
                      "metadata": {
                        "name": "studios-hosts", "namespace": "seqera-platform",
                        "annotations": {
                          "cert-manager.io/cluster-issuer": "letsencrypt-dns", "kubernetes.io/ingress.class": "gce",
                          "kubernetes.io/ingress.global-static-ip-name": "studio-edge", "networking.gke.io/v1beta1.FrontendConfig": "studios"
                        }
                      },
                      "spec": {
                        "rules": [
                          { "host": "connect.example.com", "http": { "paths": [{ "backend": { "service": { "name": "connect-proxy", "port": { "number": 80 } } }, "path": "/*", "pathType": "ImplementationSpecific" }] } },
                          { "host": "*.example.com", "http": { "paths": [{ "backend": { "service": { "name": "connect-proxy", "port": { "number": 80 } } }, "path": "/*", "pathType": "ImplementationSpecific" }] } }
                        ],
                        "tls": [{ "hosts": ["connect.example.com", "*.example.com"], "secretName": "studios-tls" }]
                      }
                    }
                    """));
    }

    [Fact]
    public async Task AManagedCertificate_HasEveryExactHost()
    {
        var routes = Routes with { Wildcard = null };
        var deployed = await Deployed.Of(() =>
            new HostRouting(
                "studios",
                new HostRoutingArgs
                {
                    Namespace = "seqera-platform",
                    Plan = RoutingPlan.For("studios", routes, new IngressController.Gce(ManagedCertificate: "studios-certificate", MakeCertificate: true)),
                }));

        deployed.Inputs("studios-managedcertificate").ShouldBe(Deployed.Json(
            """
            {
              "apiVersion": "networking.gke.io/v1", "kind": "ManagedCertificate", "metadata": { "name": "studios-certificate", "namespace": "seqera-platform" },
              "spec": { "domains": ["connect.example.com"] }
            }
            """));
    }

    private static HostRouting Route(IngressController controller) => new(
        "studios",
        new HostRoutingArgs
        {
            LaterAnnotations = controller is IngressController.Gce
                ? System.Collections.Immutable.ImmutableDictionary<string, Output<string>>.Empty.Add(GceRouting.AddressAnnotation, Output.Create("studio-edge"))
                : System.Collections.Immutable.ImmutableDictionary<string, Output<string>>.Empty,
            Namespace = "seqera-platform",
            Plan = RoutingPlan.For("studios", Routes, controller),
        });
}
