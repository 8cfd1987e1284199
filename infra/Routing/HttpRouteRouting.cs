using System.Collections.Immutable;

namespace Infra.Routing;

/// <summary>The HTTPRoute to a Service behind a Gateway of any controller (Gateway API 1.1, standard channel).</summary>
/// <remarks>A Gateway prefers the longer host by itself, so exact hosts win over the wildcard, also over one in another route.</remarks>
public static class HttpRouteRouting
{
    public static RoutingPlan Plan(string name, HostRoutes routes, IngressController.AnyGateway gateway) => new(
        [],
        "ClusterIP",
        ImmutableSortedDictionary<string, string>.Empty,
        [Route(name, routes, gateway)]);

    /// <summary>The route alone.</summary>
    internal static CustomObjectPlan Route(string name, HostRoutes routes, IngressController.AnyGateway gateway) =>
        new("gateway.networking.k8s.io/v1", "HTTPRoute", name, Fields(routes, gateway));

    private static ImmutableDictionary<string, object> Fields(HostRoutes routes, IngressController.AnyGateway gateway)
    {
        var parent = Spec.From(("name", gateway.GatewayName), ("namespace", gateway.GatewayNamespace));
        var rule = Spec.From(("backendRefs", Spec.List(Spec.From(("name", routes.Service), ("port", routes.ServicePort)))));
        return Spec.From(
            ("parentRefs", Spec.List(gateway.Listener is { } listener ? parent.Add("sectionName", listener) : parent)),
            ("hostnames", Spec.List([.. routes.Hosts.Select(host => host.Text)])),
            ("rules", Spec.List(gateway.RequestTimeout is { } timeout ? rule.Add("timeouts", Spec.From(("request", Seconds(timeout)))) : rule)));
    }

    private static string Seconds(TimeSpan duration) => $"{(long)duration.TotalSeconds}s";
}

public abstract partial record IngressController
{
    /// <summary>A Gateway that exists, with its certificates; for those of GKE there is <see cref="Gateway"/>, which makes what only they need.</summary>
    /// <param name="GatewayName">Name of the Gateway.</param>
    /// <param name="GatewayNamespace">Its namespace; its listener has to admit routes from that of the Service.</param>
    /// <param name="Listener">Name of its listener with TLS; null for every listener that takes the hosts.</param>
    /// <param name="RequestTimeout">Longest life of a request, 0 for no limit; null leaves it to the controller.</param>
    public sealed record AnyGateway(string GatewayName, string GatewayNamespace, string? Listener = null, TimeSpan? RequestTimeout = null) : IngressController
    {
        internal override RoutingPlan Plan(string name, HostRoutes routes) => HttpRouteRouting.Plan(name, routes, this);
    }
}
