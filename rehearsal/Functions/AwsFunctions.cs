using Rehearsal.Wire;
using static Rehearsal.Functions.FunctionCall;
using static Rehearsal.Providers.Digits;
using static Rehearsal.Providers.Values;

namespace Rehearsal.Functions;

/// <summary>The answers of AWS: what exists already has the form of the real thing, made from its name.</summary>
internal static class AwsFunctions
{
    public static readonly Dictionary<string, Function> All = new(StringComparer.Ordinal)
    {
        ["aws:acm/getCertificate:getCertificate"] = Certificate,
        ["aws:ec2/getSubnet:getSubnet"] = Subnet,
        ["aws:ec2/getSubnets:getSubnets"] = Subnets,
        ["aws:ec2/getVpc:getVpc"] = Vpc,
        ["aws:efs/getFileSystem:getFileSystem"] = FileSystem,
        ["aws:eks/getAddonVersion:getAddonVersion"] = AddonVersion,
        ["aws:eks/getCluster:getCluster"] = Cluster,
        ["aws:eks/getClusterAuth:getClusterAuth"] = ClusterAuth,
        ["aws:eks/getClusterVersions:getClusterVersions"] = ClusterVersions,
        ["aws:elasticache/getReplicationGroup:getReplicationGroup"] = ReplicationGroup,
        ["aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider"] = OpenIdConnectProvider,
        ["aws:iam/getPolicyDocument:getPolicyDocument"] = PolicyDocument.Answer,
        ["aws:iam/getRole:getRole"] = Role,
        ["aws:iam/getSessionContext:getSessionContext"] = SessionContext,
        ["aws:index/getAvailabilityZones:getAvailabilityZones"] = AvailabilityZones,
        ["aws:index/getCallerIdentity:getCallerIdentity"] = CallerIdentity,
        ["aws:index/getPartition:getPartition"] = Partition,
        ["aws:index/getRegion:getRegion"] = Region,
        ["aws:lb/getHostedZoneId:getHostedZoneId"] = HostedZoneId,
        ["aws:lb/getLoadBalancer:getLoadBalancer"] = LoadBalancer,
        ["aws:route53/getZone:getZone"] = Zone,
    };

    private static PropertyMap Certificate(FunctionCall call)
    {
        var arn = $"arn:aws:acm:{call.Region}:{Account}:certificate/{Uuid($"acm/{call.Region}/{call["domain"]}")}";
        return call.Echo(("id", Text(arn)), ("arn", Text(arn)), ("domain", Text(call["domain"])), ("region", Text(call.Region)), ("status", Text("ISSUED")));
    }

    private static PropertyMap Subnet(FunctionCall call)
    {
        var id = call.Find("id") ?? $"subnet-{Hex($"subnet/{call.Region}/{call.Arguments}", 17)}";
        return call.Echo(
            ("id", Text(id)), ("region", Text(call.Region)), ("arn", Text($"arn:aws:ec2:{call.Region}:{Account}:subnet/{id}")), ("ownerId", Text(Account)),
            ("availabilityZone", call.Given("availabilityZone", $"{call.Region}a")), ("cidrBlock", call.Given("cidrBlock", "10.0.0.0/20")),
            ("availableIpAddressCount", Number(4091)), ("state", Text("available")), ("vpcId", call.Given("vpcId", $"vpc-{Hex(id, 17)}")));
    }

    // Three subnets, one in each zone, of whatever was asked for.
    private static PropertyMap Subnets(FunctionCall call) => call.Echo(
        ("id", Text(call.Region)), ("region", Text(call.Region)),
        ("ids", Texts(Enumerable.Range(1, 3).Select(i => $"subnet-{Hex($"subnets/{call.Region}/{call.Arguments}/{i}", 17)}"))));

