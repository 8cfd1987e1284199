using System.Collections.Immutable;
using Infra.Quotas;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>One counter per user, address or whatever the extractors find.</summary>
public sealed record QuotaBucketSettings
{
    [Setting("Label of the metrics and part of the Redis keys.", Example = "user_id")]
    public required string Name { get; init; }

    [Setting("Limits; each has its own window.")]
    public required ImmutableArray<QuotaSettings> Quotas { get; init; }

    [Setting("What is counted by, per protocol.")]
    public required ImmutableArray<QuotaExtractorSettings> Extractors { get; init; }

    internal QuotaBucket ToBucket() => new(Name, [.. Quotas.Select(quota => new Quota(quota.Bytes, quota.Window))], [.. Extractors.Select(extractor => extractor.ToExtractor())]);
}
