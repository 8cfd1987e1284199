using System.Collections.Immutable;

namespace Infra.Routing;

/// <summary>The Ingress, BackendConfig and FrontendConfig for the GKE Ingress controller (GKE documentation, 2026).</summary>
/// <remarks>Each Ingress is a load balancer with an address of its own, so exact hosts and wildcard share one; exact hosts win by themselves.</remarks>
public static class GceRouting
{
    /// <summary>Annotation that takes the name of a Google Cloud SSL certificate.</summary>
    public const string PreSharedAnnotation = "ingress.gcp.kubernetes.io/pre-shared-cert";

    /// <summary>Annotation that takes the name of a reserved global address.</summary>
    public const string AddressAnnotation = "kubernetes.io/ingress.global-static-ip-name";

    // Seconds that requests in flight have when a pod goes.
    private const int DrainingSeconds = 60;

    public static RoutingPlan Plan(string name, HostRoutes routes, IngressController.Gce gce)
    {
        if (gce.ManagedCertificate is not null && routes.Wildcard is not null)
        {
            throw new ArgumentException("A ManagedCertificate of GKE holds no wildcard.", nameof(gce));
        }

        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        // The annotation works on every GKE version; spec.ingressClassName needs an IngressClass object that GKE does not make.
        annotations["kubernetes.io/ingress.class"] = "gce";
        annotations["networking.gke.io/v1beta1.FrontendConfig"] = name;
        if (gce.StaticAddress is { } address)
        {
            annotations[AddressAnnotation] = address;
        }

        if (gce.ManagedCertificate is { } certificate)
        {
            annotations["networking.gke.io/managed-certificates"] = certificate;
        }

        if (gce.ClusterIssuer is { } issuer)
        {
            annotations["cert-manager.io/cluster-issuer"] = issuer;
        }

        var ingress = new IngressPlan(
            RoutingPlan.HostsRole,
            null,
            annotations.ToImmutable(),
            [.. routes.Hosts.Select(host => new IngressRulePlan(host, "/*", "ImplementationSpecific"))],
            routes.Service,
            routes.ServicePort,
            gce.ClusterIssuer is null ? null : $"{name}-tls");
        ImmutableArray<CustomObjectPlan> objects = [BackendConfig(name, gce), FrontendConfig(name)];
        return new RoutingPlan(
            [ingress],
            "ClusterIP",
            ServiceAnnotations(name),
            gce is { MakeCertificate: true, ManagedCertificate: { } made } ? objects.Add(ManagedCertificate(made, routes)) : objects)
        {
            DrainSeconds = DrainingSeconds + RoutingPlan.ReactionSeconds,
        };
    }

    private static CustomObjectPlan ManagedCertificate(string name, HostRoutes routes) => new(
        "networking.gke.io/v1", "ManagedCertificate", name, Spec.From(("domains", Spec.List([.. routes.Exact.Select(host => host.Text)]))));

    // The controller reads BackendConfig from the Service, not from the Ingress (ingress-gce#598).
    private static ImmutableSortedDictionary<string, string> ServiceAnnotations(string name) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cloud.google.com/backend-config"] = $$"""{"default": "{{name}}"}""",
        ["cloud.google.com/neg"] = """{"ingress": true}""",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static CustomObjectPlan BackendConfig(string name, IngressController.Gce gce)
    {
        var spec = Spec.From(
            // For WebSockets this is the longest life of a connection, idle or not.
            ("timeoutSec", RoutingPlan.IdleSeconds),
            ("connectionDraining", Spec.From(("drainingTimeoutSec", DrainingSeconds))),
            ("healthCheck", Spec.From(("type", "HTTP"), ("requestPath", gce.HealthCheckPath))));
        if (gce.StickySeconds is { } seconds)
        {
            // GKE documentation, "Ingress configuration on Google Cloud", session affinity: with pods as backends, which the Service's annotation asks for.
            spec = spec.Add("sessionAffinity", Spec.From(("affinityType", "GENERATED_COOKIE"), ("affinityCookieTtlSec", seconds)));
        }

        if (gce.Backend.LogPercent is { } percent)
        {
            // GKE documentation, "Ingress configuration on Google Cloud": the rate is a fraction.
            spec = spec.Add("logging", Spec.From(("enable", percent > 0), ("sampleRate", percent / 100.0)));
        }

        if (gce.Backend.SecurityPolicy is { } policy)
        {
            spec = spec.Add("securityPolicy", Spec.From(("name", policy)));
        }

        return new("cloud.google.com/v1", "BackendConfig", name, spec);
    }

    private static CustomObjectPlan FrontendConfig(string name) => new("networking.gke.io/v1beta1", "FrontendConfig", name, Spec.From(
        ("redirectToHttps", Spec.From(("enabled", true), ("responseCodeName", "MOVED_PERMANENTLY_DEFAULT")))));
}

public abstract partial record IngressController
{
    /// <summary>The GKE Ingress controller; one Application Load Balancer for each Ingress.</summary>
    /// <param name="StaticAddress">Name of a reserved global address; null for an ephemeral one.</param>
    /// <param name="HealthCheckPath">Path that must answer 200.</param>
    /// <param name="ManagedCertificate">Name of a ManagedCertificate object; it cannot hold wildcards.</param>
    /// <param name="ClusterIssuer">
    /// cert-manager ClusterIssuer; a wildcard needs one with a DNS-01 solver. Null where the certificate comes from elsewhere.
    /// </param>
    /// <param name="MakeCertificate">Make the ManagedCertificate, for every host. False: it exists.</param>
    public sealed record Gce(
        string? StaticAddress = null,
        string HealthCheckPath = Gce.DefaultHealthCheckPath,
        string? ManagedCertificate = null,
        string? ClusterIssuer = null,
        bool MakeCertificate = false) : IngressController
    {
        public const string DefaultHealthCheckPath = "/";

        /// <summary>What the load balancer logs and refuses. Default what Google does.</summary>
        public GoogleBackend Backend { get; init; } = GoogleBackend.Default;

        /// <summary>Seconds for which a cookie keeps a browser at one pod. Default none: any pod will do.</summary>
        public int? StickySeconds { get; init; }

        internal override RoutingPlan Plan(string name, HostRoutes routes) => GceRouting.Plan(name, routes, this);
    }
}
