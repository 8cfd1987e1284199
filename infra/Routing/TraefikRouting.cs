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

    /// <summary>Annotation that takes the names of middlewares.</summary>
    public const string MiddlewaresAnnotation = $"{Prefix}middlewares";

    // Rules default to their length as priority, so that 1 is below all of them; 0 would mean the default.
    private const string LowestPriority = "1";

    public static RoutingPlan Plan(string name, HostRoutes routes, IngressController.Traefik traefik)
    {
        var ingresses = ImmutableArray.Create(Ingress(RoutingPlan.HostsRole, routes.Exact, null, routes, traefik));
        if (routes.Wildcard is { } wildcard)
        {
            ingresses = ingresses.Add(Ingress(RoutingPlan.SessionsRole, [wildcard], LowestPriority, routes, traefik));
        }

        if (traefik.RedirectedEntryPoint is not { } entryPoint)
        {
            return new RoutingPlan(ingresses, "ClusterIP", ImmutableSortedDictionary<string, string>.Empty, []);
        }

        var redirect = new CustomObjectPlan("traefik.io/v1alpha1", "Middleware", $"{name}-redirect", Spec.From(
            ("redirectScheme", Spec.From(("permanent", true), ("scheme", "https")))));
        return new RoutingPlan(
            [.. ingresses, .. ingresses.Select(ingress => Redirect(ingress, entryPoint, redirect.Name))],
            "ClusterIP",
            ImmutableSortedDictionary<string, string>.Empty,
            [redirect]);
    }

    // The same hosts without TLS; the wildcard stays behind the redirects and pages of others here, too.
    private static IngressPlan Redirect(IngressPlan ingress, string entryPoint, string redirect) => ingress with
    {
        Role = $"{ingress.Role}-redirect",
        Annotations = ingress.Annotations.RemoveRange(ingress.Annotations.Keys.Where(key => key.StartsWith($"{Prefix}tls", StringComparison.Ordinal)))
            .SetItem($"{Prefix}entrypoints", entryPoint),
        Redirect = redirect,
    };

    private static IngressPlan Ingress(string role, IReadOnlyList<DomainName> hosts, string? priority, HostRoutes routes, IngressController.Traefik traefik)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        annotations[$"{Prefix}entrypoints"] = traefik.EntryPoint;
        annotations[$"{Prefix}tls"] = "true";
        if (traefik.CertificateResolver is { } resolver)
        {
            annotations[$"{Prefix}tls.certresolver"] = resolver;
            // The resolver reads names from the rule, and a wildcard has become an expression there.
            if (hosts.FirstOrDefault(host => host.IsWildcard) is { } wildcard)
            {
                annotations[$"{Prefix}tls.domains.0.main"] = wildcard.Text;
            }
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
    /// <param name="RedirectedEntryPoint">Entry point without TLS whose requests go on to https; null where Traefik's own configuration sees to it.</param>
    public sealed record Traefik(
        string ClassName = Traefik.DefaultClassName,
        string EntryPoint = Traefik.DefaultEntryPoint,
        string? CertificateResolver = null,
        string? RedirectedEntryPoint = null) : IngressController
    {
        public const string DefaultClassName = "traefik";
        public const string DefaultEntryPoint = "websecure";

        internal override RoutingPlan Plan(string name, HostRoutes routes) => TraefikRouting.Plan(name, routes, this);
    }
}
