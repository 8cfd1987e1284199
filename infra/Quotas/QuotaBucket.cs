namespace Infra.Quotas;

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
