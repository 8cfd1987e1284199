using System.Collections.Immutable;

namespace Infra.Routing;

/// <summary>Everything one controller needs to lead hosts to a Service.</summary>
/// <param name="Ingresses">Ingress objects, the one with the wildcard last; none where the controller has kinds of its own.</param>
/// <param name="ServiceType">Type that the Service must have.</param>
/// <param name="ServiceAnnotations">Annotations that the Service must have.</param>
/// <param name="CustomObjects">Objects of the controller's own kinds.</param>
public sealed record RoutingPlan(
    ImmutableArray<IngressPlan> Ingresses,
    string ServiceType,
    ImmutableSortedDictionary<string, string> ServiceAnnotations,
    ImmutableArray<CustomObjectPlan> CustomObjects)
{
    /// <summary>Seconds a connection may be silent: sessions hold WebSockets open, and balancers close after 30 to 60 by default.</summary>
    public const int IdleSeconds = 3600;

    internal const string HostsRole = "hosts";

    internal const string SessionsRole = "sessions";

    /// <summary>Plans the routes for a controller.</summary>
    /// <param name="name">Prefix of the names of custom objects and Secrets.</param>
    /// <param name="routes">Hosts and Service.</param>
    /// <param name="controller">What makes the way in.</param>
    public static RoutingPlan For(string name, HostRoutes routes, IngressController controller) => controller switch
    {
        IngressController.Alb alb => AlbRouting.Plan(routes, alb),
        IngressController.Gce gce => GceRouting.Plan(name, routes, gce),
        IngressController.Gateway gateway => GatewayRouting.Plan(name, routes, gateway),
        IngressController.Traefik traefik => TraefikRouting.Plan(routes, traefik),
        IngressController.Nginx nginx => NginxRouting.Plan(name, routes, nginx),
        _ => throw new ArgumentOutOfRangeException(nameof(controller), controller, "An ingress controller is Alb, Gce, Gateway, Traefik or Nginx."),
    };
}
