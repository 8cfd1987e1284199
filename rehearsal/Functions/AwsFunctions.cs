using System.Text.Json;
using System.Text.Json.Nodes;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>What is known of AWS without asking it: what the Terraform provider (hashicorp/aws 6.x) computes itself from arguments and region.</summary>
internal static class AwsFunctions
{
    public static readonly Dictionary<string, Function> All = new(StringComparer.Ordinal)
    {
        ["aws:acm/getCertificate:getCertificate"] = _ => Known.Nothing,
        ["aws:ec2/getSubnet:getSubnet"] = _ => Known.Nothing,
        ["aws:ec2/getSubnets:getSubnets"] = call => Known.Of(("id", call.Region)),
        ["aws:ec2/getVpc:getVpc"] = _ => Known.Nothing,
        ["aws:efs/getFileSystem:getFileSystem"] = FileSystem,
        ["aws:eks/getAddonVersion:getAddonVersion"] = call => Known.Of(("id", call.Find("addonName"))),
        ["aws:eks/getCluster:getCluster"] = call => Known.Of(("id", call.Find("name"))),
        ["aws:eks/getClusterAuth:getClusterAuth"] = call => Known.Of(("id", call.Find("name"))),
        ["aws:eks/getClusterVersions:getClusterVersions"] = _ => Known.Nothing,
        ["aws:elasticache/getReplicationGroup:getReplicationGroup"] = call => Known.Of(("id", call.Find("replicationGroupId"))),
        ["aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider"] = OpenIdConnectProvider,
        ["aws:iam/getPolicyDocument:getPolicyDocument"] = PolicyDocument.Answer,
        ["aws:iam/getRole:getRole"] = call => Known.Of(("id", call.Find("name"))),
        ["aws:iam/getSessionContext:getSessionContext"] = SessionContext,
        ["aws:index/getAvailabilityZones:getAvailabilityZones"] = call => Known.Of(("id", call.Region)),
        ["aws:index/getCallerIdentity:getCallerIdentity"] = CallerIdentity,
        ["aws:index/getPartition:getPartition"] = Partition,
        ["aws:index/getRegion:getRegion"] = Region,
        ["aws:lb/getHostedZoneId:getHostedZoneId"] = HostedZoneId,
        ["aws:lb/getLoadBalancer:getLoadBalancer"] = LoadBalancer,
        ["aws:route53/getZone:getZone"] = Zone,
    };

    private static PropertyMap FileSystem(FunctionCall call)
    {
        var id = call.Find("fileSystemId");
        var name = id is null || call.Region is not { } region ? null : $"{id}.efs.{region}.{AwsRegions.DnsSuffix(region)}";
        return Known.Of(("id", id), ("fileSystemId", id), ("dnsName", name));
    }

    // Asked for by ARN, which ends with the URL, or by URL
    private static PropertyMap OpenIdConnectProvider(FunctionCall call)
    {
        var arn = call.Find("arn");
        var url = call.Find("url") ?? (arn?.Split(":oidc-provider/") is [_, var rest] ? rest : null);
        return Known.Of(("id", arn), ("arn", arn), ("url", url?.Replace("https://", "", StringComparison.Ordinal)));
    }

    // An ARN that is no session's is its own issuer; of a session's role only IAM knows the path
    private static PropertyMap SessionContext(FunctionCall call)
    {
        var arn = call["arn"];
        var parts = arn.Split('/');
        return arn.Contains(":assumed-role/", StringComparison.Ordinal) && parts.Length == 3
            ? Known.Of(("id", arn), ("issuerName", parts[1]), ("sessionName", parts[2]))
            : Known.Of(("id", arn), ("issuerArn", arn), ("issuerId", ""), ("issuerName", ""), ("sessionName", ""));
    }

    // A provider that is allowed one account refuses every other
    private static PropertyMap CallerIdentity(FunctionCall call)
    {
        var account = call.Configured("allowedAccountIds") is { } json && OnlyOne(json) is { } only ? only : null;
        return Known.Of(("accountId", account), ("id", account));
    }

    // What configures a provider travels as JSON text
    private static string? OnlyOne(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonArray { Count: 1 } list && list[0] is JsonValue value && value.GetValueKind() == JsonValueKind.String
                ? value.GetValue<string>() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PropertyMap Partition(FunctionCall call)
    {
        if (call.Region is not { } region)
        {
            return Known.Nothing;
        }
        var partition = AwsRegions.Partition(region);
        return Known.Of(
            ("partition", partition), ("id", partition), ("dnsSuffix", AwsRegions.DnsSuffix(region)),
            ("reverseDnsPrefix", partition == "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws"));
    }

    private static PropertyMap Region(FunctionCall call)
    {
        var region = call.Find("name") ?? call.Region;
        return region is null ? Known.Nothing : Known.Of(
            ("name", region), ("region", region), ("id", region), ("description", AwsRegions.All.GetValueOrDefault(region)?.Description),
            ("endpoint", $"ec2.{region}.{AwsRegions.DnsSuffix(region)}"));
    }

    private static PropertyMap HostedZoneId(FunctionCall call)
    {
        var zones = call.Region is { } region ? AwsRegions.All.GetValueOrDefault(region) : null;
        return Known.Of(("id", call.Find("loadBalancerType") == "network" ? zones?.NetworkZone : zones?.ApplicationZone));
    }

    // arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/NAME/50dc6c495c0c9188
    private static PropertyMap LoadBalancer(FunctionCall call)
    {
        var parts = call.Find("arn")?.Split('/');
        return Known.Of(
            ("id", call.Find("arn")), ("name", call.Find("name") ?? parts?.ElementAtOrDefault(2)),
            ("loadBalancerType", parts?.ElementAtOrDefault(1) switch { "net" => "network", "app" => "application", "gwy" => "gateway", _ => null }));
    }

    // Asked for by name or by id
    private static PropertyMap Zone(FunctionCall call)
        => Known.Of(("id", call.Find("zoneId")), ("zoneId", call.Find("zoneId")), ("name", call.Find("name")?.TrimEnd('.')));
}
