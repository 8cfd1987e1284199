using System.Collections.Immutable;
using Infra.LoadBalancing;
using Pulumi;

namespace Infra.Routing;

/// <summary>The HTTPRoute to a Service and the policies that a Gateway of GKE needs for it (GKE documentation, 2026).</summary>
/// <remarks>A Gateway prefers the longer host by itself, so exact hosts win over the wildcard, also over one in another route.</remarks>
public static class GatewayRouting
{
    private const string PolicyApi = "networking.gke.io/v1";

    // Seconds that requests in flight have when a pod goes.
    private const int DrainingSeconds = 60;
    private const int MillionthsOfPercent = 10_000;

    public static RoutingPlan Plan(string name, HostRoutes routes, IngressController.Gateway gateway) => new(
        [],
        "ClusterIP",
        // The Gateway controller makes network endpoint groups by itself and ignores the annotations that Ingresses need.
        ImmutableSortedDictionary<string, string>.Empty,
        [
            HttpRouteRouting.Route(name, routes, new(gateway.GatewayName, gateway.GatewayNamespace, gateway.Listener)),
            new CustomObjectPlan(PolicyApi, "GCPBackendPolicy", name, BackendPolicy(routes, gateway)),
            new CustomObjectPlan(PolicyApi, "HealthCheckPolicy", name, HealthCheckPolicy(routes, gateway)),
        ])
    {
        DrainSeconds = DrainingSeconds + RoutingPlan.ReactionSeconds,
    };

    private static ImmutableDictionary<string, object> BackendPolicy(HostRoutes routes, IngressController.Gateway gateway)
    {
        var backend = gateway.Backend;
        var policy = Spec.From(
            // For WebSockets this is the longest life of a connection, idle or not.
            ("timeoutSec", RoutingPlan.IdleSeconds),
            ("connectionDraining", Spec.From(("drainingTimeoutSec", DrainingSeconds))));
        if (gateway.StickySeconds is { } seconds)
        {
            // A cookie of the balancer's own (gke-gateway-api, config/crd/networking.gke.io_gcpbackendpolicies.yaml, as what follows; read 2026-11-26).
            policy = policy.Add("sessionAffinity", Spec.From(("type", "GENERATED_COOKIE"), ("cookieTtlSec", seconds)));
        }

        if (backend.LogPercent is { } percent)
        {
            // In millionths, and only where logging is on.
            policy = policy.Add(
                "logging", percent > 0 ? Spec.From(("enabled", true), ("sampleRate", percent * MillionthsOfPercent)) : Spec.From(("enabled", false)));
        }

        if (backend.SecurityPolicy is { } armor)
        {
            policy = policy.Add("securityPolicy", armor);
        }

        return Spec.From(("default", policy), ("targetRef", Service(routes)));
    }

    private static ImmutableDictionary<string, object> HealthCheckPolicy(HostRoutes routes, IngressController.Gateway gateway)
    {
        var check = gateway.HealthCheckPath is { } path
            ? Spec.From(("type", "HTTP"), ("httpHealthCheck", Spec.From(("portSpecification", "USE_SERVING_PORT"), ("requestPath", path))))
            : Spec.From(("type", "TCP"), ("tcpHealthCheck", Spec.From(("portSpecification", "USE_SERVING_PORT"))));
        return Spec.From(("default", Spec.From(("config", check))), ("targetRef", Service(routes)));
    }

    private static ImmutableDictionary<string, object> Service(HostRoutes routes) => Spec.From(("group", ""), ("kind", "Service"), ("name", routes.Service));
}

public abstract partial record IngressController
{
    /// <summary>A Gateway of GKE, with a certificate map of its own.</summary>
    /// <param name="GatewayName">Name of the Gateway.</param>
    /// <param name="GatewayNamespace">Its namespace.</param>
    /// <param name="HealthCheckPath">
    /// Path that must answer 200; null asks only whether the port is open, which needs no path that the vendor would have to publish.
    /// </param>
    public sealed record Gateway(string GatewayName, string GatewayNamespace, string? HealthCheckPath = null) : IngressController
    {
        /// <summary>What the load balancer logs and refuses. Default what Google does.</summary>
        public GoogleBackend Backend { get; init; } = GoogleBackend.Default;

        /// <summary>Listener with TLS; null for every listener that takes the hosts. Default that of the Gateways of this program.</summary>
        public string? Listener { get; init; } = PlatformGateway.SecureListener;

        /// <summary>Seconds for which a cookie keeps a browser at one pod. Default none: any pod will do.</summary>
        public int? StickySeconds { get; init; }

        internal override RoutingPlan Plan(string name, HostRoutes routes) => GatewayRouting.Plan(name, routes, this);
    }
}

/// <summary>What a load balancer of Google Cloud logs and refuses before a backend sees it.</summary>
/// <param name="LogPercent">How many of a hundred requests are logged, 0 for none; null leaves it to Google.</param>
/// <param name="SecurityPolicy">Name of a security policy of Cloud Armor; null for none.</param>
public sealed record GoogleBackend(int? LogPercent, Output<string>? SecurityPolicy)
{
    public static GoogleBackend Default { get; } = new(null, null);
}