    private static PropertyMap Vpc(FunctionCall call)
    {
        var id = call.Find("id") ?? $"vpc-{Hex($"vpc/{call.Region}/{call.Arguments}", 17)}";
        return call.Echo(
            ("id", Text(id)), ("region", Text(call.Region)), ("arn", Text($"arn:aws:ec2:{call.Region}:{Account}:vpc/{id}")), ("ownerId", Text(Account)),
            ("cidrBlock", call.Given("cidrBlock", "10.0.0.0/16")), ("default", call.Arguments.Find("default") ?? BooleanProperty.False),
            ("state", Text("available")),
            ("enableDnsHostnames", BooleanProperty.True), ("enableDnsSupport", BooleanProperty.True), ("instanceTenancy", Text("default")),
            ("mainRouteTableId", Text($"rtb-{Hex(id, 17)}")));
    }

    private static PropertyMap FileSystem(FunctionCall call)
    {
        var id = call.Find("fileSystemId") ?? $"fs-{Hex($"efs/{call.Arguments}", 17)}";
        return call.Echo(
            ("id", Text(id)), ("fileSystemId", Text(id)), ("region", Text(call.Region)),
            ("arn", Text($"arn:aws:elasticfilesystem:{call.Region}:{Account}:file-system/{id}")),
            ("dnsName", Text($"{id}.efs.{call.Region}.amazonaws.com")), ("encrypted", BooleanProperty.True), ("performanceMode", Text("generalPurpose")),
            ("throughputMode", Text("elastic")));
    }

    private static PropertyMap AddonVersion(FunctionCall call) => call.Echo(
        ("id", Text(call["addonName"])), ("region", Text(call.Region)),
        ("version", Text($"v{call.Find("kubernetesVersion") ?? RehearsedCluster.Version}.0-eksbuild.1")));

    private static PropertyMap Cluster(FunctionCall call)
    {
        var (name, region) = (call["name"], call.Region);
        var id = Hex($"eks/{region}/{name}", 32).ToUpperInvariant();
        return call.Echo(
            ("id", Text(name)), ("name", Text(name)), ("clusterId", Text(name)), ("region", Text(region)), ("status", Text("ACTIVE")),
            ("arn", Text($"arn:aws:eks:{region}:{Account}:cluster/{name}")),
            ("endpoint", Text($"https://{id}.gr7.{region}.eks.amazonaws.com")),
            ("version", Text(RehearsedCluster.Version)), ("platformVersion", Text("eks.1")),
            ("roleArn", Text($"arn:aws:iam::{Account}:role/{name}-cluster")),
            ("certificateAuthorities", List([Map(("data", Text(RehearsedCluster.Certificate)))])),
            ("identities", List([Map(("oidcs", List([Map(("issuer", Text($"https://oidc.eks.{region}.amazonaws.com/id/{id}")))])))])),
            ("accessConfigs", List([Map(("authenticationMode", Text("API")), ("bootstrapClusterCreatorAdminPermissions", BooleanProperty.False))])),
            ("vpcConfig", Map(
                ("vpcId", Text($"vpc-{Hex(name, 17)}")), ("clusterSecurityGroupId", Text($"sg-{Hex(name, 17)}")),
                ("endpointPrivateAccess", BooleanProperty.True), ("endpointPublicAccess", BooleanProperty.True), ("publicAccessCidrs", List([])),
                ("securityGroupIds", List([])), ("subnetIds", Texts(Enumerable.Range(1, 3).Select(i => $"subnet-{Hex($"{name}/{i}", 17)}"))))),
            ("kubernetesNetworkConfigs", List([Map(
                ("ipFamily", Text("ipv4")), ("serviceIpv4Cidr", Text("172.20.0.0/16")), ("serviceIpv6Cidr", Text("")), ("elasticLoadBalancings", List([])))])));
    }

    // The token is secret as the real one, and labelled as rehearsed.
    private static PropertyMap ClusterAuth(FunctionCall call) => call.Echo(
        ("id", Text(call["name"])), ("region", Text(call.Region)), ("token", new SecretProperty(Text($"k8s-aws-v1.rehearsed-{Hex(call["name"], 16)}"))));

