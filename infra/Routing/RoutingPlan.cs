using System.Collections.Immutable;
using Infra.Dns;

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

    /// <summary>Seconds for which a cookie keeps a browser at one pod, where it has to stay: a day, the most that Google's older balancers take.</summary>
    public const int StickySeconds = 86_400;

    /// <summary>Seconds until a controller has heard that a pod goes, and the last of its balancer's machines sends nothing more there.</summary>
    public const int ReactionSeconds = 10;

    /// <summary>Seconds for which a pod that goes has to answer on: requests still come until the balancer has let go of it.</summary>
    public int DrainSeconds { get; init; } = ReactionSeconds;

    internal const string HostsRole = "hosts";

    internal const string SessionsRole = "sessions";

    /// <summary>Plans the routes for a controller.</summary>
    /// <param name="name">Prefix of the names of custom objects and Secrets.</param>
    /// <param name="routes">Hosts and Service.</param>
    /// <param name="controller">What serves the hosts.</param>
    public static RoutingPlan For(string name, HostRoutes routes, IngressController controller) => controller.Plan(name, routes);
}

/// <summary>
/// What serves Ingress objects, or routes of a kind of its own. Each controller stands beside its planner, with the options that only it has.
/// </summary>
public abstract partial record IngressController
{
    private IngressController()
    {
    }

    internal abstract RoutingPlan Plan(string name, HostRoutes routes);
}

/// <summary>Hosts that lead to one Service.</summary>
/// <param name="Exact">Whole host names.</param>
/// <param name="Wildcard">A wildcard beside them; null for none.</param>
/// <param name="Service">Name of the Service in the Ingress's namespace.</param>
/// <param name="ServicePort">Port of the Service.</param>
public sealed record HostRoutes(IReadOnlyList<DomainName> Exact, DomainName? Wildcard, string Service, int ServicePort)
{
    /// <summary>Every host, exact ones first.</summary>
    public IReadOnlyList<DomainName> Hosts => Wildcard is null ? Exact : [.. Exact, Wildcard];
}

/// <summary>One Ingress object, without what is known only once something exists.</summary>
/// <param name="Role">Last part of its logical name: <c>hosts</c> or <c>sessions</c>.</param>
/// <param name="ClassName"><c>spec.ingressClassName</c>; null where the class is an annotation.</param>
/// <param name="Annotations">Annotations.</param>
/// <param name="Rules">Rules, exact hosts first.</param>
/// <param name="Service">Service that all rules lead to.</param>
/// <param name="ServicePort">Its port.</param>
/// <param name="TlsSecret">Secret named by the plan itself (cert-manager fills it); null where the certificate is given or the controller has it.</param>
/// <param name="Redirect">Name of the object that sends requests on to https: the Ingress then shows no certificate; null for a route of its own.</param>
public sealed record IngressPlan(
    string Role,
    string? ClassName,
    ImmutableSortedDictionary<string, string> Annotations,
    ImmutableArray<IngressRulePlan> Rules,
    string Service,
    int ServicePort,
    string? TlsSecret = null,
    string? Redirect = null);

/// <summary>One host of an Ingress, or a path of it.</summary>
/// <param name="Host">Exact or wildcard.</param>
/// <param name="Path">Everything below the host, or below a path of it, in the controller's spelling.</param>
/// <param name="PathType">How the controller reads <paramref name="Path"/>.</param>
public sealed record IngressRulePlan(DomainName Host, string Path, string PathType)
{
    /// <summary>Port of the Service that the rule leads to; null for that of the Ingress.</summary>
    public int? ServicePort { get; init; }
}

/// <summary>An object of a kind that the controller brings itself.</summary>
/// <param name="ApiVersion">Group and version.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Name">Name, which annotations refer to.</param>
/// <param name="Spec">Its specification: texts, numbers, truth values, lists and further maps.</param>
public sealed record CustomObjectPlan(string ApiVersion, string Kind, string Name, ImmutableDictionary<string, object> Spec)
{
    /// <summary>Last part of its logical name; null for its kind, of which a plan has one then.</summary>
    public string? Role { get; init; }
}

/// <summary>
/// Writes the specification of an object of which this program has no class; a member that is known later is an output, and the others stay known.
/// </summary>
internal static class Spec
{
    public static ImmutableDictionary<string, object> From(params ReadOnlySpan<(string Key, object Value)> members)
    {
        var spec = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            spec.Add(key, value);
        }

        return spec.ToImmutable();
    }

    public static ImmutableArray<object> List(params ImmutableArray<object> items) => items;
}
