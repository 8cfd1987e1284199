using System.Globalization;
using Infra.Connect;
using Infra.Dns;
using Infra.Manifests;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>Seqera Studios beside a Seqera Platform.</summary>
[Needs(nameof(PlatformSettings.Cluster), nameof(PlatformSettings.Redis))]
public sealed record StudiosSettings : IChecked
{
    // Studios of Platform 24.x run another profile: connect 0.7 on port 80, no tool key in templates.
    private static readonly SemanticVersion OldestPlatform = SemanticVersion.Parse("25.1.0");
    private static readonly SemanticVersion OldestConnect = SemanticVersion.Parse("0.8.0");
    private static readonly SemanticVersion OldestPlatformWithSsh = SemanticVersion.Parse("25.3.3");
    private static readonly SemanticVersion OldestConnectWithSsh = SemanticVersion.Parse("0.10.0");

    [Setting("The Seqera Platform that Studios belongs to.")]
    public required StudiosPlatformSettings Platform { get; init; }

    [Setting("Address of connect-proxy as browsers reach it. Sessions live beside it: https://connect.example.com gives *.example.com.")]
    [HttpsUrl]
    public required WebOrigin ConnectUrl { get; init; }

    [Setting("Version of connect-server and connect-proxy; both run the same one.")]
    public SemanticVersion ConnectVersion { get; init; } = SemanticVersion.Parse(ConnectImages.Proxy.Tag);

    [Setting("Registry, with a path if need be, that holds the vendor's images instead of the vendor's own.", Absent = "cr.seqera.io", Example = "registry.example.com/seqera")]
    public string? ImageRegistry { get; init; }

    [Setting("Secret of type kubernetes.io/dockerconfigjson in the namespace, for the registry.")]
    [KubernetesSubdomain]
    public string ImagePullSecret { get; init; } = "cr.seqera.io";

    [Setting("What connect-server and connect-proxy write to their logs.")]
    public ConnectLogLevel LogLevel { get; init; } = ConnectLogLevel.Info;

    [Setting("connect-server, which holds the tunnels to sessions.")]
    public ConnectServerSettings Server { get; init; } = new();

    [Setting("connect-proxy, which browsers talk to.")]
    public ConnectProxySettings Proxy { get; init; } = new();

    [Setting("Where in the Redis server Studios keeps its keys.")]
    public StudiosRedisSettings Redis { get; init; } = new();

    [Setting("The token with which connect-proxy registers itself as an OIDC client of the Platform.")]
    public RegistrationTokenSettings RegistrationToken { get; init; } = new();

    [Setting("The key with which the Platform signs OIDC tokens.")]
    public SigningKeySettings SigningKey { get; init; } = new();

    [Setting("SSH into sessions.", Absent = "no SSH")]
    public StudiosSshSettings? Ssh { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        [.. CheckHosts(at), .. CheckVersions(at)];

    private IEnumerable<SettingsProblem> CheckHosts(SettingPath at)
    {
        var connect = DomainName.Parse(ConnectUrl.Host);
        var host = DomainName.Parse(Platform.Url.Host);
        if (connect == host)
        {
            yield return Wrong("is the address of the Platform itself", "another host than platform.url");
        }
        else if (connect.Labels.Count < 3)
        {
            yield return Wrong("leaves no domain for the sessions once its first label is dropped", "a host of three labels or more");
        }
        else if (!connect.Labels.TakeLast(2).SequenceEqual(host.Labels.TakeLast(2)))
        {
            yield return Wrong($"lies in another domain than {Platform.Url}, so cookies do not reach both", "a host in the domain of platform.url");
        }

        SettingsProblem Wrong(string what, string allowed) =>
            new(at[nameof(ConnectUrl)], what, allowed, $"for example connectUrl: https://connect.{host.Text}", ConnectUrl.Text);
    }

    private IEnumerable<SettingsProblem> CheckVersions(SettingPath at) =>
    [
        .. CheckVersion(at[nameof(Platform)][nameof(Platform.Version)], Platform.Version, OldestPlatform, OldestPlatformWithSsh),
        .. CheckVersion(at[nameof(ConnectVersion)], ConnectVersion, OldestConnect, OldestConnectWithSsh),
    ];

    private IEnumerable<SettingsProblem> CheckVersion(SettingPath at, SemanticVersion given, SemanticVersion oldest, SemanticVersion oldestWithSsh)
    {
        if (given < oldest)
        {
            yield return new(at, "is older than the Studios that this program runs", $"{oldest} or newer", $"upgrade to {oldest} or newer", given.Text);
        }
        else if (Ssh is not null && given < oldestWithSsh)
        {
            yield return new(at, "has no SSH into sessions", $"{oldestWithSsh} or newer", $"upgrade to {oldestWithSsh} or newer, or remove ssh", given.Text);
        }
    }
}

/// <summary>The Seqera Platform that exists beside Studios.</summary>
public sealed record StudiosPlatformSettings
{
    [Setting("Its address, exactly as TOWER_SERVER_URL has it.", Example = "https://platform.example.com")]
    [HttpsUrl]
    public required WebOrigin Url { get; init; }

