namespace Infra.Connect;

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
}
