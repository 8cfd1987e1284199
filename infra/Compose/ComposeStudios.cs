using System.Collections.Immutable;
using Infra.InstalledPlatform;
using Infra.Manifests;
using Infra.Versions;

namespace Infra.Compose;

/// <summary>Data Studios beside a Seqera Platform that runs by Docker Compose: what the vendor's files of 24.1 and 24.2 have to say.</summary>
/// <param name="Platform">What the Platform must know of it.</param>
/// <param name="Proxy">Image of connect-proxy.</param>
/// <param name="Server">Image of connect-server.</param>
public sealed record ComposeStudios(PlatformStudios Platform, ImageReference Proxy, ImageReference Server)
{
    /// <summary>First Platform version whose guide for Docker Compose this program does not know.</summary>
    public static readonly SemanticVersion Before = SemanticVersion.Parse("24.3.0");

    // The Platform always takes database 0 of the same server.
    private const string RedisDatabase = "1";

    /// <summary>Versions of the Platform that it is for, for messages.</summary>
    public static string Supported => $"{VersionMatrix.Current.Oldest} up to, not including, {Before}";

    public static bool Knows(SemanticVersion platform) => platform >= VersionMatrix.Current.Oldest && platform < Before;

    /// <summary>Variables of connect-proxy and connect-server, which read one file.</summary>
    public ImmutableSortedDictionary<string, string> Connect => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CONNECT_HTTP_PORT"] = $"{ComposePorts.Proxy}",
        ["CONNECT_PROXY_URL"] = Platform.Address.Connect.Text,
        ["CONNECT_REDIS_ADDRESS"] = "redis:6379",
        ["CONNECT_REDIS_DB"] = RedisDatabase,
        ["CONNECT_TUNNEL_URL"] = $"connect-server:{ComposePorts.Tunnel}",
        ["PLATFORM_URL"] = Platform.Address.Platform.Text,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Variables of backend and cron that are no secret.</summary>
    public ImmutableSortedDictionary<string, string> Tower =>
        Platform.Variables(VersionMatrix.Current).SetItem(PlatformStudios.PemVariable, $"/{ComposeFiles.SigningKey}");

    /// <summary>Value of <c>tower.data-studio.allowed-workspaces</c>.</summary>
    public string AllowedWorkspaces => Platform.TowerYaml(VersionMatrix.Current)
        ?? throw new InvalidOperationException($"Platform {Platform.Version} reads no workspaces from {TowerYaml.FileName}.");

    /// <summary>The registration token, as each side calls it.</summary>
    /// <param name="token">Its value.</param>
    public static (KeyValuePair<string, string> Connect, KeyValuePair<string, string> Tower) Token(string token) =>
        (new(ConnectTokenVariable, token), new(PlatformStudios.TokenVariable, token));

    /// <summary>Variable with which connect-proxy is given the token.</summary>
    public const string ConnectTokenVariable = "CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN";
}

/// <summary>Names of the files beside the vendor's <c>docker-compose.yml</c>.</summary>
public static class ComposeFiles
{
    /// <summary>The vendor's own file, which no command of this program writes into.</summary>
    public const string Compose = "docker-compose.yml";

    /// <summary>Names that Compose looks for before the vendor's.</summary>
    public static readonly ImmutableArray<string> Preferred = ["compose.yaml", "compose.yml"];

    /// <summary>Read by Compose after the vendor's file, without being asked to.</summary>
    public const string Override = "docker-compose.override.yml";

    public const string Connect = "data-studios.env";

    public const string Tower = "tower.env";

    /// <summary>The RSA key, private block first. Its name is the vendor's.</summary>
    public const string SigningKey = "data-studios-rsa.pem";
}

/// <summary>TCP ports of the host (Seqera Enterprise 24.1, docker-compose.yml and data-studios.env).</summary>
public static class ComposePorts
{
    /// <summary>Where the Platform's frontend listens.</summary>
    public const int Frontend = 8000;

    /// <summary>Where connect-proxy listens.</summary>
    public const int Proxy = 9090;

    /// <summary>Where connect-server takes tunnels.</summary>
    public const int Tunnel = 7070;
}
