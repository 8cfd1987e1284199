using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

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
