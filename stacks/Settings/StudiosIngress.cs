using System.Collections.Immutable;
using Infra.Dns;
using Infra.Routing;
using Pulumi;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>The ingress controller that routes the hosts to connect-proxy.</summary>
[Kind<AlbIngressSettings>("alb", "The AWS Load Balancer Controller.")]
[Kind<GceIngressSettings>("gce", "The GKE Ingress controller.")]
[Kind<TraefikIngressSettings>("traefik", "Traefik.")]
[Kind<GatewayIngressSettings>("gateway", "A Gateway of the Gateway API that exists, of any controller but GKE's, whose Gateways platform:dns.cloudDns makes.")]
[Kind<NginxIngressSettings>("nginx", "The retired ingress-nginx, for clusters that still have it.")]
public abstract record StudiosIngressSettings
{
    private protected StudiosIngressSettings()
    {
    }

    [Setting(
        "Certificates of the hosts. Each Ingress takes the ones that cover it, so that a second one may hold the wildcard.",
        Absent = "the controller has them")]
    public ImmutableArray<CertificateSettings> Certificates { get; init; } = [];

    [Setting("Do not wait until the Ingresses have an address, for controllers that never report one.")]
    public bool SkipAwait { get; init; }

    /// <summary>The controller with its options.</summary>
    public abstract IngressController Controller { get; }

    /// <summary>Whether the controller brings certificates whose names no setting tells.</summary>
    public abstract bool HasOwnCertificates { get; }
}

/// <summary>An Application Load Balancer.</summary>
public sealed record AlbIngressSettings : StudiosIngressSettings, IChecked
{
    [Setting("Reachable inside the VPC only.")]
    public bool Internal { get; init; }

    [Setting("How it reaches the pods: by their addresses, which needs the Amazon VPC CNI, or by node ports.")]
    public AlbTargetType TargetType { get; init; } = AlbTargetType.Ip;

    [Setting("Name that all Ingresses of one balancer share; give the Platform's to share its balancer.")]
    [Length(1, 63)]
    public string Group { get; init; } = "studio-platform";

    [Setting("Order of the Platform's own Ingress in the group; Ingresses without an order have 0.")]
    [Range(-1000, 1000)]
    public int PlatformOrder { get; init; }

    [Setting(
        "Which Ingress of the group says what holds for the whole balancer: those of Studios, or the Platform's own. "
        + "Where both do, a difference stops the group.")]
    public AlbGroupOwner GroupSettings { get; init; } = AlbGroupOwner.Studios;

    [Setting("Seconds a connection may be silent before the balancer ends it. The group's.")]
    [Range(1, IngressController.Alb.MostIdleSeconds)]
    public int IdleTimeoutSeconds { get; init; } = RoutingPlan.IdleSeconds;

    [Setting("Drop header fields whose names are malformed. The group's.")]
    public bool DropInvalidHeaderFields { get; init; } = true;

    [Setting("Security policy of the HTTPS listener. The group's.")]
    [Length(1, 64)]
    public string SslPolicy { get; init; } = IngressController.Alb.DefaultSslPolicy;

    [Setting("Path that the balancer asks whether a pod is well.")]
    [Form(Form.AbsolutePath)]
    public string HealthCheckPath { get; init; } = IngressController.Alb.DefaultHealthCheckPath;

    [Setting("Answers that count as well. The vendor publishes no path that answers 200.")]
    [Length(3, 64)]
    public string HealthySuccessCodes { get; init; } = IngressController.Alb.AnyAnswer;

    [Setting("Where the balancer writes a line for each request. The group's.", Absent = "nowhere")]
    public AccessLogSettings? AccessLogs { get; init; }

    [Setting("The web ACL of AWS WAF that sees every request before the balancer. The group's.", Absent = "none")]
    public WebAclSettings? WebAcl { get; init; }

    public override IngressController Controller => Alb;

    /// <summary>The controller, with what only it has.</summary>
    internal IngressController.Alb Alb => new(!Internal, TargetType, Group, SslPolicy, HealthCheckPath, HealthySuccessCodes)
    {
        IdleSeconds = IdleTimeoutSeconds,
        DropsInvalidHeaders = DropInvalidHeaderFields,
        DefinesBalancer = GroupSettings is AlbGroupOwner.Studios,
    };

    public override bool HasOwnCertificates => false;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (GroupSettings is AlbGroupOwner.Studios)
        {
            yield break;
        }

        var standard = new AlbIngressSettings();
        (string Name, object? Given, object? Default)[] groupWide =
        [
            (nameof(Internal), Internal, standard.Internal),
            (nameof(IdleTimeoutSeconds), IdleTimeoutSeconds, standard.IdleTimeoutSeconds),
            (nameof(DropInvalidHeaderFields), DropInvalidHeaderFields, standard.DropInvalidHeaderFields),
            (nameof(SslPolicy), SslPolicy, standard.SslPolicy),
            (nameof(AccessLogs), AccessLogs, null),
            (nameof(WebAcl), WebAcl, null),
        ];
        foreach (var (name, given, _) in groupWide.Where(setting => !Equals(setting.Given, setting.Default)))
        {
            yield return new(
                at[name],
                "holds for the whole balancer, and groupSettings: platform leaves that to the Platform's Ingress",
                "absent with groupSettings: platform",
                $"remove {SettingPath.KeyFor(name)}, or groupSettings", given switch
                {
                    bool flag => flag ? "true" : "false",
                    AccessLogSettings or WebAclSettings => null,
                    _ => $"{given}",
                });
        }

