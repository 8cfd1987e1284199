using Infra.LoadBalancing;
using Infra.Manifests;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.LoadBalancing;

// Promise: one address with Google's certificates, plain HTTP only to be sent away from, old TLS refused, and routes from named namespaces only.
public sealed class PlatformGatewayTests
{
    [Fact]
    public async Task TheGateway_HasAnAddressAMapAndTwoListeners() => (await Deployed.Of(() => Make())).Inputs("edge").ShouldBe(Deployed.Json(
        """
        {
          "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
          "metadata": { "name": "studio-platform", "namespace": "gateways", "annotations": { "networking.gke.io/certmap": "map-1" } },
          "spec": {
            "gatewayClassName": "gke-l7-global-external-managed",
            "addresses": [{ "type": "NamedAddress", "value": "studio-edge" }],
            "listeners": [
              { "name": "http", "protocol": "HTTP", "port": 80, "allowedRoutes": { "namespaces": { "from": "Same" } } },
              {
                "name": "https", "protocol": "HTTPS", "port": 443,
                "allowedRoutes": { "namespaces": { "from": "Selector", "selector": { "matchExpressions": [
                  { "key": "kubernetes.io/metadata.name", "operator": "In", "values": ["seqera-platform"] }
                ] } } }
              }
            ]
          }
        }
        """));

    [Fact]
    public async Task PlainHttp_IsRedirected() => (await Deployed.Of(() => Make())).Inputs("edge-redirect").ShouldBe(Deployed.Json(
        """
        {
          "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": { "namespace": "gateways" },
          "spec": {
            "parentRefs": [{ "name": "studio-platform", "sectionName": "http" }],
            "rules": [{ "filters": [{ "type": "RequestRedirect", "requestRedirect": { "scheme": "https", "statusCode": 301 } }] }]
          }
        }
        """));

    [Fact]
    public async Task OldTls_IsRefused()
    {
        var deployed = await Deployed.Of(() => Make());

        deployed.Inputs("edge-tls").ShouldBe(Deployed.Json("""{ "minTlsVersion": "TLS_1_2", "profile": "MODERN" }"""));
        deployed
            .Inputs("edge-policy")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "apiVersion": "networking.gke.io/v1", "kind": "GCPGatewayPolicy", "metadata": { "namespace": "gateways" },
                      "spec": { "default": { "sslPolicy": "edge-tls-1a2b3c4d" }, "targetRef": { "group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "studio-platform" } }
                    }
                    """));
    }

    private static PlatformGateway Make() => new(
        "edge",
        new PlatformGatewayArgs
        {
            AddressName = Output.Create("studio-edge"),
            CertificateMapName = "map-1",
            GatewayName = KubernetesName.Parse("studio-platform"),
            Namespace = "gateways",
            RouteNamespaces = ["seqera-platform"],
        });
}
