using Infra.Manifests;
using Infra.Versions;

namespace Infra.Connect;

/// <summary>The images of Connect.</summary>
public static class ConnectImages
{
    /// <summary>User and group of both images.</summary>
    public const int UserId = 65532;

    private static readonly PlatformRelease Newest = VersionMatrix.Current.Releases[^1];

    private static readonly ConnectImagePaths Paths = VersionMatrix.Current.Images[Newest.Images];

    /// <summary>connect-proxy of the newest Platform that the version matrix knows.</summary>
    public static readonly ImageReference Proxy = new(Paths.Registry, Paths.Proxy, Newest.Connect.ToString());

    /// <summary>connect-server of the newest Platform that the version matrix knows.</summary>
    public static readonly ImageReference Server = new(Paths.Registry, Paths.Server, Newest.Connect.ToString());

    /// <summary>How these images are run.</summary>
    public static ConnectProfile Profile => VersionMatrix.Current.Profile(Newest.Connect);
}

/// <summary>The TCP ports of connect-proxy and connect-server (Seqera Enterprise 26.1, studios manifests).</summary>
public static class ConnectPorts
{
    /// <summary>Where the proxy takes SSH (default of <c>CONNECT_SSH_ADDR</c>).</summary>
    public const int Ssh = 2222;

    /// <summary>Where the proxy's Service listens.</summary>
    public const int ProxyService = 80;

    /// <summary>Where the server takes new tunnels.</summary>
    public const int Tunnel = 7070;

    /// <summary>Where the server takes the connections of session clients.</summary>
    public const int Listener = 7777;
}

/// <summary>The labels of the Connect pods; the same names as in Seqera's studios chart.</summary>
public static class ConnectLabels
{
    public static readonly Labels Proxy = new("studios", "proxy");
    public static readonly Labels Server = new("studios", "server");
}

/// <summary>Where files lie inside the Connect containers.</summary>
public static class ConnectFiles
{
    /// <summary>The proxy's storage; it does not start without writing there (connect 0.8.3 and newer).</summary>
    public const string Data = "/data";

    /// <summary>Folder of the SSH host key, as in Seqera's guide.</summary>
    public const string Secrets = "/secrets";

    public const string SshHostKey = $"{Secrets}/ssh-key";

    /// <summary>Folder of the quota policy.</summary>
    public const string Policy = "/etc/connect/policy";

    public const string QuotaPolicyFile = "policy.json";
    public const string QuotaPolicy = $"{Policy}/{QuotaPolicyFile}";

    /// <summary>Certificates and key for Redis.</summary>
    public const string RedisTls = "/etc/connect/redis-tls";

    public const string ClientCertificate = "tls.crt";
    public const string ClientKey = "tls.key";

    /// <summary>A folder of its own, because every file in it is trusted.</summary>
    public const string AuthorityFolder = "authority";

    public const string Authority = $"{AuthorityFolder}/ca.crt";

    /// <summary>Folder of the operator's private authority.</summary>
    public const string Trusted = "/etc/connect/authority";

    public const string TrustedFile = "ca.crt";
}
