using Infra.CodeStudios;
using Infra.Dns;
using Infra.Manifests;
using Infra.Routing;
using Pulumi;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>The ingress controller that answers at the host of Code Studios, and who may pass there.</summary>
[Kind<TraefikCodeStudioSettings>("traefik", "Traefik.")]
[Kind<NginxCodeStudioSettings>("nginx", "The retired ingress-nginx, for clusters that still have it.")]
[Kind<AlbCodeStudioSettings>("alb", "The AWS Load Balancer Controller, 2.14.1 or newer.")]
[Kind<GatewayCodeStudioSettings>("gateway", "A Gateway of the Gateway API that exists.")]
public abstract record CodeStudioIngressSettings
{
    private protected CodeStudioIngressSettings()
    {
    }

    [Setting("Host of all Code Studios; each has a path of its own there. Its record is made elsewhere.", Example = "studios.example.com")]
    public required DomainName Host { get; init; }

    [Setting(
        "Who is asked before a request passes: editors run whatever their visitor writes, and have no sign-in of their own here.",
        Absent = "open says so")]
    public CodeStudioSignInSettings? SignIn { get; init; }

    [Setting(
        "Says that nobody is asked, because something before the host asks already; nothing else makes an open door acceptable.",
        Absent = "signIn is asked"
    )]
    [Only(true)]
    public bool? Open { get; init; }

    [Setting("Do not wait until the Ingresses have an address, for controllers that never report one.")]
    public bool SkipAwait { get; init; }

    /// <summary>The controller with its options.</summary>
    internal abstract IngressController Controller { get; }

    /// <summary>Secret and issuer of the certificate.</summary>
    internal virtual (string? Secret, string? Issuer) Tls => (null, null);

    /// <summary>Certificates that Ingresses refer to.</summary>
    internal virtual IReadOnlyList<Certificate> Certificates => [];

    /// <summary>Namespace of the controller's pods; null where nothing tells them apart.</summary>
    internal virtual string? PodsIn => null;

    /// <summary>Whether the controller can ask somebody of each request.</summary>
    internal virtual bool AsksSignIn => true;

    /// <summary>The same in the words of the component.</summary>
    internal StudioEdge Edge => new(Controller, Host)
    {
        ControllerNamespace = PodsIn,
        TlsSecret = Tls.Secret,
        ClusterIssuer = Tls.Issuer,
        SignIn = SignIn is { } signIn ? new StudioSignIn(signIn.Address, signIn.Page) : null,
    };
}

/// <summary>A service that is asked of each request, such as oauth2-proxy.</summary>
public sealed record CodeStudioSignInSettings
{
    [Setting(
        "Address that is asked; an answer of 2xx lets the request pass. oauth2-proxy takes the groups that may pass as allowed_groups.",
        Example = "http://oauth2-proxy.sign-in.svc.cluster.local/oauth2/auth?allowed_groups=data-scientists")]
    [Form(Form.SignInAddress)]
    public required string Address { get; init; }

    [Setting(
        "Page to which nginx sends a browser that may not pass.", Absent = "the browser gets the service's own answer",
        Example = "https://sign-in.example.com/oauth2/start?rd=https://$host$escaped_request_uri")]
    [Form(Form.SignInAddress)]
    public string? Page { get; init; }
}

