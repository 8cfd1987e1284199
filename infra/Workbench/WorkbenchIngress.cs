using System.Collections.Immutable;
using Infra.Dns;
using Infra.Routing;

namespace Infra.Workbench;

/// <summary>How browsers reach Workbench: one host, TLS, and all requests of a browser at the same replica.</summary>
/// <param name="Host">Host.</param>
/// <param name="TlsSecret">Secret of type <c>kubernetes.io/tls</c> in Workbench's namespace.</param>
/// <param name="ClusterIssuer">ClusterIssuer of cert-manager that fills the Secret; null where somebody else does.</param>
public abstract record WorkbenchIngress(DomainName Host, string TlsSecret, string? ClusterIssuer)
{
    /// <summary>The Secret that an issuer fills.</summary>
    public const string IssuedSecret = "workbench-tls";

    // The name in Posit's instructions.
    private const string Cookie = "WORKBENCH-SESSION-COOKIE";

    /// <summary>Annotations of the Service; they too are read by the controller.</summary>
    public virtual ImmutableDictionary<string, object> ServiceAnnotations => ImmutableDictionary<string, object>.Empty;

    private protected abstract string ClassName { get; }

    private protected abstract ImmutableDictionary<string, object> Annotations { get; }

    /// <summary>The value <c>ingress</c> of the chart.</summary>
    public ImmutableDictionary<string, object> Value => Spec.From(
        ("enabled", true),
        ("ingressClassName", ClassName),
        ("annotations", ClusterIssuer is null ? Annotations : Annotations.Add("cert-manager.io/cluster-issuer", ClusterIssuer)),
        ("hosts", Spec.List(Spec.From(("host", Host.Text), ("paths", Spec.List("/"))))),
        ("tls", Spec.List(Spec.From(("secretName", TlsSecret), ("hosts", Spec.List(Host.Text))))));

    /// <summary>Traefik with the Kubernetes Ingress provider.</summary>
    public sealed record Traefik(DomainName Host, string TlsSecret, string? ClusterIssuer, string Class, string EntryPoint)
        : WorkbenchIngress(Host, TlsSecret, ClusterIssuer)
    {
        private const string Sticky = "traefik.ingress.kubernetes.io/service.sticky.cookie";
        private const string Router = "traefik.ingress.kubernetes.io/router.";

        // Posit's instructions, "Configure the Ingress in your Helm chart values": Traefik reads them at the Service.
        public override ImmutableDictionary<string, object> ServiceAnnotations => Spec.From(
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
    public sealed record Nginx(DomainName Host, string TlsSecret, string? ClusterIssuer, string Class) : WorkbenchIngress(Host, TlsSecret, ClusterIssuer)
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
