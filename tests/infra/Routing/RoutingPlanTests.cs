using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Dns;
using Infra.Routing;

namespace Tests.Infra.Routing;

// A wildcard beside the Platform's host matches that host as well: on every controller, exact hosts must win.
public class RoutingPlanTests
{
    private static readonly HostRoutes Routes = new([DomainName.Parse("connect.example.com")], DomainName.Parse("*.example.com"), "connect-proxy", 80);

    private static readonly IngressController.Alb Alb = new(InternetFacing: true, AlbTargetType.Ip, "platform");

    private static readonly IngressController[] Controllers =
    [
        Alb,
        new IngressController.Gce(),
        new IngressController.Traefik(),
        new IngressController.Nginx(),
    ];

    [Property]
    public Property EveryHost_HasExactlyOneRule_AndTheWildcardIsLast() =>
        Prop.ForAll(
                Arb.From(Gen.Elements(Controllers)),
                Arb.From(from labels in Gen.NonEmptyListOf(Gen.Elements("a", "b", "c", "d")) select labels.Distinct().ToList()),
                Arb.From(Gen.Elements(true, false)),
                (controller, labels, withWildcard) =>
                {
                    var routes = Routes with
                    {
                        Exact = [.. labels.Select(label => DomainName.Parse($"{label}.example.com"))],
                        Wildcard = withWildcard ? Routes.Wildcard : null,
                    };
                    var rules = RoutingPlan
                        .For("studios", routes, controller)
                        .Ingresses.SelectMany(ingress => ingress.Rules)
                        .Select(rule => rule.Host)
                        .ToList();
                    return rules.SequenceEqual(routes.Hosts) && rules.SkipLast(1).All(host => !host.IsWildcard);
                });

    [Fact]
    public void OneBalancerOnAws_TakesTheWildcardLast()
    {
        var plan = RoutingPlan.For("studios", Routes, Alb);
        Dictionary<string, string> Annotations(string order) => new()
        {
            ["alb.ingress.kubernetes.io/group.name"] = "platform",
            ["alb.ingress.kubernetes.io/group.order"] = order,
            ["alb.ingress.kubernetes.io/healthcheck-path"] = "/",
            ["alb.ingress.kubernetes.io/listen-ports"] = """[{"HTTP": 80}, {"HTTPS": 443}]""",
            ["alb.ingress.kubernetes.io/load-balancer-attributes"] = "idle_timeout.timeout_seconds=3600,routing.http.drop_invalid_header_fields.enabled=true",
            ["alb.ingress.kubernetes.io/scheme"] = "internet-facing",
            ["alb.ingress.kubernetes.io/ssl-policy"] = "ELBSecurityPolicy-TLS13-1-2-2021-06",
            ["alb.ingress.kubernetes.io/ssl-redirect"] = "443",
            ["alb.ingress.kubernetes.io/success-codes"] = "200-499",
            ["alb.ingress.kubernetes.io/target-group-attributes"] = "deregistration_delay.timeout_seconds=30",
            ["alb.ingress.kubernetes.io/target-type"] = "ip",
        };

        plan.Ingresses.Select(ingress => (ingress.Role, ingress.ClassName)).ShouldBe([("hosts", "alb"), ("sessions", "alb")]);
        plan.Ingresses[0].Annotations.ShouldBe(Annotations("100"), ignoreOrder: true);
        plan.Ingresses[1].Annotations.ShouldBe(Annotations("900"), ignoreOrder: true);
        plan.Ingresses[1].Rules.ShouldBe([new IngressRulePlan(DomainName.Parse("*.example.com"), "/*", "ImplementationSpecific")]);
        plan.ServiceType.ShouldBe("ClusterIP");
    }

    [Fact]
    public void WhatHoldsForTheWholeBalancer_IsSaid_OrLeftToThePlatformsIngress()
    {
        ImmutableSortedDictionary<string, string> Annotations(IngressController.Alb alb) => RoutingPlan.For("studios", Routes, alb).Ingresses[1].Annotations;

        Annotations(Alb with { IdleSeconds = 900, DropsInvalidHeaders = false, SslPolicy = "ELBSecurityPolicy-FS-1-2-2019-08" }).ShouldSatisfyAllConditions(
            said => said["alb.ingress.kubernetes.io/load-balancer-attributes"]
                .ShouldBe("idle_timeout.timeout_seconds=900,routing.http.drop_invalid_header_fields.enabled=false"),
            said => said["alb.ingress.kubernetes.io/ssl-policy"].ShouldBe("ELBSecurityPolicy-FS-1-2-2019-08"));
        Annotations(Alb with { DefinesBalancer = false }).ShouldBe(
            new Dictionary<string, string>
            {
                ["alb.ingress.kubernetes.io/group.name"] = "platform",
                ["alb.ingress.kubernetes.io/group.order"] = "900",
                ["alb.ingress.kubernetes.io/healthcheck-path"] = "/",
                ["alb.ingress.kubernetes.io/listen-ports"] = """[{"HTTPS": 443}]""",
                ["alb.ingress.kubernetes.io/success-codes"] = "200-499",
                ["alb.ingress.kubernetes.io/target-group-attributes"] = "deregistration_delay.timeout_seconds=30",
                ["alb.ingress.kubernetes.io/target-type"] = "ip",
            },
            ignoreOrder: true);
    }

