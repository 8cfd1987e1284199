using System.Collections.Immutable;
using Infra.Dns;
using Infra.Routing;

namespace Infra.Workbench;

/// <summary>How browsers reach Workbench: one host, TLS, and all requests of a browser at the same replica.</summary>
/// <param name="Host">Host.</param>
public abstract record WorkbenchIngress(DomainName Host)
{
    /// <summary>The Secret that an issuer fills.</summary>
    public const string IssuedSecret = "workbench-tls";

    /// <summary>Answers 200 without signing in, and not before the server takes requests; the chart's own probes ask for it, too.</summary>
    public const string HealthCheckPath = "/health-check";

    /// <summary>Port of the chart's Service.</summary>
    public const int ServicePort = 80;

    // The name in Posit's instructions.
    private const string Cookie = "WORKBENCH-SESSION-COOKIE";

    /// <summary>What the chart is told of it: the values <c>ingress</c> and <c>service</c>, where there is something to say.</summary>
    public abstract ImmutableDictionary<string, object> Values { get; }

    private static ImmutableDictionary<string, object> Service(ImmutableDictionary<string, object> annotations) => annotations.IsEmpty
        ? ImmutableDictionary<string, object>.Empty
        : Spec.From(("service", Spec.From(("annotations", annotations))));

    /// <summary>An Ingress of the chart's own.</summary>
    /// <param name="Host">Host.</param>
    /// <param name="TlsSecret">Secret of type <c>kubernetes.io/tls</c> in Workbench's namespace.</param>
    /// <param name="ClusterIssuer">ClusterIssuer of cert-manager that fills the Secret; null where somebody else does.</param>
    public abstract record OfChart(DomainName Host, string TlsSecret, string? ClusterIssuer) : WorkbenchIngress(Host)
    {
        public override ImmutableDictionary<string, object> Values => Service(ServiceAnnotations).Add("ingress", Spec.From(
            ("enabled", true),
            ("ingressClassName", ClassName),
            ("annotations", ClusterIssuer is null ? Annotations : Annotations.Add("cert-manager.io/cluster-issuer", ClusterIssuer)),
            ("hosts", Spec.List(Spec.From(("host", Host.Text), ("paths", Spec.List("/"))))),
            ("tls", Spec.List(Spec.From(("secretName", TlsSecret), ("hosts", Spec.List(Host.Text)))))));

        /// <summary>Annotations of the Service; they too are read by the controller.</summary>
        private protected virtual ImmutableDictionary<string, object> ServiceAnnotations => ImmutableDictionary<string, object>.Empty;

        private protected abstract string ClassName { get; }

        private protected abstract ImmutableDictionary<string, object> Annotations { get; }
    }

    /// <summary>Objects that stand beside the release, since the chart cannot make them all or nobody could read their address.</summary>
    /// <param name="Host">Host.</param>
    /// <param name="Plan">The objects, and what the controller reads at the Service.</param>
    public sealed record Routed(DomainName Host, RoutingPlan Plan) : WorkbenchIngress(Host)
    {
        // Prefix of the objects' names.
        private const string Name = "workbench";

        public override ImmutableDictionary<string, object> Values =>
            Service(Plan.ServiceAnnotations.ToImmutableDictionary(given => given.Key, object (given) => given.Value, StringComparer.Ordinal));

        /// <summary>The objects that a controller needs to lead the host to the chart's Service.</summary>
        public static Routed By(IngressController controller, DomainName host) =>
            new(host, RoutingPlan.For(Name, new HostRoutes([host], null, WorkbenchValues.Release, ServicePort), controller));
    }

    /// <summary>Traefik with the Kubernetes Ingress provider.</summary>
    public sealed record Traefik(DomainName Host, string TlsSecret, string? ClusterIssuer, string Class, string EntryPoint)
        : OfChart(Host, TlsSecret, ClusterIssuer)
    {
        private const string Sticky = "traefik.ingress.kubernetes.io/service.sticky.cookie";
        private const string Router = "traefik.ingress.kubernetes.io/router.";

        // Posit's instructions, "Configure the Ingress in your Helm chart values": Traefik reads them at the Service.
        private protected override ImmutableDictionary<string, object> ServiceAnnotations => Spec.From(
            (Sticky, "true"),
            ($"{Sticky}.name", Cookie),
            ($"{Sticky}.secure", "true"),
            ($"{Sticky}.samesite", "none"),
            ($"{Sticky}.httponly", "true"));

        private protected override string ClassName => Class;

        private protected override ImmutableDictionary<string, object> Annotations =>
            Spec.From(($"{Router}entrypoints", EntryPoint), ($"{Router}tls", "true"));
    }

    /// <summary>The community's ingress-nginx.</summary>
    public sealed record Nginx(DomainName Host, string TlsSecret, string? ClusterIssuer, string Class) : OfChart(Host, TlsSecret, ClusterIssuer)
    {
        private const string Prefix = "nginx.ingress.kubernetes.io/";

        // Data sets go up through the browser.
        private const string LargestBody = "500m";

        private protected override string ClassName => Class;

        private protected override ImmutableDictionary<string, object> Annotations => Spec.From(
            ($"{Prefix}affinity", "cookie"),
            ($"{Prefix}affinity-mode", "persistent"),
            ($"{Prefix}session-cookie-name", Cookie),
            ($"{Prefix}proxy-body-size", LargestBody),
            // Sessions talk over WebSockets, which are silent for long.
            ($"{Prefix}proxy-read-timeout", $"{RoutingPlan.IdleSeconds}"),
            ($"{Prefix}proxy-send-timeout", $"{RoutingPlan.IdleSeconds}"),
            ($"{Prefix}ssl-redirect", "true"));
    }
}