    [Setting("Its version.")]
    public required SemanticVersion Version { get; init; }

    [Setting("Its namespace. Studios runs in the same one, because Secrets are mounted on both sides.")]
    [KubernetesNamespace]
    public KubernetesName Namespace { get; init; } = KubernetesName.Parse("seqera-platform");

    [Setting("Make the namespace. Leave it where the installation of the Platform has made it.")]
    public bool CreateNamespace { get; init; }
}

/// <summary>The replicas of connect-server.</summary>
public sealed record ConnectServerSettings
{
    [Setting("Replicas. A restart of one drops the sessions whose tunnels it holds.")]
    [Range(1, 20)]
    public int Replicas { get; init; } = 2;
}

/// <summary>The replicas and the cache of connect-proxy.</summary>
public sealed record ConnectProxySettings : IChecked
{
    [Setting("Replicas, or the least of them where maxReplicas is given.")]
    [Range(1, 50)]
    public int Replicas { get; init; } = 2;

    [Setting("Most replicas that load may call for.", Absent = "the number of replicas is fixed", Example = "6")]
    [Range(1, 50)]
    public int? MaxReplicas { get; init; }

    [Setting("How long it remembers where a session runs; bridges a short outage of Redis.")]
    public TimeSpan CacheTtl { get; init; } = TimeSpan.FromMinutes(2);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (MaxReplicas < Replicas)
        {
            yield return new(
                at[nameof(MaxReplicas)],
                "is less than replicas",
                $"{Replicas} to 50",
                $"set maxReplicas: {Replicas} or more, or lower replicas",
                MaxReplicas.Value.ToString(CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>The part of a Redis server that belongs to Studios.</summary>
public sealed record StudiosRedisSettings : IChecked
{
    [Setting("Index of the database.")]
    [Range(0, ConnectRedis.HighestDatabase)]
    public int Database { get; init; }

    [Setting("What every key starts with. Change it only where several Studios share a database.")]
    [Length(1, 64)]
    public string Prefix { get; init; } = ConnectRedis.DefaultPrefix;

    [Setting("Whether the Platform uses the same server.")]
    public bool SharedWithPlatform { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (SharedWithPlatform && Database == 0 && Prefix == ConnectRedis.DefaultPrefix)
        {
            // The Platform cannot be told a database: it always takes 0.
            yield return new(
                at[nameof(Database)],
                "is the database of the Platform, which shares the server",
                $"1 to {ConnectRedis.HighestDatabase}, or a prefix of its own",
                "set database: 1",
                "0");
        }
    }
}

/// <summary>The initial registration token.</summary>
public sealed record RegistrationTokenSettings
{
    [Setting("Raise it by one to have a new token; connect-proxy and the Platform restart.")]
    [Range(1, int.MaxValue)]
    public int Rotation { get; init; } = 1;
}

/// <summary>The RSA key of the Platform's OIDC tokens.</summary>
public sealed record SigningKeySettings
{
    [Setting("Size of the RSA key in bits.")]
    [OneOf(2048, 3072, 4096)]
    public int Bits { get; init; } = 4096;

    [Setting("Raise it by one to have a new key; the Platform restarts and everybody signs in to sessions again.")]
    [Range(1, int.MaxValue)]
    public int Rotation { get; init; } = 1;
}

/// <summary>SSH into sessions.</summary>
public sealed record StudiosSshSettings
{
    [Setting("Raise it by one to have a new host key; everybody has to accept it anew.")]
    [Range(1, int.MaxValue)]
    public int HostKeyRotation { get; init; } = 1;
}
