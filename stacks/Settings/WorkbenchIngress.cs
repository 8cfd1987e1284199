using Infra.Dns;
using Infra.Routing;
using Infra.Workbench;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The ingress controller of the cluster that answers at Workbench's host; requests of a browser stay at one replica.</summary>
[Kind<TraefikWorkbenchSettings>("traefik", "Traefik.")]
[Kind<NginxWorkbenchSettings>("nginx", "The retired ingress-nginx, for clusters that still have it.")]
public abstract record WorkbenchIngressSettings
{
    private protected WorkbenchIngressSettings()
    {
    }

    [Setting("Host under which people reach Workbench; its record is made elsewhere.", Example = "workbench.example.com")]
    public required DomainName Host { get; init; }

    [Setting(
        "Secret of type kubernetes.io/tls in the namespace posit-workbench that holds the host's certificate.",
        Absent = "clusterIssuer fills workbench-tls",
        Example = "workbench-tls")]
    [Form(Form.KubernetesSubdomain)]
    public string? TlsSecret { get; init; }

    [Setting("ClusterIssuer of cert-manager that issues the certificate.", Absent = "tlsSecret holds it", Example = "letsencrypt")]
    [Form(Form.KubernetesSubdomain)]
    public string? ClusterIssuer { get; init; }

    /// <summary>The same in the words of the component.</summary>
    public abstract WorkbenchIngress Ingress { get; }

    /// <summary>The Secret that holds the certificate.</summary>
    protected string Certificate => TlsSecret ?? WorkbenchIngress.IssuedSecret;

    /// <summary>What is wrong with host and certificate.</summary>
    internal IEnumerable<SettingsProblem> CheckHost(PlatformSettings platform, SettingPath at)
    {
        if (TlsSecret is null == ClusterIssuer is null)
        {
            yield return TlsSecret is null
                ? new(
                    at[nameof(TlsSecret)], "is missing, and so is clusterIssuer: browsers send the cookies of Workbench over TLS only", "one of the two",
                    "tlsSecret: workbench-tls, or clusterIssuer: letsencrypt")
                : new(
                    at[nameof(TlsSecret)], "is given beside clusterIssuer, which fills a Secret of its own", "one of the two", "remove one of them", TlsSecret);
        }

        if (Host.IsWildcard)
        {
            yield return new(at[nameof(Host)], "is a wildcard, and Workbench answers at one host", "a host", "host: workbench.example.com", Host.Text);
        }

        var taken = platform.Dns?.HostsOf(platform.Studios)
            ?? (platform.Studios is { } studios ? [studios.ConnectUrl.Host, studios.Platform.Url.Host] : []);
        if (taken.Contains(Host))
        {
            yield return new(
                at[nameof(Host)], "is a host of Seqera Platform or Studios, whose Ingress would compete for every request", "a host of its own",
                "host: workbench.example.com", Host.Text);
        }
    }
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

    public override WorkbenchIngress Ingress => new WorkbenchIngress.Traefik(Host, Certificate, ClusterIssuer, ClassName, EntryPoint);
}

/// <summary>ingress-nginx.</summary>
public sealed record NginxWorkbenchSettings : WorkbenchIngressSettings
{
    [Setting("IngressClass that it serves.")]
    [Form(Form.KubernetesSubdomain)]
    public string ClassName { get; init; } = IngressController.Nginx.DefaultClassName;

    public override WorkbenchIngress Ingress => new WorkbenchIngress.Nginx(Host, Certificate, ClusterIssuer, ClassName);
}
