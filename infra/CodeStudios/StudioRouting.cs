using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Infra.Dns;
using Infra.Manifests;
using Infra.Routing;

namespace Infra.CodeStudios;

/// <summary>Paths of a host that lead to the ports of a Service.</summary>
/// <param name="Edge">The host, and who may pass there.</param>
/// <param name="Launch">What stands behind it; the last part of each path is the number of a port.</param>
/// <param name="Service">Name of the Service.</param>
/// <param name="Namespace">Its namespace.</param>
public sealed record StudioRoutes(StudioEdge Edge, StudioLaunch Launch, string Service, string Namespace);

/// <summary>Where browsers come in.</summary>
/// <param name="Controller">The ingress controller.</param>
/// <param name="Host">The host.</param>
public sealed record StudioEdge(IngressController Controller, DomainName Host)
{
    /// <summary>Where Traefik's own chart and documents install it.</summary>
    public static readonly KubernetesName DefaultTraefikNamespace = KubernetesName.Parse("traefik");

    /// <summary>Where ingress-nginx' manifests and chart install it.</summary>
    public static readonly KubernetesName DefaultNginxNamespace = KubernetesName.Parse("ingress-nginx");

    /// <summary>Secret of type <c>kubernetes.io/tls</c> in the namespace; null where the controller has the certificate.</summary>
    public string? TlsSecret { get; init; }

    /// <summary>ClusterIssuer of cert-manager that fills <see cref="TlsSecret"/>; null where somebody else does.</summary>
    public string? ClusterIssuer { get; init; }

    /// <summary>Who is asked before a request passes; null for nobody.</summary>
    public StudioSignIn? SignIn { get; init; }

    /// <summary>Namespace of the controller's pods, from which alone requests come; null where they have no pods, or nobody knows.</summary>
    public string? ControllerNamespace { get; init; }
}

/// <summary>A service that says of each request whether it may pass, as oauth2-proxy does.</summary>
/// <param name="Address">Where it is asked: 2xx lets the request pass.</param>
/// <param name="Page">
/// Where a browser that may not is sent to sign in; null leaves it with the answer. Read by nginx: Traefik hands on the service's own answer.
/// </param>
public sealed record StudioSignIn(string Address, string? Page = null);

/// <summary>
/// Plans the paths of ports for an ingress controller. What the controllers have in common with other hosts (time limits, TLS, WebSockets) comes from
/// <see cref="RoutingPlan.For"/>; here it is put onto paths, and the prefix is taken away, kept or exchanged as the port's <c>proxiedUrlSuffix</c> says.
/// </summary>
public static class StudioRouting
{
    private const string NginxPrefix = "nginx.ingress.kubernetes.io/";
    private const string AlbPrefix = "alb.ingress.kubernetes.io/";
    private const string Cookie = "CODE-STUDIO-REPLICA";

    /// <summary>The plan of all paths.</summary>
    /// <param name="name">Prefix of the names of objects.</param>
    /// <param name="routes">Host, prefix, Service and ports.</param>
    public static RoutingPlan Plan(string name, StudioRoutes routes)
    {
        var plans = routes.Launch.Ports.GroupBy(port => Rewritten(port), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Plan(name, routes, [.. group], group.Key.Length == 0 ? null : group.Key)).ToImmutableArray();
        var issued = plans.SelectMany(plan => plan.Ingresses).ToImmutableArray();
        return plans[0] with
        {
            Ingresses = [.. issued.Select((ingress, index) => Certified(ingress, routes, isFirst: index == 0))],
            CustomObjects =
            [
                .. plans.SelectMany(plan => plan.CustomObjects).Where(custom => custom.Kind != "HTTPRoute").DistinctBy(custom => custom.Name),
                .. Route(plans),
            ],
            ServiceAnnotations = plans[0].ServiceAnnotations.SetItems(Sticky(routes)),
        };
    }

    /// <summary>What the server of a port finds in place of the prefix: nothing where it is kept.</summary>
    private static string Rewritten(StudioPort port) => ProxiedUrlSuffixes.KeepsPrefix(port.ProxiedUrlSuffix) ? "" : port.ProxiedUrlSuffix;

