using Tests.Stacks.Settings.Gcp;

namespace Tests.Stacks.Settings.Aws;

// Promise: access logs, web ACLs and logs that would have no effect, or be refused by AWS and Google, are refused with what to write instead.
public sealed class EdgeRulesTests
{
    private const string Acl = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/platform/01234567-89ab-cdef-0123-456789abcdef";

    [Theory]
    [InlineData("dns.route53.accessLogs", "{}")]
    [InlineData("dns.route53.accessLogs", """{ "bucket": "example-logs", "prefix": "studios/edge" }""")]
    [InlineData("dns.route53.webAcl", """{ "create": {} }""")]
    [InlineData("dns.route53.webAcl", """{ "create": { "managedRules": ["common", "sqlInjection"], "rateLimit": 10, "countOnly": true } }""")]
    [InlineData("dns.route53.webAcl", $$"""{ "arn": "{{Acl}}" }""")]
    [InlineData("cluster.eks.logTypes", "[]")]
    [InlineData("cluster.eks.network", """{ "create": { "flowLogs": "rejected", "flowLogRetentionDays": 30 } }""")]
    public void Takes(string path, string value) => AwsSample.Messages((path, value)).ShouldBeEmpty();

    [Theory]
    [InlineData(
        "dns.route53.accessLogs",
        """{ "prefix": "a/AWSLogs" }""",
        "platform:dns.route53.accessLogs.prefix: contains AWSLogs, which AWS adds itself and refuses here"
    )]
    [InlineData(
        "dns.route53.accessLogs",
        """{ "bucket": "example-logs", "retentionDays": 7 }""",
        "platform:dns.route53.accessLogs.retentionDays: is for a bucket that this stack makes, and the one that exists keeps files as its own lifecycle says"
    )]
    [InlineData(
        "dns.route53.webAcl",
        """{ "create": { "managedRules": [] } }""",
        "platform:dns.route53.webAcl.create.managedRules: is empty, and there is no rateLimit either: the web ACL would let everything through"
    )]
    [InlineData(
        "dns.route53.webAcl",
        """{ "create": { "managedRules": ["linux", "linux"] } }""",
        "platform:dns.route53.webAcl.create.managedRules: names linux twice"
    )]
    [InlineData("dns.route53.webAcl", """{ "create": { "rateLimit": 9 } }""", "platform:dns.route53.webAcl.create.rateLimit: is out of range")]
    [InlineData("dns.route53.webAcl", """{ "arn": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/p/01234567-89ab-cdef-0123-456789abcdef" }""",
        "platform:dns.route53.webAcl.arn: is not the ARN of a web ACL")]
    [InlineData("dns.route53.webAcl", """{ "arn": "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/p/01234567-89ab-cdef-0123-456789abcdef" }""",
        "platform:dns.route53.webAcl.arn: is in another region than the load balancer, which stands in eu-west-1")]
    [InlineData("cluster.eks.logTypes", """["audit", "audit"]""", "platform:cluster.eks.logTypes: names audit twice")]
    [InlineData("cluster.eks.network", """{ "create": { "flowLogs": "none", "flowLogRetentionDays": 30 } }""",
        "platform:cluster.eks.network.create.flowLogRetentionDays: is for records that flowLogs: none does not make")]
    public void Rejects(string path, string value, string first) =>
        AwsSample.Messages((path, value)).Select(message => message.Split('\n')[0]).ShouldBe([first]);

    [Theory]
    [InlineData("accessLogs", "{}")]
    [InlineData("webAcl", """{ "create": {} }""")]
    public void Rejects_WhatTheControllersBalancerIsToldElsewhere(string key, string value) =>
        AwsSample.Messages(("dns.route53.loadBalancer", "\"ingress\""), ("studios.ingress", """{ "alb": {} }"""), ($"dns.route53.{key}", value)).ShouldBe([
            $"""
            platform:dns.route53.{key}: has no effect with loadBalancer: ingress, whose controller makes the balancer
              allowed: given with loadBalancer: stack
              fix:     move it to platform:studios.ingress.alb.{key}
            """,
        ]);

