namespace Infra.Quotas;

/// <summary>What connect-proxy checks when it starts, checked before anything is deployed.</summary>
public static class QuotaPolicyRules
{
    public static IEnumerable<QuotaProblem> Check(QuotaPolicy policy)
    {
        if (policy.Buckets.Count == 0)
        {
            yield return new("buckets", "is empty", "[]", "one bucket or more");
        }

        foreach (var repeated in policy.Buckets.Select(bucket => bucket.Name).Repeated())
        {
            yield return new("buckets", "has two buckets of one name", repeated, "a different name for each bucket");
        }

        foreach (var (index, bucket) in policy.Buckets.Index())
        {
            foreach (var problem in Check(bucket, $"buckets[{index}]"))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<QuotaProblem> Check(QuotaBucket bucket, string at)
    {
        // Redis keys are connect:telemetry:<name>:<value>.
        if (bucket.Name.Length == 0 || bucket.Name.Contains(':', StringComparison.Ordinal))
        {
            yield return new($"{at}.name", "cannot be part of a Redis key", bucket.Name, "a text without a colon, as in 'user_id'");
        }

        if (bucket.Quotas.Count == 0)
        {
            yield return new($"{at}.quotas", "is empty", "[]", "one quota or more");
        }

        foreach (var (index, quota) in bucket.Quotas.Index())
        {
            if (!Quota.IsBytes(quota.Bytes))
            {
                yield return new(
                    $"{at}.quotas[{index}].bytes",
                    "is no amount of bytes",
                    quota.Bytes,
                    "a whole number above 0, alone or with KB, MB, GB or TB, as in '50GB'");
            }

            if (!Quota.IsWindow(quota.Window))
            {
                yield return new($"{at}.quotas[{index}].window", "is no Go duration", quota.Window, "whole numbers above 0 with h, m or s, as in '24h'");
            }
        }

        foreach (var problem in CheckExtractors(bucket.Extractors, $"{at}.extractors"))
        {
            yield return problem;
        }
    }

    private static IEnumerable<QuotaProblem> CheckExtractors(IReadOnlyList<QuotaExtractor> extractors, string at)
    {
        if (extractors.Count == 0)
        {
            yield return new(at, "is empty", "[]", "one extractor or more");
        }

        foreach (var repeated in extractors.Select(extractor => extractor.Protocol).Repeated())
        {
            yield return new(at, "binds one protocol twice", repeated, "one extractor for each protocol");
        }

        if (extractors.Any(extractor => extractor.Protocol == QuotaExtractor.Any) && extractors.Any(extractor => extractor.Protocol != QuotaExtractor.Any))
        {
            yield return new(
                at,
                "mixes 'any' with another protocol",
                string.Join(", ", extractors.Select(extractor => extractor.Protocol)),
                "'any' alone, or 'http' and 'ssh'");
        }

        foreach (var (index, extractor) in extractors.Index())
        {
            foreach (var problem in Check(extractor, $"{at}[{index}]"))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<QuotaProblem> Check(QuotaExtractor extractor, string at)
    {
        var source = extractor.Source;
        if (!QuotaSource.Types.Contains(source.Type))
        {
            yield return new($"{at}.source.type", "is unknown", source.Type, string.Join(", ", QuotaSource.Types));
            yield break;
        }

        var protocol = QuotaSource.ProtocolOf(source.Type);
        if (extractor.Protocol != protocol)
        {
            yield return new($"{at}.protocol", $"has no source of type {source.Type}", extractor.Protocol, protocol);
        }

        if (source.Type == QuotaSource.Header && source.Name != QuotaSource.TrustedHeader)
        {
            yield return new($"{at}.source.name", "can be forged: connect-proxy does not set this header itself", source.Name ?? "", QuotaSource.TrustedHeader);
        }

        foreach (var (key, value) in Missing(source))
        {
            yield return new($"{at}.source.{key}", $"is missing for a source of type {source.Type}", value ?? "", "a text");
        }
    }

    private static IEnumerable<(string Key, string? Value)> Missing(QuotaSource source)
    {
        IEnumerable<(string, string?)> needed = source.Type switch
        {
            QuotaSource.Permissions => [("field", source.Field)],
            QuotaSource.Jwt => [("token", source.Token), ("claim", source.Claim)],
            _ => [],
        };
        return needed.Where(pair => string.IsNullOrEmpty(pair.Item2));
    }

    private static IEnumerable<string> Repeated(this IEnumerable<string> texts) =>
        texts.GroupBy(text => text, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key);
}

/// <summary>Why connect-proxy would refuse to start with a policy, or count against the wrong person.</summary>
/// <param name="Path">Place in the policy: <c>buckets[0].quotas[1].window</c>.</param>
/// <param name="What">What is wrong, as a clause without the value.</param>
/// <param name="Given">The value.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record QuotaProblem(string Path, string What, string Given, string Allowed);
