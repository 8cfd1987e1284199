using System.Collections.Immutable;
using Infra.LoadBalancing;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>Where an Application Load Balancer of AWS writes a line for each request.</summary>
public sealed record AccessLogSettings : IChecked
{
    [Setting("Whether it does. false switches off what the controller of Ingresses has switched on, and what it otherwise leaves as it is.")]
    public bool Enabled { get; init; } = true;

    [Setting(
        "A bucket that exists, in the region of the balancer, encrypted with SSE-S3, whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write.",
        Absent = "a new one that this stack makes",
        Example = "example-access-logs")]
    [Form(Form.S3BucketName)]
    public string? Bucket { get; init; }

    [Setting("What the names of the files begin with, before AWSLogs.", Absent = "nothing", Example = "studios")]
    [Form(Form.Directory)]
    public string? Prefix { get; init; }

    [Setting("Days that a bucket of this stack keeps the files.")]
    [Range(1, 3653)]
    public int RetentionDays { get; init; } = AccessLogBucketArgs.DefaultRetentionInDays;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Prefix?.Contains("AWSLogs", StringComparison.Ordinal) == true)
        {
            yield return new(
                at[nameof(Prefix)], "contains AWSLogs, which AWS adds itself and refuses here", "a prefix without AWSLogs", "prefix: studios", Prefix);
        }

        if (Enabled && Bucket is null && platform.Aws is null)
        {
            yield return new(
                at[nameof(Bucket)], "is not given, and without platform:aws this stack makes no bucket", "the name of a bucket, or platform:aws",
                "bucket: example-access-logs, or platform:aws: { region: eu-west-1 }");
        }

        if (Bucket is not null && RetentionDays != AccessLogBucketArgs.DefaultRetentionInDays)
        {
            yield return new(
                at[nameof(RetentionDays)], "is for a bucket that this stack makes, and the one that exists keeps files as its own lifecycle says",
                "absent beside bucket", "remove retentionDays, or bucket", $"{RetentionDays}");
        }
    }
}

/// <summary>What AWS WAF lets through to an Application Load Balancer.</summary>
[Kind<ExistingWebAclSettings>("arn")]
[Kind<CreatedWebAclSettings>("create", "A web ACL that this stack makes.")]
[Kind<NoWebAclSettings>("none", "No web ACL: takes off what the controller of Ingresses has put on, and what it otherwise leaves as it is.")]
public abstract record WebAclSettings
{
    private protected WebAclSettings()
    {
    }
}

/// <summary>A web ACL that exists.</summary>
public sealed record ExistingWebAclSettings : WebAclSettings
{
    [Setting(
        "ARN of a regional web ACL, in the region of the balancer.",
        Example = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/platform/01234567-89ab-cdef-0123-456789abcdef")]
    public required WebAclArn Arn { get; init; }
}

/// <summary>No web ACL any more.</summary>
public sealed record NoWebAclSettings : WebAclSettings;

/// <summary>A web ACL that this stack makes.</summary>
public sealed record CreatedWebAclSettings : WebAclSettings, IChecked
{
    [Setting("Groups of AWS' own rules. Those of their rules that look into bodies only count: sessions carry code and files.")]
    public ImmutableArray<AwsManagedRules> ManagedRules { get; init; } = WebFirewallArgs.DefaultManagedRules;

    [Setting(
        "Most requests of one address in five minutes. An office, or the NAT gateway of a cluster, is one address.",
        Absent = "no limit",
        Example = "20000"
    )]
    [Range(WebFirewallArgs.SmallestRateLimit, WebFirewallArgs.LargestRateLimit)]
    public int? RateLimit { get; init; }

    [Setting("Count what the rules match and let it pass: for the first weeks, until the counts are understood.")]
    public bool CountOnly { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Aws is null)
        {
            yield return new(
                at, "makes a web ACL, and without platform:aws this stack makes nothing in AWS", "arn, or create beside platform:aws",
                "arn: of a web ACL that exists, or platform:aws: { region: eu-west-1 }");
        }

        if (ManagedRules.IsEmpty && RateLimit is null)
        {
            yield return new(
                at[nameof(ManagedRules)],
                "is empty, and there is no rateLimit either: the web ACL would let everything through",
                "one group or more, or rateLimit",
                "managedRules: [ipReputation, knownBadInputs]",
                "[]");
        }

        foreach (var again in ManagedRules.GroupBy(rules => rules).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return new(
                at[nameof(ManagedRules)], $"names {SettingPath.KeyFor($"{again}")} twice", "every group once", "remove one of them",
                string.Join(", ", ManagedRules.Select(rules => SettingPath.KeyFor($"{rules}"))));
        }
    }
}