    private static PropertyMap ClusterVersions(FunctionCall call) => call.Echo(
        ("region", Text(call.Region)),
        ("clusterVersions", List(RehearsedCluster.Versions.Select(version => Map(
            ("clusterVersion", Text(version)), ("clusterType", Text("eks")), ("defaultVersion", BooleanProperty.From(version == RehearsedCluster.Version)),
            ("defaultPlatformVersion", Text("eks.1")), ("versionStatus", Text("STANDARD_SUPPORT")), ("kubernetesPatchVersion", Text($"{version}.0")))))));

    private static PropertyMap ReplicationGroup(FunctionCall call)
    {
        var (id, region) = (call["replicationGroupId"], call.Region);
        return call.Echo(
            ("id", Text(id)), ("region", Text(region)), ("arn", Text($"arn:aws:elasticache:{region}:{Account}:replicationgroup:{id}")),
            ("primaryEndpointAddress", Text($"master.{id}.{Hex(id, 6)}.{region}.cache.amazonaws.com")), ("port", Number(6379)),
            ("clusterMode", Text("disabled")));
    }

    // Asked for by ARN or by URL.
    private static PropertyMap OpenIdConnectProvider(FunctionCall call)
    {
        var url = (call.Find("url") ?? call.Find("arn")?.Split(":oidc-provider/")[^1] ?? "").Replace("https://", "", StringComparison.Ordinal);
        var arn = call.Find("arn") ?? $"arn:aws:iam::{Account}:oidc-provider/{url}";
        return call.Echo(("id", Text(arn)), ("arn", Text(arn)), ("url", Text(url)), ("clientIdLists", Texts(["sts.amazonaws.com"])));
    }

    private static PropertyMap Role(FunctionCall call)
    {
        var name = call["name"];
        return call.Echo(
            ("id", Text(name)), ("arn", Text($"arn:aws:iam::{Account}:role/{name}")), ("path", Text("/")), ("maxSessionDuration", Number(3600)),
            ("uniqueId", Text(RoleId($"role/{name}"))), ("assumeRolePolicy", Text("""{"Version":"2012-10-17","Statement":[]}""")));
    }

    // The role behind the ARN of a session.
    private static PropertyMap SessionContext(FunctionCall call)
    {
        var arn = call["arn"];
        var parts = arn.Split('/');
        var assumed = arn.Contains(":assumed-role/", StringComparison.Ordinal) && parts.Length == 3;
        var issuer = assumed ? $"arn:aws:iam::{Account}:role/{parts[1]}" : arn;
        return call.Echo(
            ("id", Text(arn)), ("issuerArn", Text(issuer)), ("issuerName", Text(assumed ? parts[1] : "")), ("sessionName", Text(assumed ? parts[2] : "")),
            ("issuerId", Text(assumed ? RoleId(issuer) : "")));
    }

    private static PropertyMap AvailabilityZones(FunctionCall call)
    {
        var region = call.Region;
        var (excluded, excludedIds) = (Set(call, "excludeNames"), Set(call, "excludeZoneIds"));
        var zones = Enumerable.Range(0, ZoneCount(region)).Select(index => (Name: $"{region}{(char)('a' + index)}", Id: $"{ShortName(region)}-az{index + 1}"))
            .Where(z => !excluded.Contains(z.Name) && !excludedIds.Contains(z.Id)).ToList();
        return call.Echo(
            ("id", Text(region)), ("region", Text(region)), ("groupNames", Texts([$"{region}-zg-1"])),
            ("names", Texts(zones.Select(z => z.Name))), ("zoneIds", Texts(zones.Select(z => z.Id))));
    }

    private static PropertyMap CallerIdentity(FunctionCall call) => PropertyMap.Create(
        ("accountId", Text(Account)), ("id", Text(Account)), ("userId", Text("AROAREHEARSAL:preview")),
        ("arn", Text($"arn:aws:sts::{Account}:assumed-role/rehearsal/preview")));

