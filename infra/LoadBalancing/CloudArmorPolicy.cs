using System.Collections.Immutable;
using Pulumi;
using Pulumi.Gcp.Compute;
using Pulumi.Gcp.Compute.Inputs;
using RuleArgs = Pulumi.Gcp.Compute.Inputs.SecurityPolicyRuleArgs;

namespace Infra.LoadBalancing;

/// <summary>A security policy of Cloud Armor for the backends of a load balancer: Google's own rules, and a limit for each address.</summary>
public sealed class CloudArmorPolicy : ComponentResource
{
    private const string Token = "platform:loadBalancing:CloudArmorPolicy";

    // Compute Engine API reference, securityPolicies: the rule that is asked last has this priority, and every policy has one.
    private const int LastPriority = int.MaxValue;
    private const int FirstPriority = 1000;
    private const int Step = 10;
    private const int RateSeconds = 60;

    /// <summary>Name by which backends refer to the policy; resolves when it exists.</summary>
    [Output("policyName")]
    public Output<string> PolicyName { get; private set; }

    public CloudArmorPolicy(string name, CloudArmorPolicyArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var policy = new SecurityPolicyArgs { Name = args.PolicyName, Description = args.Description };
        var priority = FirstPriority;
        foreach (var attack in args.Attacks)
        {
            policy.Rules.Add(new RuleArgs
            {
                Action = "deny(403)",
                Priority = priority,
                Description = $"{attack}",
                Preview = args.PreviewOnly,
                Match = new SecurityPolicyRuleMatchArgs
                {
                    Expr = new SecurityPolicyRuleMatchExprArgs
                    {
                        Expression = $"evaluatePreconfiguredWaf('{RuleSet(attack)}', {{'sensitivity': {args.Sensitivity}}})",
                    },
                },
            });
            priority += Step;
        }

        if (args.RateLimit is { } limit)
        {
            policy.Rules.Add(Rate(limit, priority, args.PreviewOnly));
        }

        policy.Rules.Add(new RuleArgs { Action = "allow", Priority = LastPriority, Description = "Everything else", Match = Everybody() });
        PolicyName = new SecurityPolicy(name, policy, new CustomResourceOptions { Parent = this }).Name;
        RegisterOutputs();
    }

    private static RuleArgs Rate(int limit, int priority, bool preview) => new()
    {
        Action = "throttle",
        Priority = priority,
        Description = "Requests of one address",
        Preview = preview,
        Match = Everybody(),
        RateLimitOptions = new SecurityPolicyRuleRateLimitOptionsArgs
        {
            ConformAction = "allow",
            ExceedAction = "deny(429)",
            EnforceOnKey = "IP",
            RateLimitThreshold = new SecurityPolicyRuleRateLimitOptionsRateLimitThresholdArgs { Count = limit, IntervalSec = RateSeconds },
        },
    };

    private static SecurityPolicyRuleMatchArgs Everybody() =>
        new() { VersionedExpr = "SRC_IPS_V1", Config = new SecurityPolicyRuleMatchConfigArgs { SrcIpRanges = { "*" } } };

    // Cloud Armor documentation, "Preconfigured WAF rules overview" (OWASP Core Rule Set 3.3), 2026.
    private static string RuleSet(ArmorAttack attack) => attack switch
    {
        ArmorAttack.SqlInjection => "sqli-v33-stable",
        ArmorAttack.CrossSiteScripting => "xss-v33-stable",
        ArmorAttack.LocalFileInclusion => "lfi-v33-stable",
        ArmorAttack.RemoteFileInclusion => "rfi-v33-stable",
        ArmorAttack.RemoteCodeExecution => "rce-v33-stable",
        ArmorAttack.ScannerDetection => "scannerdetection-v33-stable",
        ArmorAttack.ProtocolAttack => "protocolattack-v33-stable",
        ArmorAttack.SessionFixation => "sessionfixation-v33-stable",
        _ => throw new ArgumentOutOfRangeException(nameof(attack), attack, "No such rules."),
    };
}

/// <summary>What a policy refuses.</summary>
public sealed class CloudArmorPolicyArgs : ResourceArgs
{
    public const int DefaultSensitivity = 1;
    public const int LargestSensitivity = 4;

    /// <summary>Rules that look at addresses and the form of requests, and that no notebook trips.</summary>
    public static readonly ImmutableArray<ArmorAttack> DefaultAttacks = [ArmorAttack.ScannerDetection, ArmorAttack.ProtocolAttack];

    /// <summary>Physical name, by which backends refer to it (<see cref="Naming.GcpNameRule.Compute"/>).</summary>
    public required string PolicyName { get; init; }

    /// <summary>Shown in the console.</summary>
    public required string Description { get; init; }

    /// <summary>Attacks that are refused. Default <see cref="DefaultAttacks"/>.</summary>
    public ImmutableArray<ArmorAttack> Attacks { get; init; } = DefaultAttacks;

    /// <summary>Paranoia level of the rules: 1 for those that are seldom wrong, 4 for all. Default 1.</summary>
    public int Sensitivity { get; init; } = DefaultSensitivity;

    /// <summary>Most requests of one address in a minute. Default no limit.</summary>
    public int? RateLimit { get; init; }

    /// <summary>Log what the rules match and let it pass, as when they are new. Default false.</summary>
    public bool PreviewOnly { get; init; }
}

/// <summary>Attacks that Google keeps rules for.</summary>
public enum ArmorAttack
{
    SqlInjection,
    CrossSiteScripting,
    LocalFileInclusion,
    RemoteFileInclusion,
    RemoteCodeExecution,
    ScannerDetection,
    ProtocolAttack,
    SessionFixation,
}