/// <summary>Traefik.</summary>
public sealed record TraefikCodeStudioSettings : CodeStudioIngressSettings
{
    [Setting("IngressClass that it serves.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = IngressController.Traefik.DefaultClassName;

    [Setting("Entry point with TLS.")]
    [Length(1, 63)]
    public string EntryPoint { get; init; } = IngressController.Traefik.DefaultEntryPoint;

    [Setting("Certificate resolver of Traefik's own configuration.", Absent = "tlsSecret, or Traefik's default store", Example = "letsencrypt")]
    [Length(1, 63)]
    public string? CertificateResolver { get; init; }

    [Setting("Secret of type kubernetes.io/tls in each namespace that holds the host's certificate.", Absent = "Traefik has it", Example = "studios-tls")]
    [Form(Form.KubernetesSubdomain)]
    public string? TlsSecret { get; init; }

    [Setting("Namespace of its pods: from elsewhere in the cluster nothing reaches the ports, past signIn.")]
    public KubernetesName ControllerNamespace { get; init; } = StudioEdge.DefaultTraefikNamespace;

    internal override string? PodsIn => ControllerNamespace.Text;

    internal override IngressController Controller => new IngressController.Traefik(ClassName, EntryPoint, CertificateResolver);

    internal override (string? Secret, string? Issuer) Tls => (TlsSecret, null);
}

/// <summary>ingress-nginx.</summary>
public sealed record NginxCodeStudioSettings : CodeStudioIngressSettings
{
    /// <summary>The Secret that an issuer fills.</summary>
    internal const string IssuedSecret = "code-studios-tls";

    [Setting("IngressClass that it serves.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = IngressController.Nginx.DefaultClassName;

    [Setting("Secret of type kubernetes.io/tls in each namespace that holds the host's certificate.", Absent = "the controller's default certificate",
        Example = "studios-tls")]
    [Form(Form.KubernetesSubdomain)]
    public string? TlsSecret { get; init; }

    [Setting("ClusterIssuer of cert-manager that issues a certificate in each namespace.", Absent = "tlsSecret holds it", Example = "letsencrypt")]
    [Form(Form.KubernetesSubdomain)]
    public string? ClusterIssuer { get; init; }

    [Setting("Namespace of its pods: from elsewhere in the cluster nothing reaches the ports, past signIn.")]
    public KubernetesName ControllerNamespace { get; init; } = StudioEdge.DefaultNginxNamespace;

    internal override string? PodsIn => ControllerNamespace.Text;

    internal override IngressController Controller => new IngressController.Nginx(ClassName);

    internal override (string? Secret, string? Issuer) Tls => (ClusterIssuer is null ? TlsSecret : TlsSecret ?? IssuedSecret, ClusterIssuer);
}

/// <summary>An Application Load Balancer.</summary>
public sealed record AlbCodeStudioSettings : CodeStudioIngressSettings
{
    [Setting("ARN of the host's certificate in AWS Certificate Manager, in the region of the load balancer.")]
    public required CertificateArn CertificateArn { get; init; }

    [Setting("Reachable inside the VPC only.")]
    public bool Internal { get; init; }

    [Setting("How it reaches the pods: by their addresses, which needs the Amazon VPC CNI, or by node ports.")]
    public AlbTargetType TargetType { get; init; } = AlbTargetType.Ip;

    [Setting("Name that all Ingresses of one balancer share.")]
    [Length(1, 63)]
    public string Group { get; init; } = "code-studios";

    internal override IngressController Controller => new IngressController.Alb(!Internal, TargetType, Group);

    internal override IReadOnlyList<Certificate> Certificates => [new Certificate.Acm([Host], Output.Create(CertificateArn.Text))];

    internal override bool AsksSignIn => false;
}

/// <summary>A Gateway that exists: HTTPRoutes are attached to it.</summary>
public sealed record GatewayCodeStudioSettings : CodeStudioIngressSettings
{
    [Setting("Name of the Gateway.", Example = "platform")]
    [Form(Form.KubernetesSubdomain)]
    public required string Name { get; init; }

    [Setting("Its namespace. Its listener has to admit routes from those of the Code Studios.", Example = "gateways")]
    public required KubernetesName Namespace { get; init; }

    [Setting("Name of its listener with TLS.", Absent = "every listener that takes the host", Example = "https")]
    [Form(Form.KubernetesSubdomain)]
    public string? Listener { get; init; }

    [Setting("Longest life of a request, 0s for no limit. Not every controller knows it.", Absent = "the controller's own", Example = "0s")]
    public TimeSpan? RequestTimeout { get; init; }

    [Setting(
        "Namespace of the pods that serve it: from elsewhere in the cluster nothing reaches the ports.",
        Absent = "every pod of the cluster reaches the ports",
        Example = "envoy-gateway-system")]
    public KubernetesName? ControllerNamespace { get; init; }

    internal override string? PodsIn => ControllerNamespace?.Text;

    internal override IngressController Controller => new IngressController.AnyGateway(Name, Namespace.Text, Listener, RequestTimeout);

    internal override bool AsksSignIn => false;
}

/// <summary>The forms that only settings of Code Studios name.</summary>
internal static class CodeStudioForms
{
    public static FormTable All { get; } = new()
    {
        [Form.BrowserPath] = () => TextForm.Matching(
            "a prefix of paths",
            "parts of letters, digits, hyphens, dots, underscores and tildes, each after a slash; none of them only dots, no slash at the end",
            "/code-studios/research",
            @"^(/(?!\.{1,2}(/|$))([A-Za-z0-9._~-]|\$\{K8S_(NODE_NAME|POD_NAME|POD_NAMESPACE|POD_ID)\})+)+$"),
        // No quote, space or semicolon: an annotation of nginx takes it into its configuration.
        [Form.SignInAddress] = () => TextForm.Matching(
            "an address that is asked",
            "http:// or https:// and a host, with port, path and query if need be",
            "https://sign-in.example.com/oauth2/auth",
            @"^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?(\?[A-Za-z0-9._~/:=&,%$@+-]*)?$"),
    };
}
