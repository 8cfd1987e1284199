using Infra.Dns;
using Infra.Routing;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Routing;

// Promise: Traefik gets a certificate for the wildcard and sends http on, a Gateway of anybody leads to the Service, and nobody waits for a status that stays
// empty.
public sealed class TraefikAndGatewayTests
{
    private static readonly HostRoutes Routes = new([DomainName.Parse("connect.example.com")], DomainName.Parse("*.example.com"), "connect-proxy", 80);

    private static readonly IReadOnlyList<DomainName> Wildcard = [DomainName.Parse("example.com"), DomainName.Parse("*.example.com")];

    [Fact]
    public async Task AResolver_IsToldTheWildcard()
    {
        var deployed = await Deploy(new IngressController.Traefik(CertificateResolver: "letsencrypt"));

        deployed.Inputs("studios-hosts").ShouldNotContain("tls.domains");
        deployed.Inputs("studios-sessions").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
              "metadata": {
                "name": "studios-sessions", "namespace": "seqera",
                "annotations": {
                  "traefik.ingress.kubernetes.io/router.entrypoints": "websecure",
                  "traefik.ingress.kubernetes.io/router.priority": "1",
                  "traefik.ingress.kubernetes.io/router.tls": "true",
                  "traefik.ingress.kubernetes.io/router.tls.certresolver": "letsencrypt",
                  "traefik.ingress.kubernetes.io/router.tls.domains.0.main": "*.example.com"
                }
              },
              "spec": {
                "ingressClassName": "traefik",
                "rules": [{
                  "host": "*.example.com",
                  "http": { "paths": [{ "backend": { "service": { "name": "connect-proxy", "port": { "number": 80 } } }, "path": "/", "pathType": "Prefix" }] }
                }]
              }
            }
            """));
    }

    [Fact]
    public async Task ARedirect_IsAMiddleware_AndTheSameHostsWithoutTls()
    {
        var deployed = await Deploy(
            new IngressController.Traefik(CertificateResolver: "letsencrypt", RedirectedEntryPoint: "web"),
            certificates: new Certificate.TlsSecret(Wildcard, Output.Create("wildcard-tls")));

        deployed.Lineages.ShouldBe([
            "platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::studios-hosts",
            "platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::studios-hosts-redirect",
            "platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::studios-sessions",
            "platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::studios-sessions-redirect",
            "platform:routing:HostRouting$kubernetes:traefik.io/v1alpha1:Middleware::studios-middleware",
            "platform:routing:HostRouting::studios",
        ]);
        deployed.Inputs("studios-middleware").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "traefik.io/v1alpha1", "kind": "Middleware",
              "metadata": { "name": "studios-redirect", "namespace": "seqera" },
              "spec": { "redirectScheme": { "permanent": true, "scheme": "https" } }
            }
            """));
        deployed.Inputs("studios-sessions-redirect").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
              "metadata": {
                "name": "studios-sessions-redirect", "namespace": "seqera",
                "annotations": {
                  "traefik.ingress.kubernetes.io/router.entrypoints": "web",
                  "traefik.ingress.kubernetes.io/router.middlewares": "seqera-studios-redirect@kubernetescrd",
                  "traefik.ingress.kubernetes.io/router.priority": "1"
                }
              },
              "spec": {
                "ingressClassName": "traefik",
                "rules": [{
                  "host": "*.example.com",
                  "http": { "paths": [{ "backend": { "service": { "name": "connect-proxy", "port": { "number": 80 } } }, "path": "/", "pathType": "Prefix" }] }
                }]
              }
            }
            """));
        deployed.Inputs("studios-sessions").ShouldContain("wildcard-tls");
    }

    [Theory]
    [InlineData(null, null, """{ "name": "gw", "namespace": "gateways" }""", "")]
    [InlineData("https", 0, """{ "name": "gw", "namespace": "gateways", "sectionName": "https" }""", """, "timeouts": { "request": "0s" }""")]
    [InlineData("https", 5400, """{ "name": "gw", "namespace": "gateways", "sectionName": "https" }""", """, "timeouts": { "request": "5400s" }""")]
    public async Task AGateway_IsTheParentOfOneRoute(string? listener, int? seconds, string parent, string timeouts)
    {
        var deployed = await Deploy(
            new IngressController.AnyGateway("gw", "gateways", listener, seconds is { } given ? TimeSpan.FromSeconds(given) : null));

        deployed.Lineages.ShouldBe([
            "platform:routing:HostRouting$kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::studios-httproute",
            "platform:routing:HostRouting::studios",
        ]);
        deployed.Inputs("studios-httproute").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": { "name": "studios", "namespace": "seqera" },
              "spec": {
                "parentRefs": [{{parent}}],
                "hostnames": ["connect.example.com", "*.example.com"],
                "rules": [{ "backendRefs": [{ "name": "connect-proxy", "port": 80 }]{{timeouts}} }]
              }
            }
            """));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NobodyWaits_WhereNobodyReports(bool skip)
    {
        var deployed = await Deploy(new IngressController.Nginx(), skip);

        foreach (var ingress in new[] { "studios-hosts", "studios-sessions" })
        {
            deployed.Inputs(ingress).Contains("\"pulumi.com/skipAwait\": \"true\"", StringComparison.Ordinal).ShouldBe(skip, ingress);
        }
    }

    private static Task<Deployed> Deploy(IngressController controller, bool skipAwait = false, params Certificate[] certificates) => Deployed.Of(options =>
        new HostRouting(
            "studios",
            new HostRoutingArgs
            {
                Namespace = "seqera",
                Plan = RoutingPlan.For("studios", Routes, controller),
                Certificates = certificates,
                SkipAwait = skipAwait,
            },
            options));
}