    [Theory]
    [InlineData("accessLogs", """{ "bucket": "example-logs" }""")]
    [InlineData("webAcl", """{ "create": {} }""")]
    public void Rejects_WhatHoldsForAGroupThatThePlatformDescribes(string key, string value) =>
        AwsSample
            .Messages(
                ("dns.route53.loadBalancer", "\"ingress\""),
                ("studios.ingress", $$"""{ "alb": { "groupSettings": "platform", "{{key}}": {{value}} } }"""))
            .ShouldBe([
                $"""
                platform:studios.ingress.alb.{key}: holds for the whole balancer, and groupSettings: platform leaves that to the Platform's Ingress
                  allowed: absent with groupSettings: platform
                  fix:     remove {key}, or groupSettings
                """,
            ]);

    [Theory]
    [InlineData("""{ "accessLogs": {} }""", "accessLogs.bucket: is not given, and without platform:aws this stack makes no bucket")]
    [InlineData("""{ "webAcl": { "create": {} } }""", "webAcl.create: makes a web ACL, and without platform:aws this stack makes nothing in AWS")]
    public void Rejects_WhatNobodyMakes(string alb, string first) =>
        StackSample
            .Made.Messages(
                ("cluster.existing.kind", "\"eks\""),
                (
                    "studios.ingress",
                    $$"""{ "certificates": [{ "arn": "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef", "names": ["connect.example.com", "*.example.com"] }], "alb": {{alb}} }"""))
            .Select(message => message.Split('\n')[0])
            .ShouldBe([$"platform:studios.ingress.alb.{first}"]);

    [Theory]
    [InlineData("""{ "filestore": { "tier": "regional" } }""", null)]
    [InlineData("""{ "filestore": { "tier": "zonal", "zone": "europe-west1-b" } }""", "platform:storage.filestore.tier")]
    public void InProduction_FilesInOneZoneAreNamed(string storage, string? at) => GcpSample.Read(
        ("production", "true"), ("storage", storage), ("cluster.gke.nodePools.general.minimum", "2"), ("redis", """{ "memorystore": { "highAvailability": true } }"""),
        ("studios.server", """{ "replicas": 3 }"""), ("studios.proxy", """{ "replicas": 3 }""")).Warnings
        .Select(warning => warning.Path.Text).ShouldBe(at is null ? [] : [at]);

    [Theory]
    [InlineData("cluster.gke.logs", "[]", null)]
    [InlineData("cluster.gke.logs", """["systemComponents"]""", null)]
    [InlineData("cluster.gke.logs", """["workloads"]""", "platform:cluster.gke.logs: lacks systemComponents, without which GKE takes none of the others")]
    [InlineData("cluster.gke.metrics", """["pod"]""", "platform:cluster.gke.metrics: lacks systemComponents, without which GKE takes none of the others")]
    [InlineData("cluster.gke.metrics", "[]", "platform:cluster.gke.managedPrometheus: needs the metrics of GKE's own components, and metrics is empty")]
    [InlineData("dns.cloudDns.requestLogPercent", "0", null)]
    [InlineData("dns.cloudDns.requestLogPercent", "101", "platform:dns.cloudDns.requestLogPercent: is out of range")]
    [InlineData("dns.cloudDns.cloudArmor", """{ "name": "platform" }""", null)]
    [InlineData("dns.cloudDns.cloudArmor", """{ "create": { "attacks": [] } }""",
        "platform:dns.cloudDns.cloudArmor.create.attacks: is empty, and there is no rateLimit either: the policy would let everything through")]
    [InlineData("dns.cloudDns.cloudArmor", """{ "create": { "attacks": [], "rateLimit": 5000 } }""", null)]
    public void OnGoogleCloud(string path, string value, string? first) =>
        GcpSample.Messages((path, value)).Select(message => message.Split('\n')[0]).ShouldBe(first is null ? [] : [first]);
}
