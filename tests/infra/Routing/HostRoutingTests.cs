using Infra.Dns;
using Infra.Routing;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Routing;

// Promise: each Ingress shows the certificate that covers its hosts, and no other.
public sealed class HostRoutingTests
{
    private static readonly HostRoutes Routes = new([DomainName.Parse("connect.example.com")], DomainName.Parse("*.example.com"), "connect-proxy", 80);

    private static readonly IReadOnlyList<DomainName> Exact = [DomainName.Parse("connect.example.com")];

    private static readonly IReadOnlyList<DomainName> Wildcard = [DomainName.Parse("example.com"), DomainName.Parse("*.example.com")];

    [Fact]
    public async Task OnAws_EachIngressNamesTheArnsThatCoverIt()
    {
        var deployed = await Deploy(
            new IngressController.Alb(InternetFacing: true, AlbTargetType.Ip, "platform"),
            new Certificate.Acm(Exact, Output.Create("arn:exact")),
            new Certificate.Acm(Wildcard, Output.Create("arn:wildcard")));

        deployed.Lineages.ShouldBe([
            "platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::studios-hosts",
            "platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::studios-sessions",
            "platform:routing:HostRouting::studios",
        ]);
        deployed.OutputNames("HostRouting::studios").ShouldBe(["loadBalancer"]);
        deployed.Inputs("studios-hosts").ShouldContain("\"alb.ingress.kubernetes.io/certificate-arn\": \"arn:exact,arn:wildcard\"");
        deployed.Inputs("studios-hosts").ShouldNotContain("\"tls\"");
        deployed.Inputs("studios-sessions").ShouldContain("\"alb.ingress.kubernetes.io/certificate-arn\": \"arn:wildcard\"");
    }

    [Fact]
    public async Task OnTraefik_TheSessionsAreAWholeIngressOfTheirOwn()
    {
        var deployed = await Deploy(new IngressController.Traefik(), new Certificate.TlsSecret(Wildcard, Output.Create("wildcard-tls")));

        deployed.Inputs("studios-sessions").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
              "metadata": {
                "name": "studios-sessions", "namespace": "seqera",
                "annotations": {
                  "traefik.ingress.kubernetes.io/router.entrypoints": "websecure",
                  "traefik.ingress.kubernetes.io/router.priority": "1",
                  "traefik.ingress.kubernetes.io/router.tls": "true"
                }
              },
              "spec": {
                "ingressClassName": "traefik",
                "rules": [{
                  "host": "*.example.com",
                  "http": { "paths": [{ "backend": { "service": { "name": "connect-proxy", "port": { "number": 80 } } }, "path": "/", "pathType": "Prefix" }] }
                }],
                "tls": [{ "hosts": ["*.example.com"], "secretName": "wildcard-tls" }]
              }
            }
            """));
    }

    [Fact]
    public async Task OnGke_OneIngressAndTheControllersOwnObjects()
    {
        var deployed = await Deploy(new IngressController.Gce(), new Certificate.PreShared(Wildcard, Output.Create("wildcard-certificate")));

        deployed.Lineages.ShouldBe([
            "platform:routing:HostRouting$kubernetes:cloud.google.com/v1:BackendConfig::studios-backendconfig",
            "platform:routing:HostRouting$kubernetes:networking.gke.io/v1beta1:FrontendConfig::studios-frontendconfig",
            "platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::studios-hosts",
            "platform:routing:HostRouting::studios",
        ]);
        deployed.Inputs("studios-hosts").ShouldContain("\"ingress.gcp.kubernetes.io/pre-shared-cert\": \"wildcard-certificate\"");
        deployed.Inputs("studios-backendconfig").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "cloud.google.com/v1", "kind": "BackendConfig",
              "metadata": { "name": "studios", "namespace": "seqera" },
              "spec": {
                "connectionDraining": { "drainingTimeoutSec": 60 },
                "healthCheck": { "requestPath": "/", "type": "HTTP" },
                "timeoutSec": 3600
              }
            }
            """));
    }

    [Fact]
    public async Task WithCertManager_TheSecretIsThePlans()
    {
        var deployed = await Deploy(new IngressController.Nginx(ClusterIssuer: "letsencrypt"));

        deployed.Inputs("studios-sessions").ShouldContain("\"secretName\": \"studios-sessions-tls\"");
    }

    private static Task<Deployed> Deploy(IngressController controller, params Certificate[] certificates) => Deployed.Of(options => new HostRouting(
        "studios",
        new HostRoutingArgs { Namespace = "seqera", Plan = RoutingPlan.For("studios", Routes, controller), Certificates = certificates },
        options));
}
