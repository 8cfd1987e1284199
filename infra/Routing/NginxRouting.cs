using System.Collections.Immutable;
using Infra.Dns;

namespace Infra.Routing;

/// <summary>Ingresses for the retired ingress-nginx; nginx prefers exact server names to wildcards by itself.</summary>
public static class NginxRouting
{
    private const string Prefix = "nginx.ingress.kubernetes.io/";

    // Files go into sessions through the proxy; the vendor's chart has the same limit.
    private const string LargestBody = "500m";

    public static RoutingPlan Plan(string name, HostRoutes routes, IngressController.Nginx nginx)
    {
        var ingresses = ImmutableArray.Create(Ingress(name, RoutingPlan.HostsRole, routes.Exact, routes, nginx));
        if (routes.Wildcard is { } wildcard)
        {
            ingresses = ingresses.Add(Ingress(name, RoutingPlan.SessionsRole, [wildcard], routes, nginx));
        }

        return new RoutingPlan(ingresses, "ClusterIP", ImmutableSortedDictionary<string, string>.Empty, []);
    }

    private static IngressPlan Ingress(string name, string role, IReadOnlyList<DomainName> hosts, HostRoutes routes, IngressController.Nginx nginx)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        annotations[$"{Prefix}proxy-body-size"] = LargestBody;
        annotations[$"{Prefix}proxy-http-version"] = "1.1";
        annotations[$"{Prefix}proxy-read-timeout"] = RoutingPlan.IdleSeconds.ToString();
        annotations[$"{Prefix}proxy-send-timeout"] = RoutingPlan.IdleSeconds.ToString();
        annotations[$"{Prefix}ssl-redirect"] = "true";
        if (nginx.ClusterIssuer is { } issuer)
        {
            annotations["cert-manager.io/cluster-issuer"] = issuer;
        }

        return new IngressPlan(
            role,
            nginx.ClassName,
            annotations.ToImmutable(),
            [.. hosts.Select(host => new IngressRulePlan(host, "/", "Prefix"))],
            routes.Service,
            routes.ServicePort,
            nginx.ClusterIssuer is null ? null : $"{name}-{role}-tls");
    }
}

public abstract partial record IngressController
{
    /// <summary>The community's ingress-nginx, retired in March 2026: for clusters that still have it.</summary>
    /// <param name="ClassName">IngressClass it serves.</param>
    /// <param name="ClusterIssuer">cert-manager ClusterIssuer; a wildcard needs one with a DNS-01 solver. Null where a Secret holds the certificate.</param>
    public sealed record Nginx(string ClassName = Nginx.DefaultClassName, string? ClusterIssuer = null) : IngressController
    {
        public const string DefaultClassName = "nginx";

        internal override RoutingPlan Plan(string name, HostRoutes routes) => NginxRouting.Plan(name, routes, this);
    }
}
