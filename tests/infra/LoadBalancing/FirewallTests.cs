using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Dns;
using Infra.LoadBalancing;
using Infra.Routing;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.LoadBalancing;

// Promise: a firewall refuses what it was told to, looks into no body that people work with, and can be tried without refusing anything.
public sealed class FirewallTests
{
    private const string Visible = """{ "cloudwatchMetricsEnabled": true, "metricName": "NAME", "sampledRequestsEnabled": true }""";

    [Fact]
    public async Task AWebAcl_LimitsFirst_AndCountsBodies()
    {
        var deployed = await Deployed.Of(() => Web([AwsManagedRules.KnownBadInputs, AwsManagedRules.SqlInjection], 2000, countOnly: false));

        deployed.Inputs("firewall").ShouldBe(Deployed.Json(
            $$"""
            {
              "defaultAction": { "allow": {} }, "description": "Clients", "scope": "REGIONAL", "visibilityConfig": {{Visible.Replace("NAME", "studio-test")}},
              "rules": [
                {
                  "name": "RateLimit", "priority": 0, "action": { "block": {} }, "visibilityConfig": {{Visible.Replace("NAME", "RateLimit")}},
                  "statement": { "rateBasedStatement": { "aggregateKeyType": "IP", "limit": 2000 } }
                },
                {
                  "name": "AWSManagedRulesKnownBadInputsRuleSet", "priority": 1, "overrideAction": { "none": {} },
                  "visibilityConfig": {{Visible.Replace("NAME", "AWSManagedRulesKnownBadInputsRuleSet")}},
                  "statement": { "managedRuleGroupStatement": { "name": "AWSManagedRulesKnownBadInputsRuleSet", "vendorName": "AWS" } }
                },
                {
                  "name": "AWSManagedRulesSQLiRuleSet", "priority": 2, "overrideAction": { "none": {} },
                  "visibilityConfig": {{Visible.Replace("NAME", "AWSManagedRulesSQLiRuleSet")}},
                  "statement": { "managedRuleGroupStatement": {
                    "name": "AWSManagedRulesSQLiRuleSet", "vendorName": "AWS",
                    "ruleActionOverrides": [
                      { "name": "SQLiExtendedPatterns_BODY", "actionToUse": { "count": {} } },
                      { "name": "SQLi_BODY", "actionToUse": { "count": {} } }
                    ]
                  } }
                }
              ]
            }
            """));
    }

    [Fact]
    public async Task ATrial_CountsEverything()
    {
        var rules = JsonNode.Parse((await Deployed.Of(() => Web([AwsManagedRules.Common], 10, countOnly: true))).Inputs("firewall"))!["rules"]!.AsArray();

        rules.Select(rule => (rule!["action"] ?? rule["overrideAction"])!.ToJsonString()).ShouldBe(["""{"count":{}}""", """{"count":{}}"""]);
    }

    // A group without a name would fail at the first update only.
    [Theory]
    [InlineData(AwsManagedRules.IpReputation, "AWSManagedRulesAmazonIpReputationList")]
    [InlineData(AwsManagedRules.AnonymousIp, "AWSManagedRulesAnonymousIpList")]
    [InlineData(AwsManagedRules.KnownBadInputs, "AWSManagedRulesKnownBadInputsRuleSet")]
    [InlineData(AwsManagedRules.Common, "AWSManagedRulesCommonRuleSet")]
    [InlineData(AwsManagedRules.SqlInjection, "AWSManagedRulesSQLiRuleSet")]
    [InlineData(AwsManagedRules.Linux, "AWSManagedRulesLinuxRuleSet")]
    public async Task AGroup_IsCalledAsAwsCallsIt(AwsManagedRules group, string name) =>
        (await Deployed.Of(() => Web([group], null, countOnly: false))).Inputs("firewall").ShouldContain($"\"name\": \"{name}\"");