    private static RoutingPlan Plan(string name, StudioRoutes routes, ImmutableArray<StudioPort> ports, string? suffix)
    {
        var hosts = new HostRoutes([routes.Edge.Host], null, routes.Service, ports[0].Port);
        var plan = RoutingPlan.For(name, hosts, routes.Edge.Controller);
        var rewriting = suffix is null ? "kept" : $"to-{(StudioPath.Word(suffix) is { Length: > 0 } word ? word : "root")}";
        return routes.Edge.Controller switch
        {
            IngressController.Nginx => plan with { Ingresses = Shaped(plan, rewriting, Nginx(routes, suffix), port => [NginxRule(routes, port, suffix)]) },
            IngressController.Traefik => Traefik(name, routes, plan, rewriting, suffix, ports),
            IngressController.Alb => plan with { Ingresses = Shaped(plan, rewriting, Alb(plan, routes, suffix), port => [Rule(routes, port)]) },
            IngressController.AnyGateway => plan with
            {
                CustomObjects = [.. plan.CustomObjects.Select(custom => custom.Kind == "HTTPRoute" ? Paths(custom, routes, ports, suffix) : custom)],
            },
            var other => throw new NotSupportedException($"There are no paths of Code Studios behind {other.GetType().Name}."),
        };

        ImmutableArray<IngressPlan> Shaped(
            RoutingPlan of, string role, ImmutableSortedDictionary<string, string> annotations, Func<StudioPort, IEnumerable<IngressRulePlan>> rules) =>
            [.. of.Ingresses.Select(ingress => ingress with
            {
                Role = ingress.Role.Replace(RoutingPlan.HostsRole, role, StringComparison.Ordinal),
                Annotations = ingress.Annotations.SetItems(annotations),
                Rules = [.. ports.SelectMany(rules)],
            })];
    }

    private static IngressRulePlan Rule(StudioRoutes routes, StudioPort port) =>
        new(routes.Edge.Host, routes.Launch.PathOf(port), "Prefix") { ServicePort = port.Port };

    // ingress-nginx, "Rewrite": the second group is what follows the prefix; the path is an expression then.
    private static IngressRulePlan NginxRule(StudioRoutes routes, StudioPort port, string? suffix) => suffix is null
        ? Rule(routes, port)
        : new(routes.Edge.Host, $"{Escaped(routes.Launch.PathOf(port))}(/|$)(.*)", "ImplementationSpecific") { ServicePort = port.Port };

    private static ImmutableSortedDictionary<string, string> Nginx(StudioRoutes routes, string? suffix)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (suffix is not null)
        {
            annotations[$"{NginxPrefix}rewrite-target"] = $"{suffix.TrimEnd('/')}/$2";
            annotations[$"{NginxPrefix}use-regex"] = "true";
        }

        if (routes.Edge.SignIn is { } signIn)
        {
            annotations[$"{NginxPrefix}auth-url"] = signIn.Address;
            if (signIn.Page is { } page)
            {
                annotations[$"{NginxPrefix}auth-signin"] = page;
            }
        }

        if (routes.Launch.Kind is LaunchKind.Webapp)
        {
            annotations[$"{NginxPrefix}affinity"] = "cookie";
            annotations[$"{NginxPrefix}affinity-mode"] = "persistent";
            annotations[$"{NginxPrefix}session-cookie-name"] = Cookie;
        }

