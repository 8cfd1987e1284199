using System.Collections.Immutable;
using Infra.Dns;

namespace Infra.Routing;

/// <summary>Ingresses for Traefik's Kubernetes Ingress provider.</summary>
/// <remarks>
/// Traefik takes the longest rule first, and the expression that a wildcard becomes is long: its own Ingress has the lowest priority.
/// WebSockets need no timeout here: Traefik lifts its deadlines once a connection is upgraded; <c>respondingTimeouts</c> of the entry point, which end long
/// uploads,
/// belong to Traefik's own configuration.
/// </remarks>
public static class TraefikRouting
{
    private const string Prefix = "traefik.ingress.kubernetes.io/router.";

    // Rules default to their length as priority, so that 1 is below all of them; 0 would mean the default.
    private const string LowestPriority = "1";

    public static RoutingPlan Plan(HostRoutes routes, IngressController.Traefik traefik)
    {
        var ingresses = ImmutableArray.Create(Ingress(RoutingPlan.HostsRole, routes.Exact, null, routes, traefik));
        if (routes.Wildcard is { } wildcard)
        {
            ingresses = ingresses.Add(Ingress(RoutingPlan.SessionsRole, [wildcard], LowestPriority, routes, traefik));
        }

        return new RoutingPlan(ingresses, "ClusterIP", ImmutableSortedDictionary<string, string>.Empty, []);
    }

    private static IngressPlan Ingress(string role, IReadOnlyList<DomainName> hosts, string? priority, HostRoutes routes, IngressController.Traefik traefik)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        annotations[$"{Prefix}entrypoints"] = traefik.EntryPoint;
        annotations[$"{Prefix}tls"] = "true";
        if (traefik.CertificateResolver is { } resolver)
        {
            annotations[$"{Prefix}tls.certresolver"] = resolver;
        }

        if (priority is not null)
        {
            annotations[$"{Prefix}priority"] = priority;
        }

        return new IngressPlan(
            role,
            traefik.ClassName,
            annotations.ToImmutable(),
            [.. hosts.Select(host => new IngressRulePlan(host, "/", "Prefix"))],
            routes.Service,
            routes.ServicePort);
    }
}

public abstract partial record IngressController
{
    /// <summary>Traefik 2.10 or newer with the Kubernetes Ingress provider.</summary>
    /// <param name="ClassName">IngressClass it serves.</param>
    /// <param name="EntryPoint">Entry point with TLS.</param>
    /// <param name="CertificateResolver">Resolver of Traefik's own configuration; null where a Secret holds the certificate.</param>
    public sealed record Traefik(
        string ClassName = Traefik.DefaultClassName, string EntryPoint = Traefik.DefaultEntryPoint, string? CertificateResolver = null) : IngressController
    {
        public const string DefaultClassName = "traefik";
        public const string DefaultEntryPoint = "websecure";

        internal override RoutingPlan Plan(string name, HostRoutes routes) => TraefikRouting.Plan(routes, this);
    }
}
