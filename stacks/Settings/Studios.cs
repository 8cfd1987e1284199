using System.Collections.Immutable;
using Infra.Connect;
using Infra.Dns;
using Infra.Routing;
using Infra.Secrets;
using Infra.Studios;
using Infra.Versions;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>Seqera Studios beside a Seqera Platform.</summary>
[Needs(nameof(PlatformSettings.Cluster), nameof(PlatformSettings.Redis))]
public sealed record StudiosSettings : IChecked
{
    [Setting("The Seqera Platform that Studios belongs to.")]
    public required StudiosPlatformSettings Platform { get; init; }

    [Setting("Address of connect-proxy as browsers reach it. Sessions live beside it: https://connect.example.com gives *.example.com.")]
    public required HttpsUrl ConnectUrl { get; init; }

    [Setting(
        "Hosts of the sessions, where they do not stand beside connectUrl.",
        Absent = "the first label of connectUrl replaced by *",
        Example = "'*.studios.example.com'")]
    public DomainName? SessionWildcard { get; init; }

    [Setting("Give all sessions the host of connectUrl and tell them apart by path, without a wildcard certificate. Needs Platform 25.2; not for xpra.")]
    public bool PathRouting { get; init; }

    [Setting("Workspaces that have Studios: all, [] for none, or a list of numeric ids.", Example = "[12345, 67890]")]
    public AllowList AllowedWorkspaces { get; init; } = AllowList.Everyone;

    [Setting("Offer the vendor's templates of this Platform version.")]
    public bool DefaultTemplates { get; init; } = true;

    [Setting("Further templates by key; one with the key of a vendor's template replaces it.")]
    [Entry(Form.TemplateKey)]
    public ImmutableSortedDictionary<string, StudioTemplateSettings> Templates { get; init; } = ImmutableSortedDictionary<string, StudioTemplateSettings>.Empty;

    [Setting("Version of connect-server and connect-proxy; both run the same one.", Absent = "the one that belongs to platform.version", Example = "0.12.1")]
    public SemanticVersion? ConnectVersion { get; init; }

    [Setting(
        "Where in the vendor's registry the images lie; legacy paths are deprecated and need credentials of their own.",
        Absent = "where they are for platform.version")]
    public ConnectImageSource? ConnectImages { get; init; }

    [Setting(
        "Registry, with a path if need be, that holds the vendor's images instead of the vendor's own.",
        Absent = "cr.seqera.io",
        Example = "registry.example.com/seqera")]
    [Form(Form.ImageRegistry)]
    public string? ImageRegistry { get; init; }

    [Setting(
        "Secret of type kubernetes.io/dockerconfigjson in the namespace, for the registry.",
        Absent = "cr.seqera.io, or the one that is made of imagePullCredential",
        Example = "cr.seqera.io")]
    [Form(Form.KubernetesSubdomain)]
    public string? ImagePullSecret { get; init; }

    [Setting("Credential of the registry, of which the pull Secret is made.", Absent = "the Secret exists")]
    public ImagePullCredentialSettings? ImagePullCredential { get; init; }

    [Setting(
        "Certificates in PEM of a private authority that signed the Platform's certificate, for proxy and server. Session images need them on their own.",
        Absent = "public authorities only")]
    public string? CertificateAuthority { get; init; }

    [Setting("Metrics of proxy and server. Needs connect 0.8.2.", Absent = "none")]
    public ConnectMetricsSettings? Metrics { get; init; }

    [Setting("What connect-server and connect-proxy write to their logs.")]
    public ConnectLogLevel LogLevel { get; init; } = ConnectWorkloadArgs.DefaultLogLevel;

    [Setting("connect-server, which holds the tunnels to sessions.")]
    public ConnectServerSettings Server { get; init; } = new();

    [Setting("connect-proxy, which browsers talk to.")]
    public ConnectProxySettings Proxy { get; init; } = new();

    [Setting("The pods of both.")]
    public ConnectPodSettings Pods { get; init; } = new();

    [Setting("Where in the Redis server Studios keeps its keys.")]
    public StudiosRedisSettings Redis { get; init; } = new();