    [Fact]
    public void TargetsByInstance_NeedNodePorts() =>
        RoutingPlan.For("studios", Routes, Alb with { TargetType = AlbTargetType.Instance, InternetFacing = false }).ShouldSatisfyAllConditions(
            plan => plan.ServiceType.ShouldBe("NodePort"),
            plan => plan.Ingresses[0].Annotations["alb.ingress.kubernetes.io/target-type"].ShouldBe("instance"),
            plan => plan.Ingresses[0].Annotations["alb.ingress.kubernetes.io/scheme"].ShouldBe("internal"));

    [Fact]
    public void OneIngressOnGke_HasItsTimeoutOnTheService()
    {
        var plan = RoutingPlan.For("studios", Routes, new IngressController.Gce(StaticAddress: "studios-address", HealthCheckPath: "/healthy"));

        var ingress = plan.Ingresses.ShouldHaveSingleItem();
        ingress.ClassName.ShouldBeNull();
        ingress.Annotations.ShouldBe(
            new Dictionary<string, string>
            {
                ["kubernetes.io/ingress.class"] = "gce",
                ["kubernetes.io/ingress.global-static-ip-name"] = "studios-address",
                ["networking.gke.io/v1beta1.FrontendConfig"] = "studios",
            },
            ignoreOrder: true);
        plan.ServiceAnnotations.ShouldBe(
            new Dictionary<string, string>
            {
                ["cloud.google.com/backend-config"] = """{"default": "studios"}""",
                ["cloud.google.com/neg"] = """{"ingress": true}""",
            },
            ignoreOrder: true);
        plan.CustomObjects.Select(item => $"{item.ApiVersion} {item.Kind} {item.Name}")
            .ShouldBe(["cloud.google.com/v1 BackendConfig studios", "networking.gke.io/v1beta1 FrontendConfig studios"]);
        plan.CustomObjects[0].Spec["timeoutSec"].ShouldBe(3600);
        plan.CustomObjects[0]
            .Spec["healthCheck"]
            .ShouldBe(new Dictionary<string, object> { ["type"] = "HTTP", ["requestPath"] = "/healthy" }.ToImmutableDictionary());
        plan.CustomObjects[0].Spec["connectionDraining"].ShouldBe(new Dictionary<string, object> { ["drainingTimeoutSec"] = 60 }.ToImmutableDictionary());
    }

    [Fact]
    public void AManagedCertificate_WorksWithoutWildcardOnly()
    {
        var gce = new IngressController.Gce(ManagedCertificate: "studios");

        Should
            .Throw<ArgumentException>(() => RoutingPlan.For("studios", Routes, gce))
            .Message.ShouldStartWith("A ManagedCertificate of GKE holds no wildcard.");
        RoutingPlan.For("studios", Routes with { Wildcard = null }, gce).Ingresses[0].Annotations["networking.gke.io/managed-certificates"].ShouldBe("studios");
    }

    [Fact]
    public void TraefiksLongWildcardRule_GetsTheLowestPriority()
    {
        var plan = RoutingPlan.For("studios", Routes, new IngressController.Traefik(CertificateResolver: "letsencrypt"));

        plan.Ingresses[0].Annotations.ShouldBe(new Dictionary<string, string>
        {
            ["traefik.ingress.kubernetes.io/router.entrypoints"] = "websecure",
            ["traefik.ingress.kubernetes.io/router.tls"] = "true",
            ["traefik.ingress.kubernetes.io/router.tls.certresolver"] = "letsencrypt",
        }, ignoreOrder: true);
        plan.Ingresses[1].Annotations["traefik.ingress.kubernetes.io/router.priority"].ShouldBe("1");
        plan.Ingresses[1].Rules.ShouldBe([new IngressRulePlan(DomainName.Parse("*.example.com"), "/", "Prefix")]);
    }

    [Fact]
    public void Nginx_KeepsWebSocketsOpenForAnHour()
    {
        var plan = RoutingPlan.For("studios", Routes, new IngressController.Nginx(ClusterIssuer: "letsencrypt"));

        plan.Ingresses[1].Annotations.ShouldBe(new Dictionary<string, string>
        {
            ["cert-manager.io/cluster-issuer"] = "letsencrypt",
            ["nginx.ingress.kubernetes.io/proxy-body-size"] = "500m",
            ["nginx.ingress.kubernetes.io/proxy-http-version"] = "1.1",
            ["nginx.ingress.kubernetes.io/proxy-read-timeout"] = "3600",
            ["nginx.ingress.kubernetes.io/proxy-send-timeout"] = "3600",
            ["nginx.ingress.kubernetes.io/ssl-redirect"] = "true",
        }, ignoreOrder: true);
        plan.Ingresses.Select(ingress => ingress.TlsSecret).ShouldBe(["studios-hosts-tls", "studios-sessions-tls"]);
    }
}
