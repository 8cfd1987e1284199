using System.Collections.Immutable;
using Infra.Dns;
using Infra.LoadBalancing;
using Pulumi;

namespace Infra.Routing;

/// <summary>Ingresses for the AWS Load Balancer Controller (annotations of its 2.x and 3.x guide).</summary>
/// <remarks>A wildcard matches the Platform's own host too, and a balancer takes the first rule that fits: the group's order puts the wildcard last.</remarks>
public static class AlbRouting
{
    /// <summary>Order of exact hosts in the group; Ingresses without an order have 0 and come first.</summary>
    public const int ExactOrder = 100;

    /// <summary>Order of the wildcard in the group; the controller allows -1000 to 1000.</summary>
    public const int WildcardOrder = 900;

    /// <summary>Annotation that takes the certificate's ARN.</summary>
    public const string CertificateAnnotation = $"{Prefix}certificate-arn";

    /// <summary>Annotation that takes what holds for the balancer as a whole.</summary>
    public const string AttributesAnnotation = $"{Prefix}load-balancer-attributes";

    /// <summary>What <see cref="WebAclAnnotation"/> says to take a web ACL off; without the annotation it stays (guide, "wafv2-acl-arn").</summary>
    public const string NoWebAcl = "none";

    /// <summary>Annotation that takes the ARN of a web ACL of AWS WAF.</summary>
    public const string WebAclAnnotation = $"{Prefix}wafv2-acl-arn";

    /// <summary>Seconds that a balancer leaves the connections of a pod that goes; 300 by AWS' default.</summary>
    public const int DeregistrationSeconds = 30;

    private const string Prefix = "alb.ingress.kubernetes.io/";

    // The rules join the listener that the group has. Its redirect from HTTP belongs to whoever defines the balancer, and holds for these hosts too.
    private static readonly Dictionary<string, string> BesideBalancer = new(StringComparer.Ordinal) { [$"{Prefix}listen-ports"] = """[{"HTTPS": 443}]""" };

    // What holds for all Ingresses of the group: another one that says something else stops the controller for the whole group.
    private static Dictionary<string, string> Balancer(IngressController.Alb alb) => new(StringComparer.Ordinal)
    {
        [$"{Prefix}listen-ports"] = """[{"HTTP": 80}, {"HTTPS": 443}]""",
        [AttributesAnnotation] = Attributes(alb),
        [$"{Prefix}scheme"] = alb.InternetFacing ? "internet-facing" : "internal",
        [$"{Prefix}ssl-policy"] = alb.SslPolicy,
        // Not an action backend: Pulumi would look for a Service of the action's name (pulumi-kubernetes#1810).
        [$"{Prefix}ssl-redirect"] = "443",
    };

    /// <summary>The attributes of the balancer with a place for its access log, whose bucket may be made by the program; null switches the log off.</summary>
    public static Output<string> LoggedAttributes(IngressController.Alb alb, AccessLogs? logs) => logs is null
        ? Output.Create($"{Attributes(alb)},access_logs.s3.enabled=false")
        : logs.Bucket.Apply(bucket =>
            $"{Attributes(alb)},access_logs.s3.enabled=true,access_logs.s3.bucket={bucket}"
            + (logs.Prefix.Length == 0 ? "" : $",access_logs.s3.prefix={logs.Prefix}"));

    private static string Attributes(IngressController.Alb alb) =>
        $"idle_timeout.timeout_seconds={alb.IdleSeconds},routing.http.drop_invalid_header_fields.enabled={(alb.DropsInvalidHeaders ? "true" : "false")}";

    // Guide, "target-group-attributes": a cookie of the balancer's own, which names a target. On node ports a target is a node, and no pod.
    private static string TargetGroup(IngressController.Alb alb)
    {
        var draining = $"deregistration_delay.timeout_seconds={DeregistrationSeconds}";
        return alb.StickySeconds is { } seconds ? $"{draining},stickiness.enabled=true,stickiness.lb_cookie.duration_seconds={seconds}" : draining;
    }

    public static RoutingPlan Plan(HostRoutes routes, IngressController.Alb alb)
    {
        var ingresses = ImmutableArray.Create(Ingress(RoutingPlan.HostsRole, routes.Exact, ExactOrder, routes, alb));
        if (routes.Wildcard is { } wildcard)
        {
            ingresses = ingresses.Add(Ingress(RoutingPlan.SessionsRole, [wildcard], WildcardOrder, routes, alb));
        }

        return new RoutingPlan(
            ingresses,
            alb.TargetType == AlbTargetType.Ip ? "ClusterIP" : "NodePort",
            ImmutableSortedDictionary<string, string>.Empty,
            [])
        {
            DrainSeconds = DeregistrationSeconds + RoutingPlan.ReactionSeconds,
        };
    }

    private static IngressPlan Ingress(string role, IReadOnlyList<DomainName> hosts, int order, HostRoutes routes, IngressController.Alb alb) => new(
        role,
        "alb",
        new Dictionary<string, string>(alb.DefinesBalancer ? Balancer(alb) : BesideBalancer, StringComparer.Ordinal)
        {
            [$"{Prefix}group.name"] = alb.Group,
            [$"{Prefix}group.order"] = order.ToString(),
            [$"{Prefix}healthcheck-path"] = alb.HealthCheckPath,
            [$"{Prefix}success-codes"] = alb.HealthySuccessCodes,
            [$"{Prefix}target-group-attributes"] = TargetGroup(alb),
            [$"{Prefix}target-type"] = alb.TargetType == AlbTargetType.Ip ? "ip" : "instance",
        }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        [.. hosts.Select(host => new IngressRulePlan(host, "/*", "ImplementationSpecific"))],
        routes.Service,
        routes.ServicePort);
}

/// <summary>How an Application Load Balancer reaches pods.</summary>
public enum AlbTargetType
{
    /// <summary>Pod addresses; needs the Amazon VPC CNI and no node ports.</summary>
    Ip,

    /// <summary>Node ports.</summary>
    Instance,
}

public abstract partial record IngressController
{
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

        /// <summary>Longest that AWS lets a connection be silent, in seconds.</summary>
        public const int MostIdleSeconds = 4000;

        /// <summary>Seconds a connection may be silent. Default an hour: sessions hold WebSockets open.</summary>
        public int IdleSeconds { get; init; } = RoutingPlan.IdleSeconds;

        /// <summary>Drop header fields whose names are no tokens, instead of handing them on. Default true.</summary>
        public bool DropsInvalidHeaders { get; init; } = true;

        /// <summary>Seconds for which a cookie keeps a browser at one pod. Default none: any pod will do.</summary>
        public int? StickySeconds { get; init; }

        /// <summary>Say what holds for the whole balancer. Default true; false where another Ingress of the group does, as the Platform's.</summary>
        public bool DefinesBalancer { get; init; } = true;

        internal override RoutingPlan Plan(string name, HostRoutes routes) => AlbRouting.Plan(routes, this);
    }
}
