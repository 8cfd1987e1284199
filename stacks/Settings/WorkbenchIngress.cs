using Infra.Dns;
using Infra.Routing;
using Infra.Workbench;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>What answers at Workbench's host; requests of a browser stay at one replica.</summary>
[Kind<AlbWorkbenchSettings>("alb", "An Application Load Balancer by the AWS Load Balancer Controller.")]
[Kind<GceWorkbenchSettings>("gce", "An Application Load Balancer by the GKE Ingress controller.")]
[Kind<GatewayWorkbenchSettings>("gateway", "A Gateway of the Gateway API: one of GKE that this stack makes, or one that exists.")]
[Kind<TraefikWorkbenchSettings>("traefik", "Traefik, that of platform:traefik or one that others look after.")]
[Kind<NginxWorkbenchSettings>("nginx", "The retired ingress-nginx, for clusters that still have it.")]
public abstract record WorkbenchIngressSettings : IChecked, IChecksSecrets
{
    internal const string CertificateKey = "workbenchTlsCertificate";
    internal const string KeyKey = "workbenchTlsKey";

    private protected WorkbenchIngressSettings()
    {
    }

    [Setting("Host under which people reach Workbench.", Example = "workbench.example.com")]
    public required DomainName Host { get; init; }

    [Setting(
        "Make the record of the host in the zone of platform:dns, where this stack knows the address: with alb, gce, a Gateway that it makes, and the Traefik "
        + "of platform:traefik. False where the host lies in another zone.")]
    public bool MakeRecord { get; init; } = true;

    [Setting(
        "Secret of type kubernetes.io/tls in the namespace posit-workbench that holds the host's certificate; for traefik, nginx and gce.",
        Absent = "clusterIssuer fills workbench-tls, or the stack file holds the certificate",
        Example = "workbench-tls")]
    [Form(Form.KubernetesSubdomain)]
    public string? TlsSecret { get; init; }

    [Setting(
        "ClusterIssuer of cert-manager that issues the certificate; for traefik, nginx and gce.", Absent = "the certificate comes from elsewhere",
        Example = "letsencrypt")]
    [Form(Form.KubernetesSubdomain)]
    public string? ClusterIssuer { get; init; }

    [Setting(
        "Certificate of the host in PEM, with those of the authorities between it and one that browsers know; for traefik, nginx and gce: "
        + "pulumi config set --secret platform:workbenchTlsCertificate < tls.crt.")]
    [Secret(CertificateKey)]
    public SecretSetting? TlsCertificate { get; init; }

    [Setting("Private key of the certificate in PEM, without a passphrase: pulumi config set --secret platform:workbenchTlsKey < tls.key.")]
    [Secret(KeyKey)]
    public SecretSetting? TlsKey { get; init; }

    /// <summary>Whether the stack file holds the certificate.</summary>
    internal bool HasFiles => TlsCertificate is not null || TlsKey is not null;

    /// <summary>The Secret that holds the certificate, where the controller reads one.</summary>
    internal string Certificate => TlsSecret ?? (HasFiles ? TlsFiles.SecretName : WorkbenchIngress.IssuedSecret);

    /// <summary>The key that chooses the kind.</summary>
    internal abstract string Key { get; }

    /// <summary>The same in the words of the component.</summary>
    internal abstract WorkbenchIngress Ingress(PlatformSettings platform);

    /// <summary>Whether this stack makes the record of the host.</summary>
    internal bool HasRecord(PlatformSettings platform) => MakeRecord && platform.Dns is { } dns && Reaches(dns, platform);

    /// <summary>Whether this stack knows the address that answers, and the zone takes it.</summary>
    private protected abstract bool Reaches(DnsSettings dns, PlatformSettings platform);

    /// <summary>What is wrong with the kind's own settings.</summary>
    private protected abstract IEnumerable<SettingsProblem> CheckKind(PlatformSettings platform, SettingPath at);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        // The rule is asked where the kind's key stands; host and certificate stand beside it.
        var here = new SettingPath(at.Text[..at.Text.LastIndexOf('.')]);
        return [.. WorkbenchHostRules.Check(this, platform, here), .. CheckKind(platform, at)];
    }

    public IEnumerable<SettingsProblem> CheckSecrets(Func<SecretSetting, string?> text, DateOnly today) =>
        TlsCertificate is { } certificate && TlsKey is { } key && text(certificate) is { } pem && text(key) is { } keyPem
            ? TlsFiles.Check(pem, keyPem, Host, today)
            : [];
}

/// <summary>Traefik.</summary>
public sealed record TraefikWorkbenchSettings : WorkbenchIngressSettings
{
    [Setting("IngressClass that it serves.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = IngressController.Traefik.DefaultClassName;

    [Setting("Entry point with TLS.")]
    [Length(1, 63)]
    public string EntryPoint { get; init; } = IngressController.Traefik.DefaultEntryPoint;

    internal override string Key => "traefik";

    internal override WorkbenchIngress Ingress(PlatformSettings platform) =>
        new WorkbenchIngress.Traefik(Host, Certificate, ClusterIssuer, ClassName, EntryPoint);

    /// <summary>Whether it is that of this stack.</summary>
    internal bool IsMade(PlatformSettings platform) => platform.Traefik is { ClassName: var name } && name == ClassName;

    private protected override bool Reaches(DnsSettings dns, PlatformSettings platform) => IsMade(platform);

    private protected override IEnumerable<SettingsProblem> CheckKind(PlatformSettings platform, SettingPath at) =>
        IsMade(platform) && TraefikRules.EntryPoint(EntryPoint, at[nameof(EntryPoint)]) is { } problem ? [problem] : [];
}

/// <summary>ingress-nginx.</summary>
public sealed record NginxWorkbenchSettings : WorkbenchIngressSettings
{
    [Setting("IngressClass that it serves.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = IngressController.Nginx.DefaultClassName;

    internal override string Key => "nginx";

    internal override WorkbenchIngress Ingress(PlatformSettings platform) => new WorkbenchIngress.Nginx(Host, Certificate, ClusterIssuer, ClassName);

    // Its address is whoever's who installed it.
    private protected override bool Reaches(DnsSettings dns, PlatformSettings platform) => false;

    private protected override IEnumerable<SettingsProblem> CheckKind(PlatformSettings platform, SettingPath at) => [];
}