    [Fact]
    public async Task CloudArmor_RefusesAttacks_ThenLimits_ThenAllows()
    {
        var deployed = await Deployed.Of(() =>
            new CloudArmorPolicy(
                "armor",
                new CloudArmorPolicyArgs
                {
                    Attacks = [ArmorAttack.ScannerDetection],
                    Description = "Clients",
                    PolicyName = "studio-test-edge",
                    PreviewOnly = true,
                    RateLimit = 600,
                }));

        deployed.Inputs("armor").ShouldBe(Deployed.Json(
            """
            {
              "description": "Clients", "name": "studio-test-edge",
              "rules": [
                {
                  "action": "deny(403)", "description": "ScannerDetection", "preview": true, "priority": 1000,
                  "match": { "expr": { "expression": "evaluatePreconfiguredWaf('scannerdetection-v33-stable', {'sensitivity': 1})" } }
                },
                {
                  "action": "throttle", "description": "Requests of one address", "preview": true, "priority": 1010,
                  "match": { "config": { "srcIpRanges": ["*"] }, "versionedExpr": "SRC_IPS_V1" },
                  "rateLimitOptions": {
                    "conformAction": "allow", "enforceOnKey": "IP", "exceedAction": "deny(429)", "rateLimitThreshold": { "count": 600, "intervalSec": 60 }
                  }
                },
                {
                  "action": "allow", "description": "Everything else", "priority": 2147483647,
                  "match": { "config": { "srcIpRanges": ["*"] }, "versionedExpr": "SRC_IPS_V1" }
                }
              ]
            }
            """));
    }

    [Theory]
    [InlineData(25, """{ "enabled": true, "sampleRate": 250000 }""", """{ "enable": true, "sampleRate": 0.25 }""")]
    [InlineData(0, """{ "enabled": false }""", """{ "enable": false, "sampleRate": 0 }""")]
    public async Task ABackendOfGoogle_LogsAShare_AndNamesItsPolicy(int percent, string ofGateway, string ofIngress)
    {
        var routes = new HostRoutes([DomainName.Parse("connect.example.com")], null, "connect-proxy", 80);
        var backend = new GoogleBackend(percent, Output.Create("platform"));
        var deployed = await Deployed.Of(() =>
        {
            new HostRouting(
                "gw",
                new() { Namespace = "n", Plan = RoutingPlan.For("gw", routes, new IngressController.Gateway("g", "gateways") { Backend = backend }) });
            new HostRouting("in", new() { Namespace = "n", Plan = RoutingPlan.For("in", routes, new IngressController.Gce { Backend = backend }) });
        });

        var policy = JsonNode.Parse(deployed.Inputs("gw-gcpbackendpolicy"))!["spec"]!["default"]!;
        policy["logging"]!.ToJsonString().ShouldBe(JsonNode.Parse(ofGateway)!.ToJsonString());
        policy["securityPolicy"]!.GetValue<string>().ShouldBe("platform");
        var config = JsonNode.Parse(deployed.Inputs("in-backendconfig"))!["spec"]!;
        config["logging"]!.ToJsonString().ShouldBe(JsonNode.Parse(ofIngress)!.ToJsonString());
        config["securityPolicy"]!.ToJsonString().ShouldBe("""{"name":"platform"}""");
    }

    [Fact]
    public async Task WebFirewall_HasTheseChildren() =>
        (await Deployed.Of(options => Web([AwsManagedRules.Linux], null, countOnly: false, options))).Lineages.ShouldBe([
            "platform:loadBalancing:WebFirewall$aws:wafv2/webAcl:WebAcl::firewall",
            "platform:loadBalancing:WebFirewall::firewall",
        ]);

    [Fact]
    public async Task CloudArmorPolicy_HasTheseChildren() => (
        await Deployed.Of(options => new CloudArmorPolicy("armor", new CloudArmorPolicyArgs { Description = "Clients", PolicyName = "edge" }, options))
    ).Lineages.ShouldBe([
        "platform:loadBalancing:CloudArmorPolicy$gcp:compute/securityPolicy:SecurityPolicy::armor",
        "platform:loadBalancing:CloudArmorPolicy::armor",
    ]);

    private static WebFirewall Web(ImmutableArray<AwsManagedRules> rules, int? limit, bool countOnly, ComponentResourceOptions? options = null) => new(
        "firewall",
        new WebFirewallArgs { CountOnly = countOnly, Description = "Clients", ManagedRules = rules, MetricName = "studio-test", RateLimit = limit },
        options);
}
