using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infra.Quotas;

/// <summary>How many bytes who may move through connect-proxy in which time (connect 0.12.0 or newer).</summary>
/// <param name="Buckets">Counters with their limits; names differ.</param>
public sealed record QuotaPolicy(IReadOnlyList<QuotaBucket> Buckets)
{
    /// <summary>Oldest Redis whose counters expire as the quotas need it, as major version.</summary>
    public const int OldestRedis = 7;

    // Written for people too: a '+' in a claim's name is no '+'.
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether some bucket counts by client address, which the load balancer must let through.</summary>
    public bool CountsClientAddresses => Buckets.Any(bucket => bucket.Extractors.Any(extractor => extractor.Source.Type == QuotaSource.ClientIp));

    /// <summary>The policy file; the same policy always gives the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new { buckets = Buckets.Select(bucket => bucket.ToJsonObject()) },
        Format);

    /// <summary>Changes exactly when the file does: connect-proxy reads it at its start only.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));
}

/// <summary>A limit: so many bytes in a window that starts with the first byte.</summary>
/// <param name="Bytes">A whole number of bytes, or one with KB, MB, GB or TB (powers of 1024).</param>
/// <param name="Window">A Go duration: <c>720h</c>.</param>
public sealed partial record Quota(string Bytes, string Window)
{
    // The only action that connect-proxy 0.12 has.
    private const string OnExceed = "deny";

    public static bool IsBytes(string? text) => BytesShape().IsMatch(text ?? "");

    public static bool IsWindow(string? text) => WindowShape().IsMatch(text ?? "");

    internal Dictionary<string, object> ToJsonObject() => new(StringComparer.Ordinal)
    {
        ["bytes"] = long.TryParse(Bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var plain) ? plain : Bytes,
        ["window"] = Window,
        ["on_exceed"] = OnExceed,
    };

    // "50GB", "1048576"; not "0", "50 GB", "50GiB" or "1.5GB".
    [GeneratedRegex(@"\A[1-9][0-9]{0,14}(KB|MB|GB|TB)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BytesShape();

    // "24h", "1h30m"; not "1d", "24" or "0h".
    [GeneratedRegex(@"\A([1-9][0-9]{0,8}(h|m|s))+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WindowShape();
}

/// <summary>One counter per user, address or whatever the extractors find, with the limits that all hold together.</summary>
/// <param name="Name">Label of the metrics and part of the Redis keys.</param>
/// <param name="Quotas">Limits; each has its own window.</param>
/// <param name="Extractors">What is counted by, per protocol.</param>
public sealed record QuotaBucket(string Name, IReadOnlyList<Quota> Quotas, IReadOnlyList<QuotaExtractor> Extractors)
{
    internal Dictionary<string, object> ToJsonObject() => new(StringComparer.Ordinal)
    {
        ["name"] = Name,
        ["quotas"] = Quotas.Select(quota => quota.ToJsonObject()),
        ["extractors"] = Extractors.Select(extractor => extractor.ToJsonObject()),
    };
}

/// <summary>Which value the traffic of one protocol is counted by.</summary>
/// <param name="Protocol"><c>http</c>, <c>ssh</c> or <c>any</c>.</param>
/// <param name="Source">Where the value comes from.</param>
public sealed record QuotaExtractor(string Protocol, QuotaSource Source)
{
    public const string Http = "http";
    public const string Ssh = "ssh";
    public const string Any = "any";

    internal Dictionary<string, object> ToJsonObject() => new(StringComparer.Ordinal)
    {
        ["protocol"] = Protocol,
        ["source"] = Source.ToJsonObject(),
    };
}

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
