using System.Collections.Immutable;
using Infra.LoadBalancing;

namespace Infra.Routing;

/// <summary>The HTTPRoute to a Service and the policies that a Gateway of GKE needs for it (GKE documentation, 2026).</summary>
/// <remarks>A Gateway prefers the longer host by itself, so exact hosts win over the wildcard, also over one in another route.</remarks>
public static class GatewayRouting
{
    private const string PolicyApi = "networking.gke.io/v1";

    // Seconds that requests in flight have when a pod goes.
    private const int DrainingSeconds = 60;

    public static RoutingPlan Plan(string name, HostRoutes routes, IngressController.Gateway gateway) => new(
        [],
        "ClusterIP",
        // The Gateway controller makes network endpoint groups by itself and ignores the annotations that Ingresses need.
        ImmutableSortedDictionary<string, string>.Empty,
        [
            HttpRouteRouting.Route(name, routes, new(gateway.GatewayName, gateway.GatewayNamespace, PlatformGateway.SecureListener)),
            new CustomObjectPlan(PolicyApi, "GCPBackendPolicy", name, BackendPolicy(routes)),
            new CustomObjectPlan(PolicyApi, "HealthCheckPolicy", name, HealthCheckPolicy(routes, gateway)),
        ]);

    private static ImmutableDictionary<string, object> BackendPolicy(HostRoutes routes) => Spec.From(
        ("default", Spec.From(
            // For WebSockets this is the longest life of a connection, idle or not.
            ("timeoutSec", RoutingPlan.IdleSeconds),
            ("connectionDraining", Spec.From(("drainingTimeoutSec", DrainingSeconds))))),
        ("targetRef", Service(routes)));

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
        internal override RoutingPlan Plan(string name, HostRoutes routes) => GatewayRouting.Plan(name, routes, this);
    }
}