    private static PropertyMap Partition(FunctionCall call)
    {
        var (name, suffix, reversed) = call.Region switch
        {
            var region when region.StartsWith("cn-", StringComparison.Ordinal) => ("aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"),
            var region when region.StartsWith("us-gov-", StringComparison.Ordinal) => ("aws-us-gov", "amazonaws.com", "com.amazonaws"),
            _ => ("aws", "amazonaws.com", "com.amazonaws"),
        };
        return PropertyMap.Create(("partition", Text(name)), ("id", Text(name)), ("dnsSuffix", Text(suffix)), ("reverseDnsPrefix", Text(reversed)));
    }

    private static PropertyMap Region(FunctionCall call)
    {
        var region = call.Find("name") ?? call.Region;
        return PropertyMap.Create(
            ("name", Text(region)), ("region", Text(region)), ("id", Text(region)),
            ("description", Text($"{region} (rehearsed)")), ("endpoint", Text($"ec2.{region}.amazonaws.com")));
    }

    // The zone of the load balancers of a region, which alias records point into.
    private static PropertyMap HostedZoneId(FunctionCall call)
        => call.Echo(("region", Text(call.Region)), ("id", Text(ZoneId($"lb/{call.Region}/{call["loadBalancerType"]}", 13))));

    private static PropertyMap LoadBalancer(FunctionCall call)
    {
        var region = call.Region;
        var name = call.Find("name") ?? call.Find("arn")?.Split('/').ElementAtOrDefault(2) ?? "rehearsed";
        var arn = call.Find("arn") ?? $"arn:aws:elasticloadbalancing:{region}:{Account}:loadbalancer/net/{name}/{Hex(name, 16)}";
        return call.Echo(
            ("id", Text(arn)), ("arn", Text(arn)), ("name", Text(name)), ("region", Text(region)), ("loadBalancerType", Text("network")),
            ("dnsName", Text($"{name}-{Hex(name, 16)}.elb.{region}.amazonaws.com")), ("zoneId", Text(ZoneId($"lb/{region}/network", 13))),
            ("vpcId", Text($"vpc-{Hex(name, 17)}")), ("ipAddressType", Text("ipv4")));
    }

    // Asked for by name or by id.
    private static PropertyMap Zone(FunctionCall call)
    {
        var name = (call.Find("name") ?? "example.com").TrimEnd('.');
        var id = call.Find("zoneId") ?? ZoneId($"zone/{name}", 20);
        return call.Echo(
            ("id", Text(id)), ("zoneId", Text(id)), ("name", Text(name)), ("arn", Text($"arn:aws:route53:::hostedzone/{id}")),
            ("nameServers", Texts(Enumerable.Range(1, 4).Select(i => $"ns-{i}.awsdns-0{i}.com"))), ("primaryNameServer", Text("ns-1.awsdns-01.com")),
            ("resourceRecordSetCount", Number(2)));
    }

    // Three, as in every region that AWS opened since 2018; the few older ones have more.
    private static int ZoneCount(string region) => region switch
    {
        "us-east-1" => 6,
        "us-west-2" or "ca-central-1" or "ap-northeast-1" or "ap-northeast-2" => 4,
        _ => 3,
    };

    // Zone ids shorten the region: use1-az1 for us-east-1.
    private static string ShortName(string region) => region.Split('-') is [var area, var side, var number] ? $"{area}{side[0]}{number}" : region;

    private static HashSet<string> Set(FunctionCall call, string key)
        => call.Arguments.Find(key) is ListProperty list ? [.. list.Items.OfType<StringProperty>().Select(s => s.Value)] : [];

    private static string RoleId(string source) => "AROA" + Hex(source, 17).ToUpperInvariant();

    private static string ZoneId(string source, int length) => "Z" + Hex(source, length).ToUpperInvariant();
}
