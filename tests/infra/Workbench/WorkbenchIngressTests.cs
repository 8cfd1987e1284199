using System.Text.Json;
using Infra.Dns;
using Infra.Routing;
using Infra.Workbench;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Workbench;

// Promise: whatever leads to Workbench keeps a browser at one server pod, asks the path that answers without signing in, and does not cut WebSockets.
public sealed class WorkbenchIngressTests
{
    private static readonly DomainName Host = DomainName.Parse("workbench.example.com");

    [Fact]
    public async Task OnAws_TheIngressIsThisOne()
    {
        var alb = new IngressController.Alb(true, AlbTargetType.Ip, "posit-workbench", HealthCheckPath: "/health-check", HealthySuccessCodes: "200")
        {
            IdleSeconds = 300,
            StickySeconds = RoutingPlan.StickySeconds,
        };
        var deployed = await Route(alb, new Certificate.Acm([Host], Output.Create("arn:certificate")));

        deployed.Inputs("routes-hosts").ShouldBe(Deployed.Json(
            """
            {
              "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
              "metadata": {
                "name": "routes-hosts", "namespace": "posit-workbench",
                "annotations": {
                  "alb.ingress.kubernetes.io/certificate-arn": "arn:certificate",
                  "alb.ingress.kubernetes.io/group.name": "posit-workbench", "alb.ingress.kubernetes.io/group.order": "100",
                  "alb.ingress.kubernetes.io/healthcheck-path": "/health-check",
                  "alb.ingress.kubernetes.io/listen-ports": "[{\"HTTP\": 80}, {\"HTTPS\": 443}]",
                  "alb.ingress.kubernetes.io/load-balancer-attributes": "idle_timeout.timeout_seconds=300,routing.http.drop_invalid_header_fields.enabled=true",
                  "alb.ingress.kubernetes.io/scheme": "internet-facing",
                  "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "alb.ingress.kubernetes.io/ssl-redirect": "443",
                  "alb.ingress.kubernetes.io/success-codes": "200",
                  "alb.ingress.kubernetes.io/target-group-attributes": "deregistration_delay.timeout_seconds=30,stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=86400",
                  "alb.ingress.kubernetes.io/target-type": "ip"
                }
              },
              "spec": {
                "ingressClassName": "alb",
                "rules": [{
                  "host": "workbench.example.com",
                  "http": { "paths": [{ "backend": { "service": { "name": "rstudio-workbench", "port": { "number": 80 } } }, "path": "/*", "pathType": "ImplementationSpecific" }] }
                }]
              }
            }
            """));
        Values(alb).ShouldBe("{}");
    }

    [Fact]
    public async Task OnGke_TheBackendIsThisOne_AndTheServiceNamesIt()
    {
        var gce = new IngressController.Gce(HealthCheckPath: "/health-check", ManagedCertificate: "workbench", MakeCertificate: true)
        {
            StickySeconds = RoutingPlan.StickySeconds,
        };
        var deployed = await Route(gce);

        deployed.Inputs("routes-backendconfig").ShouldBe(Deployed.Json(
            """
            {
              "apiVersion": "cloud.google.com/v1", "kind": "BackendConfig", "metadata": { "name": "workbench", "namespace": "posit-workbench" },
              "spec": {
                "timeoutSec": 3600, "connectionDraining": { "drainingTimeoutSec": 60 }, "healthCheck": { "type": "HTTP", "requestPath": "/health-check" },
                "sessionAffinity": { "affinityType": "GENERATED_COOKIE", "affinityCookieTtlSec": 86400 }
              }
            }
            """));
        deployed.Inputs("routes-managedcertificate").ShouldContain("\"workbench.example.com\"");
        deployed.Inputs("routes-hosts").ShouldContain("\"kubernetes.io/ingress.class\": \"gce\"");
        deployed.Inputs("routes-hosts").ShouldNotContain("ingressClassName");
        Values(gce).ShouldBe(Deployed.Json(
            """
            { "service": { "annotations": { "cloud.google.com/backend-config": "{\"default\": \"workbench\"}", "cloud.google.com/neg": "{\"ingress\": true}" } } }
            """));
    }

    [Fact]
    public async Task BehindAGatewayOfGke_ThePolicyIsThisOne()
    {
        var gateway = new IngressController.Gateway("shared", "gateways", "/health-check") { Listener = null, StickySeconds = RoutingPlan.StickySeconds };
        var deployed = await Route(gateway);

        deployed.Inputs("routes-gcpbackendpolicy").ShouldBe(Deployed.Json(
            """
            {
              "apiVersion": "networking.gke.io/v1", "kind": "GCPBackendPolicy", "metadata": { "name": "workbench", "namespace": "posit-workbench" },
              "spec": {
                "default": {
                  "timeoutSec": 3600, "connectionDraining": { "drainingTimeoutSec": 60 }, "sessionAffinity": { "type": "GENERATED_COOKIE", "cookieTtlSec": 86400 }
                },
                "targetRef": { "group": "", "kind": "Service", "name": "rstudio-workbench" }
              }
            }
            """));
        deployed.Inputs("routes-httproute").ShouldNotContain("sectionName");
        deployed.Inputs("routes-healthcheckpolicy").ShouldContain("\"requestPath\": \"/health-check\"");
        Values(gateway).ShouldBe("{}");
    }

    private static string Values(IngressController controller) => Deployed.Json(JsonSerializer.Serialize(WorkbenchIngress.Routed.By(controller, Host).Values));

    private static Task<Deployed> Route(IngressController controller, params Certificate[] certificates) => Deployed.Of(() => new HostRouting(
        "routes",
        new HostRoutingArgs { Certificates = certificates, Namespace = "posit-workbench", Plan = WorkbenchIngress.Routed.By(controller, Host).Plan }));
}
