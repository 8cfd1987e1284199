using System.Collections.Immutable;
using Pulumi.Testing;

namespace Tests.Support;

/// <summary>What AWS computes and answers, recognisable by the logical name of the resource it came from.</summary>
internal static class AwsMocks
{
    public const string Account = "123456789012";

    public const string CertificateAuthority = "LS0tLS1CRUdJTi1URVNULS0tLS0K";

    /// <summary>Outputs of a resource beside its inputs.</summary>
    public static ImmutableDictionary<string, object> Computed(MockResourceArgs resource)
    {
        var name = resource.Name!;
        var common = Map(("arn", $"arn:aws:test:eu-west-1:{Account}:{name}"));
        return common.SetItems(
            resource.Type switch
            {
                "aws:eks/cluster:Cluster" => Cluster(resource),
                "aws:acm/certificate:Certificate" => Map(("domainValidationOptions", ValidationOptions(resource))),
                "aws:route53/record:Record" => Map(("fqdn", resource.Inputs["name"])),
                "aws:route53/zone:Zone" => Map(("zoneId", $"{name}-zone-id"), ("nameServers", List($"{name}-server"))),
                "aws:lb/loadBalancer:LoadBalancer" => Map(("dnsName", $"{name}.elb.example.com"), ("zoneId", "Z-ALB")),
                "aws:kms/key:Key" => Map(("keyId", $"{name}-key-id")),
                "aws:ec2/launchTemplate:LaunchTemplate" => Map(("latestVersion", 1)),
                "aws:elasticache/replicationGroup:ReplicationGroup" => Map(("primaryEndpointAddress", $"{name}.cache.example.com")),
                "aws:fsx/lustreFileSystem:LustreFileSystem" => Map(("dnsName", $"{name}.fsx.example.com"), ("mountName", "mnt")),
                "aws:secretsmanager/secretVersion:SecretVersion" => Map(("versionId", "version-1")),
                "aws:ssm/document:Document" => Map(("latestVersion", "7"), ("name", MockValues.AutomaticName(name))),
                "aws:rds/instance:Instance" => Map(("address", $"{name}.rds.example.com"), ("port", 5432)),
                _ when !resource.Inputs.ContainsKey("name") => Map(("name", MockValues.AutomaticName(name))),
                _ => Map(),
            });
    }

    /// <summary>The answer to an invoke.</summary>
    public static ImmutableDictionary<string, object> Answer(MockCallArgs call) =>
        call.Token switch
        {
            "aws:index/getCallerIdentity:getCallerIdentity" => Map(
                ("accountId", Account),
                ("arn", $"arn:aws:iam::{Account}:role/deploy"),
                ("id", Account),
                ("userId", "deploy")),
            "aws:index/getAvailabilityZones:getAvailabilityZones" => Map(
                ("id", "zones"),
                ("region", "eu-west-1"),
                ("groupNames", List()),
                ("zoneIds", List()),
                ("names", List("eu-west-1c", "eu-west-1a", "eu-west-1b", "eu-west-1-lon-1a"))),
            "aws:ec2/getSubnet:getSubnet" => Map(("availabilityZone", "eu-west-1a"), ("id", call.Args["id"])),
            "aws:ssm/getParameter:getParameter" => Map(("insecureValue", "ami-newest"), ("name", call.Args["name"])),
            "aws:route53/getZone:getZone" => Map(("zoneId", $"zone-of-{call.Args["name"]}"), ("name", call.Args["name"]), ("nameServers", List())),
            "aws:lb/getHostedZoneId:getHostedZoneId" => Map(("id", $"Z-{call.Args["region"]}"), ("region", call.Args["region"])),
            "aws:eks/getCluster:getCluster" => Map(
                ("name", call.Args["name"]),
                ("arn", $"arn:aws:eks:eu-west-1:{Account}:cluster/{call.Args["name"]}"),
                ("endpoint", "https://api.example.com"),
                ("certificateAuthorities", List(Map(("data", CertificateAuthority)))),
                ("identities", List(Map(("oidcs", List(Map(("issuer", "https://oidc.example.com/id/1"))))))),
                ("accessConfigs", List(Map(("authenticationMode", "CONFIG_MAP"), ("bootstrapClusterCreatorAdminPermissions", true)))),
                ("vpcConfig", Map(("clusterSecurityGroupId", "sg-adopted")))),
            _ => throw new InvalidOperationException($"No test declared an answer to {call.Token}."),
        };

    private static ImmutableDictionary<string, object> Cluster(MockResourceArgs resource) =>
        Map(
            ("endpoint", "https://api.example.com"),
            ("certificateAuthority", Map(("data", CertificateAuthority))),
            ("identities", List(Map(("oidcs", List(Map(("issuer", "https://oidc.example.com/id/1"))))))),
            ("vpcConfig", ((ImmutableDictionary<string, object>)resource.Inputs["vpcConfig"]).SetItem("clusterSecurityGroupId", "sg-nodes")));

    private static ImmutableArray<object> ValidationOptions(MockResourceArgs resource)
    {
        var names = new[] { resource.Inputs["domainName"] }.Concat(
            (ImmutableArray<object>)resource.Inputs.GetValueOrDefault("subjectAlternativeNames", ImmutableArray<object>.Empty));
        // Not in the order of the names, as AWS.
        return
        [
            .. names
                .Reverse()
                .Select(name =>
                    Map(
                        ("domainName", name),
                        ("resourceRecordName", $"_proof.{Bare(name)}"),
                        ("resourceRecordType", "CNAME"),
                        ("resourceRecordValue", $"proof-of-{Bare(name)}"))),
        ];
    }

    private static string Bare(object name) => ((string)name).Replace("*.", "", StringComparison.Ordinal);

    private static ImmutableArray<object> List(params object[] items) => [.. items];

    private static ImmutableDictionary<string, object> Map(params (string Name, object Value)[] properties) =>
        properties.ToImmutableDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
}