        if (platform.Dns is Route53Settings { PlatformService: not null, LoadBalancer: LoadBalancerOwner.Ingress })
        {
            yield return new(
                at[nameof(GroupSettings)],
                "leaves the balancer to the Platform's Ingress, and platform:dns.route53.platformService has this stack make that one too",
                "studios, or no platformService", "remove groupSettings", "platform");
        }
    }
}

/// <summary>Whose Ingress says what holds for a balancer that several share.</summary>
public enum AlbGroupOwner
{
    /// <summary>Those of Studios.</summary>
    Studios,

    /// <summary>The Platform's own.</summary>
    Platform,
}

/// <summary>An Application Load Balancer of Google Cloud.</summary>
public sealed record GceIngressSettings : StudiosIngressSettings
{
    [Setting("Name of a reserved global address.", Absent = "an address that changes with the Ingress", Example = "studios")]
    [Length(1, 63)]
    public string? StaticAddress { get; init; }

    [Setting("Path that must answer 200. The vendor publishes none.")]
    [Form(Form.AbsolutePath)]
    public string HealthCheckPath { get; init; } = IngressController.Gce.DefaultHealthCheckPath;

    [Setting("Name of a ManagedCertificate object in the namespace. It cannot hold a wildcard.", Absent = "certificates has them", Example = "studios")]
    [Form(Form.KubernetesSubdomain)]
    public string? ManagedCertificate { get; init; }

    [Setting("How many of a hundred requests the load balancer logs; 0 for none.", Absent = "what GKE does by itself")]
    [Range(0, 100)]
    public int? RequestLogPercent { get; init; }

    [Setting("Name of a security policy of Cloud Armor that exists.", Absent = "none", Example = "platform")]
    [Form(Form.GcpName)]
    public string? CloudArmor { get; init; }

    public override IngressController Controller => new IngressController.Gce(StaticAddress, HealthCheckPath, ManagedCertificate)
    {
        Backend = GoogleEdge.Backend(RequestLogPercent, CloudArmor),
    };

    public override bool HasOwnCertificates => ManagedCertificate is not null;
}