    [Setting("The token with which connect-proxy registers itself as an OIDC client of the Platform.")]
    public RegistrationTokenSettings RegistrationToken { get; init; } = new();

    [Setting("The key with which the Platform signs OIDC tokens.")]
    public SigningKeySettings SigningKey { get; init; } = new();

    [Setting(
        "The ingress controller that routes the hosts to connect-proxy.",
        Absent = "none: the hosts are routed elsewhere, to the Service connect-proxy, port 80"
    )]
    public StudiosIngressSettings? Ingress { get; init; }

    [Setting("SSH into sessions.", Absent = "no SSH")]
    public StudiosSshSettings? Ssh { get; init; }

    [Setting("Limits on the bytes that move through connect-proxy. Needs connect 0.12.0 and Redis 7.", Absent = "no limits")]
    public StudiosQuotaSettings? Quotas { get; init; }

    [Setting("What the Platform assumes of sessions. Needs Platform 26.1.", Absent = "the Platform's own defaults")]
    public StudioSessionSettings? Sessions { get; init; }

    [Setting("Registry for the session images that Wave builds. Needs Platform 25.1.", Absent = "the Platform's own")]
    public CustomImageSettings? CustomImages { get; init; }

    /// <summary>How sessions are told apart; null while the connect host is too short to have hosts beside it.</summary>
    public SessionRouting? Routing => (PathRouting, SessionWildcard) switch
    {
        (true, _) => new SessionRouting.Path(),
        (_, { } wildcard) => new SessionRouting.Subdomain(wildcard),
        _ => StudiosAddress.HasHostsBeside(ConnectUrl.Host) ? SessionRouting.BesideConnect(ConnectUrl.Host) : null,
    };

    /// <summary>The hosts of Platform and Studios, and further ones of the Platform; null while <see cref="Routing"/> is.</summary>
    public PlatformHosts? HostsWith(ImmutableArray<DomainName> extra) =>
        Routing is { } sessions ? new PlatformHosts(Platform.Url.Host, ConnectUrl.Host, sessions, extra) : null;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        var versions = StudiosVersionRules.Check(this, platform, at).ToImmutableArray();
        IEnumerable<SettingsProblem> hosts =
        [
            .. StudiosHostRules.Check(this, at),
            .. PemCertificates.Check(CertificateAuthority, at[nameof(CertificateAuthority)]),
            .. CheckPullSecret(at),
        ];
        // What a version offers can only be said of a version that is known.
        return VersionMatrix.Current.Knows(Platform.Version)
            ?
            [
                .. versions,
                .. hosts,
                .. StudiosTemplateRules.Check(this, at),
                .. StudiosIngressRules.Check(this, platform, at),
                .. StudiosQuotaRules.Check(this, at),
            ]
            : [.. versions, .. hosts];
    }

    private IEnumerable<SettingsProblem> CheckPullSecret(SettingPath at)
    {
        if (ImagePullSecret is not null && ImagePullCredential is not null)
        {
            yield return new(
                at[nameof(ImagePullSecret)], "is given beside imagePullCredential, of which a Secret of its own is made",
                "imagePullSecret or imagePullCredential", "remove one of the two", ImagePullSecret);
        }
    }
}

/// <summary>The initial registration token.</summary>
public sealed record RegistrationTokenSettings
{
    [Setting("Raise it by one to have a new token; connect-proxy and the Platform restart.")]
    [Range(1, int.MaxValue)]
    public int Rotation { get; init; } = OidcRegistrationTokenArgs.DefaultRotation;
}

/// <summary>The RSA key of the Platform's OIDC tokens.</summary>
public sealed record SigningKeySettings
{
    [Setting("Size of the RSA key in bits.")]
    [OneOf(2048, 3072, 4096)]
    public int Bits { get; init; } = OidcSigningKeyArgs.DefaultRsaBits;

    [Setting("Raise it by one to have a new key; the Platform restarts and users sign in to sessions again.")]
    [Range(1, int.MaxValue)]
    public int Rotation { get; init; } = OidcSigningKeyArgs.DefaultRotation;
}

