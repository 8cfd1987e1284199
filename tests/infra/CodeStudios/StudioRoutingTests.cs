using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.CodeStudios;
using Infra.Routing;

namespace Tests.Infra.CodeStudios;

// Promise: every exposed port has a path, whose prefix its server sees, does not see or sees exchanged as the template says, whatever controller answers.
public sealed class StudioRoutingTests
{
    private static readonly StudioSignIn SignIn = new("http://oauth2-proxy.sign-in/oauth2/auth", "https://sign-in.example.com/start");

    [Fact]
    public void Nginx_HasOneIngressForEachWayOfRewriting()
    {
        var plan = Plan(StudioParts.Edge(new IngressController.Nginx()) with { TlsSecret = "tls", ClusterIssuer = "letsencrypt", SignIn = SignIn });

        plan.Ingresses.Select(Described).ShouldBe([
            "kept: Prefix /s/9000 -> 9000",
            "to-root: ImplementationSpecific /s/9001(/|$)(.*) -> 9001",
            "to-docs: ImplementationSpecific /s/9002(/|$)(.*) -> 9002",
        ]);
        plan.Ingresses.Select(ingress => Annotation(ingress, "nginx.ingress.kubernetes.io/rewrite-target")).ShouldBe([null, "/$2", "/docs/$2"]);
        plan.Ingresses.Select(ingress => Annotation(ingress, "nginx.ingress.kubernetes.io/use-regex")).ShouldBe([null, "true", "true"]);
        plan.Ingresses.Select(ingress => Annotation(ingress, "cert-manager.io/cluster-issuer")).ShouldBe(["letsencrypt", null, null]);
        plan.Ingresses.ShouldAllBe(ingress =>
            ingress.TlsSecret == "tls"
            && Annotation(ingress, "nginx.ingress.kubernetes.io/auth-url") == SignIn.Address
            && Annotation(ingress, "nginx.ingress.kubernetes.io/auth-signin") == SignIn.Page
            && Annotation(ingress, "nginx.ingress.kubernetes.io/affinity") == null);
        plan.CustomObjects.ShouldBeEmpty();
    }

    [Fact]
    public void Traefik_ExchangesPrefixesInAMiddleware()
    {
        var plan = Plan(StudioParts.Edge(new IngressController.Traefik()) with { SignIn = SignIn });

        plan.Ingresses.Select(Described).ShouldBe(["kept: Prefix /s/9000 -> 9000", "to-root: Prefix /s/9001 -> 9001", "to-docs: Prefix /s/9002 -> 9002"]);
        plan.Ingresses.Select(ingress => Annotation(ingress, TraefikRouting.MiddlewaresAnnotation))
            .ShouldBe([
                "ns-studio-sign-in@kubernetescrd",
                "ns-studio-sign-in@kubernetescrd,ns-studio-to-root@kubernetescrd",
                "ns-studio-sign-in@kubernetescrd,ns-studio-to-docs@kubernetescrd",
            ]);
        plan.CustomObjects.Select(custom => $"{custom.Role} {JsonSerializer.Serialize(custom.Spec)}")
            .ShouldBe(
                [
                    """middleware-sign-in {"forwardAuth":{"trustForwardHeader":true,"address":"http://oauth2-proxy.sign-in/oauth2/auth","authResponseHeaders":["X-Auth-Request-User","X-Auth-Request-Email","X-Auth-Request-Groups"]}}""",
                    """middleware-to-root {"replacePathRegex":{"regex":"^/s/(9001)(/(.*))?$","replacement":"/$3"}}""",
                    """middleware-to-docs {"replacePathRegex":{"regex":"^/s/(9002)(/(.*))?$","replacement":"/docs/$3"}}""",
                ],
                Comparer);
    }

    [Fact]
    public void AnApplicationLoadBalancer_RewritesByATransformOfTheService()
    {
        var plan = Plan(StudioParts.Edge(new IngressController.Alb(true, AlbTargetType.Instance, "code-studios")));

        plan.ServiceType.ShouldBe("NodePort");
        plan.Ingresses.Select(Described).ShouldBe(["kept: Prefix /s/9000 -> 9000", "to-root: Prefix /s/9001 -> 9001", "to-docs: Prefix /s/9002 -> 9002"]);
        plan.Ingresses.Select(ingress => Annotation(ingress, "alb.ingress.kubernetes.io/transforms.studio")).ShouldBe([
            null,
            """[{"type":"url-rewrite","urlRewriteConfig":{"rewrites":[{"regex":"^/s/[0-9]\u002B/?(.*)$","replace":"/$1"}]}}]""",
            """[{"type":"url-rewrite","urlRewriteConfig":{"rewrites":[{"regex":"^/s/[0-9]\u002B/?(.*)$","replace":"/docs/$1"}]}}]""",
        ]);
    }