/// <summary>Traefik with the Kubernetes Ingress provider.</summary>
public sealed record TraefikIngressSettings : StudiosIngressSettings
{
    [Setting("IngressClass it serves.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = IngressController.Traefik.DefaultClassName;

    [Setting("Entry point with TLS. Its respondingTimeouts end long uploads and belong to Traefik's own configuration.")]
    [Length(1, 63)]
    public string EntryPoint { get; init; } = IngressController.Traefik.DefaultEntryPoint;

    [Setting(
        "Certificate resolver of Traefik's own configuration; a wildcard needs one with a DNS challenge.",
        Absent = "certificates or Traefik's default store",
        Example = "letsencrypt")]
    [Length(1, 63)]
    public string? CertificateResolver { get; init; }

    [Setting(
        "Entry point without TLS whose requests are sent on to https, by a Middleware of Traefik's Kubernetes CRD provider.",
        Absent = "Traefik's own configuration redirects, or nothing does",
        Example = "web")]
    [Length(1, 63)]
    public string? RedirectFrom { get; init; }

    public override IngressController Controller => new IngressController.Traefik(ClassName, EntryPoint, CertificateResolver, RedirectFrom);

    public override bool HasOwnCertificates => CertificateResolver is not null || Certificates.IsEmpty;
}

/// <summary>The retired ingress-nginx.</summary>
public sealed record NginxIngressSettings : StudiosIngressSettings
{
    [Setting("IngressClass it serves.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = IngressController.Nginx.DefaultClassName;

    [Setting("ClusterIssuer of cert-manager; a wildcard needs one with a DNS-01 solver.", Absent = "certificates has them", Example = "letsencrypt")]
    [Form(Form.KubernetesSubdomain)]
    public string? ClusterIssuer { get; init; }

    public override IngressController Controller => new IngressController.Nginx(ClassName, ClusterIssuer);

    public override bool HasOwnCertificates => ClusterIssuer is not null;
}

/// <summary>An existing certificate, and the names on it.</summary>
[Kind<AcmCertificateSettings>("arn")]
[Kind<TlsSecretCertificateSettings>("tlsSecret")]
[Kind<PreSharedCertificateSettings>("preShared")]
public abstract record CertificateSettings
{
    private protected CertificateSettings()
    {
    }

    [Setting("Names it is good for, wildcards included.", Example = "[example.com, '*.example.com']")]
    public required ImmutableArray<DomainName> Names { get; init; }

    /// <summary>The same in the form that Ingresses take.</summary>
    public abstract Certificate Certificate { get; }
}

/// <summary>A certificate of AWS Certificate Manager.</summary>
public sealed record AcmCertificateSettings : CertificateSettings
{
    [Setting("ARN in AWS Certificate Manager, for alb; in the region of the load balancer.")]
    public required CertificateArn Arn { get; init; }

    public override Certificate Certificate => new Certificate.Acm(Names, Output.Create(Arn.Text));
}

/// <summary>A certificate in a Secret.</summary>
public sealed record TlsSecretCertificateSettings : CertificateSettings
{
    [Setting("Secret of type kubernetes.io/tls in the namespace.", Example = "studios-tls")]
    [Form(Form.KubernetesSubdomain)]
    public required string Secret { get; init; }

    public override Certificate Certificate => new Certificate.TlsSecret(Names, Output.Create(Secret));
}

/// <summary>A certificate that Google Cloud holds.</summary>
public sealed record PreSharedCertificateSettings : CertificateSettings
{
    [Setting("Name of a Google Cloud SSL certificate, for gce.", Example = "studios")]
    [Length(1, 63)]
    public required string Name { get; init; }

    public override Certificate Certificate => new Certificate.PreShared(Names, Output.Create(Name));
}

/// <summary>Whether every host has a certificate, and every request reaches the right Service.</summary>
internal static class StudiosIngressRules
{
    public static IEnumerable<SettingsProblem> Check(StudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.Ingress is not { } ingress || settings.Routing is not { } routing)
        {
            return [];
        }

        var connect = settings.ConnectUrl.Host;
        var wildcard = (routing as SessionRouting.Subdomain)?.Wildcard;
        var here = at[nameof(settings.Ingress)];
        return
        [
            .. CheckWildcard(ingress, wildcard, here),
            .. IngressAwaitRule.Check(ingress, platform, here[nameof(ingress.SkipAwait)]),
            .. ingress.Certificates.Index().SelectMany(entry => CheckKind(entry.Item, ingress, here[nameof(ingress.Certificates)][entry.Index])),
            .. platform.Dns is null ? CheckCoverage(ingress, wildcard is null ? [connect] : [connect, wildcard], here) : [],
        ];
    }

    private static IEnumerable<SettingsProblem> CheckWildcard(StudiosIngressSettings ingress, DomainName? wildcard, SettingPath here)
    {
        if (wildcard is null)
        {
            yield break;
        }

        if (ingress is GceIngressSettings { ManagedCertificate: { } managed })
        {
            yield return new(
                here["gce"][nameof(GceIngressSettings.ManagedCertificate)],
                $"cannot hold the wildcard {wildcard} of the sessions",
                "absent, unless pathRouting is on",
                "give the certificate in ingress.certificates as preShared or tlsSecret, or set pathRouting: true",
                managed);
        }

        if (ingress is AlbIngressSettings alb && alb.PlatformOrder >= AlbRouting.WildcardOrder)
        {
            yield return new(
                here["alb"][nameof(alb.PlatformOrder)],
                $"is not before {AlbRouting.WildcardOrder}, the order of the wildcard {wildcard}, which would take the Platform's requests",
                $"-1000 to {AlbRouting.WildcardOrder - 1}",
                "give the Platform's Ingress a lower group.order, and the same number here",
                alb.PlatformOrder.ToString());
        }
    }

    private static IEnumerable<SettingsProblem> CheckKind(
        CertificateSettings certificate, StudiosIngressSettings ingress, SettingPath at) => (certificate, ingress) switch
        {
            (_, GatewayIngressSettings) =>
                [new(at["names"], "are those of a certificate that no Gateway takes from here: its listeners have them", "no certificates",
                "remove ingress.certificates, and name the certificate in the Gateway", string.Join(", ", certificate.Names))],
            (AcmCertificateSettings acm, not AlbIngressSettings) =>
            [
                new(at["arn"], "is for alb only", "tlsSecret, or preShared with gce", "give the certificate in a form that the controller takes", acm.Arn.Text),
            ],
            (PreSharedCertificateSettings preShared, not GceIngressSettings) =>
                [new(
                at["preShared"], "is for gce only", "arn with alb, tlsSecret with others", "give the certificate in a form that the controller takes",
                preShared.Name)],
            (TlsSecretCertificateSettings tls, AlbIngressSettings) =>
                [new(
                at["tlsSecret"], "is not for alb, which takes certificates from AWS Certificate Manager only", "arn", "import the certificate and give its arn",
                tls.Secret)],
            _ => [],
        };

    private static IEnumerable<SettingsProblem> CheckCoverage(StudiosIngressSettings ingress, IReadOnlyList<DomainName> hosts, SettingPath here)
    {
        if (ingress.HasOwnCertificates)
        {
            yield break;
        }

        foreach (var host in hosts.Where(host => !ingress.Certificates.Any(certificate => certificate.Names.Any(name => name.Covers(host)))))
        {
            yield return new(
                here[nameof(ingress.Certificates)],
                $"has none for {host}",
                "one or more certificates that together cover every host",
                $"add a certificate whose names have {host}, beside the ones that are there",
                ingress.Certificates.IsEmpty ? "[]" : string.Join(", ", ingress.Certificates.SelectMany(certificate => certificate.Names)));
        }
    }
}
