namespace Infra.Quotas;

/// <summary>Where the value that is counted by comes from.</summary>
/// <param name="Type">One of <see cref="Types"/>.</param>
/// <param name="Name">Header, for <c>header</c>.</param>
/// <param name="Field">Entry of the SSH permissions, for <c>permissions</c>.</param>
/// <param name="Token">Token, for <c>jwt</c>.</param>
/// <param name="Claim">Claim, for <c>jwt</c>.</param>
public sealed record QuotaSource(string Type, string? Name = null, string? Field = null, string? Token = null, string? Claim = null)
{
    public const string Header = "header";

    public const string Permissions = "permissions";

    public const string Jwt = "jwt";

    public const string ClientIp = "client_ip";

    /// <summary>The one header that connect-proxy sets itself, so that a user cannot spend another's quota.</summary>
    public const string TrustedHeader = "X-Connect-Sub";

    public static IReadOnlyList<string> Types { get; } = [Header, Permissions, Jwt, ClientIp];

    /// <summary>The protocol that has such a source.</summary>
    public static string ProtocolOf(string type) => type switch
    {
        Permissions => QuotaExtractor.Ssh,
        ClientIp => QuotaExtractor.Any,
        _ => QuotaExtractor.Http,
    };

    internal Dictionary<string, object> ToJsonObject()
    {
        var source = new Dictionary<string, object>(StringComparer.Ordinal) { ["type"] = Type };
        foreach (var (key, value) in new[] { ("name", Name), ("field", Field), ("token", Token), ("claim", Claim) })
        {
            if (value is not null)
            {
                source[key] = value;
            }
        }

        return source;
    }
}
