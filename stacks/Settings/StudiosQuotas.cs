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

/// <summary>One counter per user, address or whatever the extractors find.</summary>
public sealed record QuotaBucketSettings
{
    [Setting("Label of the metrics and part of the Redis keys.", Example = "user_id")]
    public required string Name { get; init; }

    [Setting("Limits; each has its own window.")]
    public required ImmutableArray<QuotaSettings> Quotas { get; init; }

    [Setting("What is counted by, per protocol.")]
    public required ImmutableArray<QuotaExtractorSettings> Extractors { get; init; }

    internal QuotaBucket ToBucket() => new(
        Name, [.. Quotas.Select(quota => new Quota(quota.Bytes, quota.Window))], [.. Extractors.Select(extractor => extractor.ToExtractor())]);
}

/// <summary>A limit.</summary>
public sealed record QuotaSettings
{
    [Setting("Bytes, as a whole number alone or with KB, MB, GB or TB.", Example = "50GB")]
    public required string Bytes { get; init; }

    [Setting("The window, as a Go duration; it starts with the first byte.", Example = "24h")]
    public required string Window { get; init; }
}

/// <summary>Which value the traffic of one protocol is counted by.</summary>
public sealed record QuotaExtractorSettings
{
    [Setting("The protocol.", Example = "http")]
    [OneOf(QuotaExtractor.Http, QuotaExtractor.Ssh, QuotaExtractor.Any)]
    public required string Protocol { get; init; }

    [Setting("Where the value comes from: header for http, permissions for ssh, jwt for http, client_ip for any.", Example = "header")]
    [OneOf(QuotaSource.Header, QuotaSource.Permissions, QuotaSource.Jwt, QuotaSource.ClientIp)]
    public required string Source { get; init; }

    [Setting("Header, for header.", Absent = "none", Example = "X-Connect-Sub")]
    public string? Header { get; init; }

    [Setting("Entry of the SSH permissions, for permissions.", Absent = "none", Example = "userId")]
    public string? Field { get; init; }

    [Setting("Token, for jwt.", Absent = "none", Example = "id_token")]
    public string? Token { get; init; }

    [Setting("Claim of the token, for jwt.", Absent = "none", Example = "sub")]
    public string? Claim { get; init; }

    internal QuotaExtractor ToExtractor() => new(Protocol, new QuotaSource(Source, Header, Field, Token, Claim));
}

/// <summary>What connect-proxy would refuse to start with, and what would count against the wrong person.</summary>
internal static class StudiosQuotaRules
{
    public static IEnumerable<SettingsProblem> Check(StudiosSettings settings, SettingPath at)
    {
        if (settings.Quotas is not { } quotas)
        {
            yield break;
        }

        var policy = quotas.ToPolicy();
        foreach (var problem in QuotaPolicyRules.Check(policy))
        {
            yield return new(
                new SettingPath($"{at[nameof(settings.Quotas)]}.{InSettings(problem.Path)}"), problem.What, problem.Allowed, "correct the policy as allowed",
                problem.Given);
        }

        if (policy.CountsClientAddresses && settings.Proxy.TrustedProxies.IsEmpty)
        {
            yield return new(
                at[nameof(settings.Proxy)][nameof(settings.Proxy.TrustedProxies)],
                "is empty, so the quotas by client_ip would count all traffic against the balancer's address",
                "the address ranges between balancer and proxy",
                "add trustedProxies: [<range of the balancer's subnets>]",
                "[]");
        }
    }

    private static string InSettings(string path) => path
        .Replace(".source.type", ".source", StringComparison.Ordinal)
        .Replace(".source.name", ".header", StringComparison.Ordinal)
        .Replace(".source.", ".", StringComparison.Ordinal);
}