    [Fact]
    public void AGateway_HasOneRouteWithARuleForEachPort()
    {
        var plan = Plan(StudioParts.Edge(new IngressController.AnyGateway("platform", "gateways", "https", TimeSpan.Zero)));

        plan.Ingresses.ShouldBeEmpty();
        var route = plan.CustomObjects.ShouldHaveSingleItem();
        JsonSerializer
            .Serialize(route.Spec["rules"])
            .ShouldBe(
                """
                [{"backendRefs":[{"name":"studio","port":9000}],"matches":[{"path":{"type":"PathPrefix","value":"/s/9000"}}],"timeouts":{"request":"0s"}},
                {"backendRefs":[{"name":"studio","port":9001}],"filters":[{"type":"URLRewrite","urlRewrite":{"path":{"replacePrefixMatch":"/","type":"ReplacePrefixMatch"}}}],"matches":[{"path":{"type":"PathPrefix","value":"/s/9001"}}],"timeouts":{"request":"0s"}},
                {"backendRefs":[{"name":"studio","port":9002}],"filters":[{"type":"URLRewrite","urlRewrite":{"path":{"replacePrefixMatch":"/docs","type":"ReplacePrefixMatch"}}}],"matches":[{"path":{"type":"PathPrefix","value":"/s/9002"}}],"timeouts":{"request":"0s"}}]
                """,
                Comparer);
    }

    [Fact]
    public void VisitorsOfAWebapp_StayAtOnePod()
    {
        var nginx = Plan(StudioParts.Edge(new IngressController.Nginx()), LaunchKind.Webapp);
        nginx.Ingresses.ShouldAllBe(ingress => Annotation(ingress, "nginx.ingress.kubernetes.io/affinity") == "cookie");
        nginx.Ingresses.Select(Described).ShouldBe(["kept: Prefix /s/9000 -> 9000", "to-root: ImplementationSpecific /s/9001(/|$)(.*) -> 9001"]);
        Plan(StudioParts.Edge(new IngressController.Traefik()), LaunchKind.Webapp).ServiceAnnotations["traefik.ingress.kubernetes.io/service.sticky.cookie"]
            .ShouldBe("true");
        Plan(StudioParts.Edge(new IngressController.Alb(true, AlbTargetType.Ip, "g")), LaunchKind.Webapp)
            .Ingresses.ShouldAllBe(ingress =>
                ingress
                    .Annotations["alb.ingress.kubernetes.io/target-group-attributes"]
                    .EndsWith(",stickiness.enabled=true,stickiness.type=lb_cookie", StringComparison.Ordinal));
    }

    // Controllers match whole parts: what only begins like the prefix is another path.
    [Theory]
    [InlineData("/a.b/9001/x/y?z", "/x/y?z")]
    [InlineData("/a.b/9001/", "/")]
    [InlineData("/a.b/9001", "/")]
    [InlineData("/aXb/9001/x", null)]
    [InlineData("/a.b/90011/x", null)]
    public void TheExpressionOfAMiddleware_TakesThePrefixAway(string path, string? expected)
    {
        var plan = Plan(StudioParts.Edge(new IngressController.Traefik()), prefix: "/a.b");
        var spec = (ImmutableDictionary<string, object>)plan.CustomObjects.Single(custom => custom.Role == "middleware-to-root").Spec["replacePathRegex"];
        var expression = new Regex((string)spec["regex"], RegexOptions.None, TimeSpan.FromSeconds(1));

        (expression.IsMatch(path) ? expression.Replace(path, (string)spec["replacement"]) : null).ShouldBe(expected);
    }

    // Members of a map have no order of their own.
    private static readonly IEqualityComparer<string> Comparer = EqualityComparer<string>.Create(
        (one, other) => Sorted(one!) == Sorted(other!), text => Sorted(text).GetHashCode(StringComparison.Ordinal));

    private static string Sorted(string text)
    {
        var start = text.IndexOfAny(['{', '[']);
        return text[..start] + Tests.Support.Deployed.Json(text[start..]);
    }

    private static RoutingPlan Plan(StudioEdge edge, LaunchKind kind = LaunchKind.Studio, string prefix = "/s") =>
        StudioRouting.Plan("studio", new StudioRoutes(edge, new StudioLaunch(StudioParts.Three, kind, prefix), "studio", "ns"));

    private static string Described(IngressPlan ingress) =>
        $"{ingress.Role}: {string.Join(", ", ingress.Rules.Select(rule => $"{rule.PathType} {rule.Path} -> {rule.ServicePort}"))}";

    private static string? Annotation(IngressPlan ingress, string name) => ingress.Annotations.GetValueOrDefault(name);
}
