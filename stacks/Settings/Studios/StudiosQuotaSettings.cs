using System.Collections.Immutable;
using Infra.Quotas;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Limits on the bytes that move through connect-proxy.</summary>
public sealed record StudiosQuotaSettings
{
    [Setting("Counters with their limits.")]
    public required ImmutableArray<QuotaBucketSettings> Buckets { get; init; }

    /// <summary>The same as the policy that connect-proxy reads.</summary>
    public QuotaPolicy ToPolicy() => new([.. Buckets.Select(bucket => bucket.ToBucket())]);
}
