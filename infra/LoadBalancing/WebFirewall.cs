using System.Collections.Immutable;
using Pulumi;
using Pulumi.Aws.WafV2;
using Pulumi.Aws.WafV2.Inputs;
using RuleArgs = Pulumi.Aws.WafV2.Inputs.WebAclRuleArgs;

namespace Infra.LoadBalancing;

/// <summary>A web ACL of AWS WAF for Application Load Balancers: AWS' own rules, and a limit for each address.</summary>
public sealed class WebFirewall : ComponentResource
{
    private const string Token = "platform:loadBalancing:WebFirewall";
    private const string Vendor = "AWS";
    private const string RateRule = "RateLimit";

    /// <summary>ARN of the web ACL; resolves when it exists.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    public WebFirewall(string name, WebFirewallArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var acl = new WebAclArgs
        {
            Description = args.Description,
            Scope = "REGIONAL",
            DefaultAction = new WebAclDefaultActionArgs { Allow = new WebAclDefaultActionAllowArgs() },
            VisibilityConfig = new WebAclVisibilityConfigArgs
            {
                CloudwatchMetricsEnabled = true,
                MetricName = args.MetricName,
                SampledRequestsEnabled = true,
            },
        };
        var priority = 0;
        if (args.RateLimit is { } limit)
        {
            acl.Rules.Add(Rate(limit, priority++, args));
        }

        foreach (var group in args.ManagedRules)
        {
            acl.Rules.Add(Managed(AwsRuleGroup.Of(group), priority++, args));
        }

        Arn = new WebAcl(name, acl, new CustomResourceOptions { Parent = this }).Arn;
        RegisterOutputs();
    }

    private static RuleArgs Rate(int limit, int priority, WebFirewallArgs args) => new()
    {
        Name = RateRule,
        Priority = priority,
        Action = args.CountOnly
            ? new WebAclRuleActionArgs { Count = new WebAclRuleActionCountArgs() }
            : new WebAclRuleActionArgs { Block = new WebAclRuleActionBlockArgs() },
        Statement = new WebAclRuleStatementArgs
        {
            RateBasedStatement = new WebAclRuleStatementRateBasedStatementArgs { AggregateKeyType = "IP", Limit = limit },
        },
        VisibilityConfig = Visibility(RateRule),
    };

    private static RuleArgs Managed(AwsRuleGroup group, int priority, WebFirewallArgs args)
    {
        var statement = new WebAclRuleStatementManagedRuleGroupStatementArgs { VendorName = Vendor, Name = group.Name };
        foreach (var rule in group.BodyRules)
        {
            statement.RuleActionOverrides.Add(new WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs
            {
                Name = rule,
                ActionToUse = new WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs
                {
                    Count = new WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs(),
                },
            });
        }

        return new RuleArgs
        {
            Name = group.Name,
            Priority = priority,
            OverrideAction = args.CountOnly
                ? new WebAclRuleOverrideActionArgs { Count = new WebAclRuleOverrideActionCountArgs() }
                : new WebAclRuleOverrideActionArgs { None = new WebAclRuleOverrideActionNoneArgs() },
            Statement = new WebAclRuleStatementArgs { ManagedRuleGroupStatement = statement },
            VisibilityConfig = Visibility(group.Name),
        };
    }

    private static WebAclRuleVisibilityConfigArgs Visibility(string metric) =>
        new() { CloudwatchMetricsEnabled = true, MetricName = metric, SampledRequestsEnabled = true };
}

/// <summary>What a web ACL refuses.</summary>
public sealed class WebFirewallArgs : ResourceArgs
{
    /// <summary>Fewest requests of one address in five minutes that AWS limits (WAF developer guide, "Rate-based rule statement").</summary>
    public const int SmallestRateLimit = 10;

    public const int LargestRateLimit = 2_000_000_000;

    /// <summary>Rules that look at addresses, headers and known attacks, and that no notebook trips.</summary>
    public static readonly ImmutableArray<AwsManagedRules> DefaultManagedRules = [AwsManagedRules.IpReputation, AwsManagedRules.KnownBadInputs];

    /// <summary>Shown in the console.</summary>
    public required string Description { get; init; }

    /// <summary>Name of its metrics in CloudWatch.</summary>
    public required string MetricName { get; init; }

    /// <summary>Groups of AWS' own rules, the first one asked first. Default <see cref="DefaultManagedRules"/>.</summary>
    public ImmutableArray<AwsManagedRules> ManagedRules { get; init; } = DefaultManagedRules;

    /// <summary>Most requests of one address in five minutes. Default no limit.</summary>
    public int? RateLimit { get; init; }

    /// <summary>Count what the rules match and let it pass, as when they are new. Default false.</summary>
    public bool CountOnly { get; init; }
}

/// <summary>Groups of rules that AWS keeps up to date.</summary>
public enum AwsManagedRules
{
    /// <summary>Addresses that AWS has seen attack.</summary>
    IpReputation,

    /// <summary>Anonymous proxies, Tor and hosting providers: pipelines that run elsewhere come from such addresses.</summary>
    AnonymousIp,

    /// <summary>Requests that only attacks make.</summary>
    KnownBadInputs,

    /// <summary>What the OWASP Top 10 describe.</summary>
    Common,

    /// <summary>SQL injection.</summary>
    SqlInjection,

    /// <summary>Files of Linux that no request should name.</summary>
    Linux,
}

/// <summary>A group of AWS' rules by its name, with those rules that look into bodies.</summary>
/// <param name="Name">Its name (WAF developer guide, "AWS Managed Rules rule groups list", 2026).</param>
/// <param name="BodyRules">
/// Rules that are counted and never block: WAF reads the first 8 KiB of a body, and what people send to sessions and to the Platform is code, markup and
/// files of any size.
/// </param>
internal sealed record AwsRuleGroup(string Name, params ImmutableArray<string> BodyRules)
{
    public static AwsRuleGroup Of(AwsManagedRules rules) => rules switch
    {
        AwsManagedRules.IpReputation => new("AWSManagedRulesAmazonIpReputationList"),
        AwsManagedRules.AnonymousIp => new("AWSManagedRulesAnonymousIpList"),
        AwsManagedRules.KnownBadInputs => new("AWSManagedRulesKnownBadInputsRuleSet"),
        AwsManagedRules.Common => new(
            "AWSManagedRulesCommonRuleSet",
            "CrossSiteScripting_BODY", "EC2MetaDataSSRF_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "SizeRestrictions_BODY"),
        AwsManagedRules.SqlInjection => new("AWSManagedRulesSQLiRuleSet", "SQLiExtendedPatterns_BODY", "SQLi_BODY"),
        AwsManagedRules.Linux => new("AWSManagedRulesLinuxRuleSet"),
        _ => throw new ArgumentOutOfRangeException(nameof(rules), rules, "No such group of rules."),
    };
}