        return annotations.ToImmutable();
    }

    private static RoutingPlan Traefik(
        string name, StudioRoutes routes, RoutingPlan plan, string rewriting, string? suffix, ImmutableArray<StudioPort> ports)
    {
        List<CustomObjectPlan> middlewares = [];
        if (routes.Edge.SignIn is { } signIn)
        {
            middlewares.Add(Middleware("sign-in", Spec.From(("forwardAuth", Spec.From(
                ("address", signIn.Address),
                ("authResponseHeaders", Spec.List("X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Groups")),
                ("trustForwardHeader", true))))));
        }

        if (suffix is not null)
        {
            middlewares.Add(Middleware(rewriting, Spec.From(("replacePathRegex", Spec.From(
                ("regex", $"^{Escaped(routes.Launch.BrowserPath)}/({string.Join('|', ports.Select(port => Text(port.Port)))})(/(.*))?$"),
                ("replacement", $"{suffix.TrimEnd('/')}/$3"))))));
        }

        var named = string.Join(',', middlewares.Select(middleware => $"{routes.Namespace}-{middleware.Name}@kubernetescrd"));
        return plan with
        {
            CustomObjects = [.. plan.CustomObjects, .. middlewares],
            Ingresses =
            [
                .. plan.Ingresses.Select(ingress => ingress with
                {
                    Role = ingress.Role.Replace(RoutingPlan.HostsRole, rewriting, StringComparison.Ordinal),
                    Annotations = named.Length > 0 && ingress.Redirect is null
                        ? ingress.Annotations.SetItem(TraefikRouting.MiddlewaresAnnotation, named)
                        : ingress.Annotations,
                    Rules = [.. ports.Select(port => Rule(routes, port))],
                }),
            ],
        };

        CustomObjectPlan Middleware(string role, ImmutableDictionary<string, object> spec) =>
            new("traefik.io/v1alpha1", "Middleware", $"{name}-{role}", spec) { Role = $"middleware-{role}" };
    }

    // AWS Load Balancer Controller 2.14.1 and newer, "URL rewrite" (kubernetes-sigs/aws-load-balancer-controller#4396): one transform for all rules of a
    // Service.
    private static ImmutableSortedDictionary<string, string> Alb(RoutingPlan plan, StudioRoutes routes, string? suffix)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (suffix is not null)
        {
            annotations[$"{AlbPrefix}transforms.{routes.Service}"] = JsonSerializer.Serialize(new[]
            {
                new
                {
                    type = "url-rewrite",
                    urlRewriteConfig = new
                    {
                        rewrites = new[] { new { regex = $"^{Escaped(routes.Launch.BrowserPath)}/[0-9]+/?(.*)$", replace = $"{suffix.TrimEnd('/')}/$1" } },
                    },
                },
            });
        }

        if (routes.Launch.Kind is LaunchKind.Webapp)
        {
            const string Attributes = $"{AlbPrefix}target-group-attributes";
            annotations[Attributes] = $"{plan.Ingresses[0].Annotations[Attributes]},stickiness.enabled=true,stickiness.type=lb_cookie";
        }

        return annotations.ToImmutable();
    }

    // Gateway API 1.1: a rule has its backends already, and is told which path it is for and what becomes of the prefix.
    private static CustomObjectPlan Paths(CustomObjectPlan route, StudioRoutes routes, ImmutableArray<StudioPort> ports, string? suffix)
    {
        var common = (ImmutableDictionary<string, object>)((ImmutableArray<object>)route.Spec["rules"])[0];
        var rules = ports.Select(port =>
        {
            var rule = common
                .SetItem("backendRefs", Spec.List(Spec.From(("name", routes.Service), ("port", port.Port))))
                .Add("matches", Spec.List(Spec.From(("path", Spec.From(("type", "PathPrefix"), ("value", routes.Launch.PathOf(port)))))));
            return (object)(suffix is null
                ? rule
                : rule.Add("filters", Spec.List(Spec.From(("type", "URLRewrite"), ("urlRewrite", Spec.From(
                    ("path", Spec.From(("type", "ReplacePrefixMatch"), ("replacePrefixMatch", suffix)))))))));
        });
        return route with { Spec = route.Spec.SetItem("rules", Spec.List([.. rules])) };
    }

    // One route for all ports, whose rules come from each way of rewriting.
    private static IEnumerable<CustomObjectPlan> Route(ImmutableArray<RoutingPlan> plans)
    {
        var routes = plans.SelectMany(plan => plan.CustomObjects).Where(custom => custom.Kind == "HTTPRoute").ToImmutableArray();
        return routes.Take(1).Select(first => first with
        {
            Spec = first.Spec.SetItem("rules", Spec.List([.. routes.SelectMany(route => (ImmutableArray<object>)route.Spec["rules"])])),
        });
    }

    // Every Ingress shows the certificate; cert-manager is told by one of them, since it takes no order for a Secret that another one has ordered.
    private static IngressPlan Certified(IngressPlan ingress, StudioRoutes routes, bool isFirst)
    {
        if (ingress.Redirect is not null)
        {
            return ingress;
        }

        var orders = isFirst && routes is { Edge.ClusterIssuer: not null, Launch.Kind: LaunchKind.Studio };
        return ingress with
        {
            TlsSecret = routes.Edge.TlsSecret ?? ingress.TlsSecret,
            Annotations = orders ? ingress.Annotations.SetItem("cert-manager.io/cluster-issuer", routes.Edge.ClusterIssuer!) : ingress.Annotations,
        };
    }

    // A visitor stays at one pod: frameworks such as Streamlit keep what a page shows in the process that serves it. Traefik reads it from the Service.
    private static ImmutableSortedDictionary<string, string> Sticky(StudioRoutes routes)
    {
        const string Prefix = "traefik.ingress.kubernetes.io/service.sticky.cookie";
        return routes is { Edge.Controller: IngressController.Traefik, Launch.Kind: LaunchKind.Webapp }
            ? new Dictionary<string, string> { [Prefix] = "true", [$"{Prefix}.httponly"] = "true", [$"{Prefix}.name"] = Cookie, [$"{Prefix}.secure"] = "true" }
                .ToImmutableSortedDictionary(StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;
    }

    // A dot is the only character of a prefix that an expression reads otherwise.
    private static string Escaped(string path) => path.Replace(".", "\\.", StringComparison.Ordinal);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
