namespace Infra.Routing;

/// <summary>What turns Ingress objects into a way in, with the options that only it has.</summary>
public abstract record IngressController
{
    private IngressController()
    {
    }

    /// <summary>The AWS Load Balancer Controller; one Application Load Balancer for each group.</summary>
    /// <param name="InternetFacing">Reachable from outside the VPC.</param>
    /// <param name="TargetType">How the balancer reaches the pods.</param>
    /// <param name="Group">Name shared by all Ingresses of one balancer; at most 63 characters.</param>
    /// <param name="SslPolicy">Security policy of the HTTPS listener.</param>
    /// <param name="HealthCheckPath">Path that the balancer asks.</param>
    /// <param name="HealthySuccessCodes">Answers that count as healthy.</param>
    public sealed record Alb(
        bool InternetFacing,
        AlbTargetType TargetType,
        string Group,
        string SslPolicy = Alb.DefaultSslPolicy,
        string HealthCheckPath = Alb.DefaultHealthCheckPath,
        string HealthySuccessCodes = Alb.AnyAnswer) : IngressController
    {
        /// <summary>TLS 1.2 and 1.3 only (AWS documentation, 2026).</summary>
        public const string DefaultSslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

        public const string DefaultHealthCheckPath = "/";

        /// <summary>The vendor publishes no path of connect-proxy that answers 200: any answer of a running proxy counts.</summary>
        public const string AnyAnswer = "200-499";
    }

    /// <summary>The GKE Ingress controller; one Application Load Balancer for each Ingress.</summary>
    /// <param name="StaticAddress">Name of a reserved global address; null for an ephemeral one.</param>
    /// <param name="HealthCheckPath">Path that must answer 200.</param>
    /// <param name="ManagedCertificate">Name of a ManagedCertificate object; it cannot hold wildcards.</param>
    /// <param name="ClusterIssuer">cert-manager ClusterIssuer; a wildcard needs one with a DNS-01 solver. Null where the certificate comes from elsewhere.</param>
    /// <param name="MakeCertificate">Make the ManagedCertificate, for every host. False: it exists.</param>
    public sealed record Gce(
        string? StaticAddress = null,
        string HealthCheckPath = Gce.DefaultHealthCheckPath,
        string? ManagedCertificate = null,
        string? ClusterIssuer = null,
        bool MakeCertificate = false) : IngressController
    {
        public const string DefaultHealthCheckPath = "/";
    }

    /// <summary>A Gateway of GKE, with a certificate map of its own.</summary>
    /// <param name="GatewayName">Name of the Gateway.</param>
    /// <param name="GatewayNamespace">Its namespace.</param>
    /// <param name="HealthCheckPath">Path that must answer 200; null asks only whether the port is open, which needs no path that the vendor would have to publish.</param>
    public sealed record Gateway(string GatewayName, string GatewayNamespace, string? HealthCheckPath = null) : IngressController;

    /// <summary>Traefik 2.10 or newer with the Kubernetes Ingress provider.</summary>
    /// <param name="ClassName">IngressClass it serves.</param>
    /// <param name="EntryPoint">Entry point with TLS.</param>
    /// <param name="CertificateResolver">Resolver of Traefik's own configuration; null where a Secret holds the certificate.</param>
    public sealed record Traefik(
        string ClassName = Traefik.DefaultClassName, string EntryPoint = Traefik.DefaultEntryPoint, string? CertificateResolver = null) : IngressController
    {
        public const string DefaultClassName = "traefik";
        public const string DefaultEntryPoint = "websecure";
    }

    /// <summary>The community's ingress-nginx, retired in March 2026: for clusters that still have it.</summary>
    /// <param name="ClassName">IngressClass it serves.</param>
    /// <param name="ClusterIssuer">cert-manager ClusterIssuer; a wildcard needs one with a DNS-01 solver. Null where a Secret holds the certificate.</param>
    public sealed record Nginx(string ClassName = Nginx.DefaultClassName, string? ClusterIssuer = null) : IngressController
    {
        public const string DefaultClassName = "nginx";
    }
}