/// <summary>The part of a Redis server that belongs to Studios.</summary>
public sealed record StudiosRedisSettings : IChecked
{
    [Setting("Index of the database.")]
    [Range(0, RedisConnection.HighestDatabase)]
    public int Database { get; init; }

    [Setting("What every key starts with. Change it only where several Studios share a database.")]
    [Length(1, 64)]
    public string Prefix { get; init; } = RedisConnection.DefaultPrefix;

    [Setting("Whether the Platform uses the same server.")]
    public bool SharedWithPlatform { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (SharedWithPlatform && Database == 0 && Prefix == RedisConnection.DefaultPrefix)
        {
            // The Platform cannot be told a database: it always takes 0.
            yield return new(
                at[nameof(Database)], "is the database of the Platform, which shares the server",
                $"1 to {RedisConnection.HighestDatabase}, or a prefix of its own", "set database: 1", "0");
        }
    }
}

/// <summary>What is allowed and still worth a second look.</summary>
internal static class StudiosWarnings
{
    /// <summary>All of it, of settings that are valid; none as long as the Platform is not there and nothing of Studios is made.</summary>
    public static IEnumerable<SettingsProblem> Check(PlatformSettings platform)
    {
        if (platform.Studios is not { } settings || settings.Platform.State == PlatformState.Absent)
        {
            yield break;
        }

        var (at, choices) = (SettingPath.Top(nameof(PlatformSettings.Studios)), StudiosChoices.For(settings));
        if (choices.Images.Deprecated)
        {
            yield return SettingsProblem.Warning(
                at[nameof(settings.ConnectImages)],
                $"takes the images from {choices.Images.Proxy}, a path that the vendor has deprecated and that needs credentials of its own",
                "current", "set connectImages: current once the credentials for enterprise/studios are there");
        }

        if (settings.Ssh?.Workspaces.All == true && !VersionMatrix.Current.Has(StudiosFeature.EnabledByDefault, settings.Platform.Version, choices.Connect))
        {
            yield return SettingsProblem.Warning(
                at[nameof(settings.Ssh)][nameof(settings.Ssh.Workspaces)],
                "is written as an empty variable, which the documentation of Platform "
                    + $"{settings.Platform.Version.Major}.{settings.Platform.Version.Minor} also calls 'disabled'",
                "all, or numeric ids", "list the workspaces if SSH does not appear", AllowList.AllKeyword);
        }

        var routes = settings.Ingress is { } ingress ? CheckIngress(settings, ingress, platform.CertManager, at[nameof(settings.Ingress)]) : [];
        foreach (var warning in routes)
        {
            yield return warning;
        }
    }

    private static IEnumerable<SettingsProblem> CheckIngress(
        StudiosSettings settings, StudiosIngressSettings ingress, CertManagerSettings? certManager, SettingPath at)
    {
        const string Wildcard = "because the sessions need a wildcard certificate";
        if (ingress is GceIngressSettings { HealthCheckPath: IngressController.Gce.DefaultHealthCheckPath } gce)
        {
            yield return SettingsProblem.Warning(
                at["gce"][nameof(gce.HealthCheckPath)],
                "is taken for healthy by Google's balancer only when it answers 200, and the vendor publishes no path of connect-proxy that does",
                "a path that answers 200", "see whether / does, or name another");
        }

        if (!settings.PathRouting && ingress is NginxIngressSettings { ClusterIssuer: { } issuer } nginx && certManager is not InstalledCertManagerSettings)
        {
            yield return SettingsProblem.Warning(
                at["nginx"][nameof(nginx.ClusterIssuer)], $"must have a DNS-01 solver, {Wildcard} and HTTP-01 gives none",
                "an issuer with a DNS-01 solver", "look at the issuer's solvers", issuer);
        }

        if (!settings.PathRouting && ingress is TraefikIngressSettings { CertificateResolver: { } resolver } traefik)
        {
            yield return SettingsProblem.Warning(
                at["traefik"][nameof(traefik.CertificateResolver)], $"must use a DNS challenge, {Wildcard} and other challenges give none",
                "a resolver with a DNS challenge", "look at the resolver's challenge", resolver);
        }
    }
}
