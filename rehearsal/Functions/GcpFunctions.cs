using Rehearsal.Providers;
using Rehearsal.Wire;
using static Rehearsal.Providers.Values;

namespace Rehearsal.Functions;

/// <summary>The answers of Google Cloud: what exists already has the form of the real thing, made from its name.</summary>
internal static class GcpFunctions
{
    private const string ComputeApi = "https://www.googleapis.com/compute/v1/";

    public static readonly Dictionary<string, Function> All = new(StringComparer.Ordinal)
    {
        ["gcp:compute/getNetwork:getNetwork"] = Network,
        ["gcp:compute/getSubnetwork:getSubnetwork"] = Subnetwork,
        ["gcp:compute/getZones:getZones"] = Zones,
        ["gcp:container/getCluster:getCluster"] = Cluster,
        ["gcp:container/getEngineVersions:getEngineVersions"] = EngineVersions,
        ["gcp:dns/getManagedZone:getManagedZone"] = ManagedZone,
        ["gcp:organizations/getClientConfig:getClientConfig"] = ClientConfig,
        ["gcp:organizations/getProject:getProject"] = Project,
    };

    private static PropertyMap Network(FunctionCall call)
    {
        var name = call.Find("name") ?? "default";
        var id = $"projects/{call.Project}/global/networks/{name}";
        return call.Echo(
            ("id", Text(id)), ("name", Text(name)), ("project", Text(call.Project)), ("selfLink", Text(ComputeApi + id)),
            ("numericId", Text(Digits.Decimal(id, 18))));
    }

    private static PropertyMap Subnetwork(FunctionCall call)
    {
        var name = call.Find("name") ?? "default";
        var id = $"projects/{call.Project}/regions/{call.GcpRegion}/subnetworks/{name}";
        return call.Echo(
            ("id", Text(id)), ("name", Text(name)), ("project", Text(call.Project)), ("region", Text(call.GcpRegion)),
            ("selfLink", Text(ComputeApi + id)), ("network", Text($"projects/{call.Project}/global/networks/default")),
            ("ipCidrRange", Text("10.128.0.0/20")), ("gatewayAddress", Text("10.128.0.1")), ("stackType", Text("IPV4_ONLY")));
    }

    private static PropertyMap Zones(FunctionCall call) => call.Echo(
        ("id", Text($"projects/{call.Project}/regions/{call.GcpRegion}")), ("project", Text(call.Project)),
        ("names", Texts(new[] { "a", "b", "c" }.Select(zone => $"{call.GcpRegion}-{zone}"))));

    // In the project's workload identity pool.
    private static PropertyMap Cluster(FunctionCall call)
    {
        var (name, project) = (call["name"], call.Project);
        var location = call.Find("location") ?? call.Config("gcp:region", "us-central1");
        return call.Echo(
            ("id", Text($"projects/{project}/locations/{location}/clusters/{name}")), ("location", Text(location)), ("project", Text(project)),
            ("endpoint", Text("203.0.113.10")), ("masterVersion", Text(GkeVersion(RehearsedCluster.Version))),
            ("nodeVersion", Text(GkeVersion(RehearsedCluster.Version))),
            ("network", Text($"projects/{project}/global/networks/default")),
            ("subnetwork", Text($"projects/{project}/regions/{location}/subnetworks/default")),
            ("masterAuths", List([Map(
                ("clientCertificate", Text("")), ("clientKey", new SecretProperty(Text(""))), ("clusterCaCertificate", Text(RehearsedCluster.Certificate)),
                ("clientCertificateConfigs", List([])))])),
            ("workloadIdentityConfigs", List([Map(("workloadPool", Text($"{project}.svc.id.goog")))])),
            ("selfLink", Text($"https://container.googleapis.com/v1/projects/{project}/locations/{location}/clusters/{name}")));
    }

    private static PropertyMap EngineVersions(FunctionCall call)
    {
        var versions = RehearsedCluster.Versions.Select(GkeVersion).Where(v => v.StartsWith(call["versionPrefix"], StringComparison.Ordinal)).ToList();
        var latest = Text(versions.FirstOrDefault() ?? "");
        var channels = Map(("RAPID", latest), ("REGULAR", latest), ("STABLE", latest));
        return call.Echo(
            ("id", Text("rehearsed")), ("defaultClusterVersion", latest), ("latestMasterVersion", latest), ("latestNodeVersion", latest),
            ("validMasterVersions", Texts(versions)), ("validNodeVersions", Texts(versions)),
            ("releaseChannelDefaultVersion", channels), ("releaseChannelLatestVersion", channels));
    }

    // The domain is the zone's name with dots for hyphens.
    private static PropertyMap ManagedZone(FunctionCall call)
    {
        var name = call["name"];
        return call.Echo(
            ("id", Text($"projects/{call.Project}/managedZones/{name}")), ("dnsName", Text($"{name.Replace('-', '.')}.")),
            ("managedZoneId", Text(Digits.Decimal($"zone/{name}", 18))),
            ("nameServers", Texts(Enumerable.Range(1, 4).Select(i => $"ns-cloud-a{i}.googledomains.com."))),
            ("visibility", Text("public")));
    }

    // The token is secret as the real one, and labelled as rehearsed.
    private static PropertyMap ClientConfig(FunctionCall call)
    {
        var region = call.Config("gcp:region", "us-central1");
        return PropertyMap.Create(
            ("id", Text($"projects/{call.Project}/regions/{region}")), ("project", Text(call.Project)), ("region", Text(region)),
            ("zone", Text(call.Config("gcp:zone", $"{region}-a"))), ("accessToken", new SecretProperty(Text("rehearsed-access-token"))));
    }

    private static PropertyMap Project(FunctionCall call)
    {
        var id = call.Find("projectId") ?? call.Project;
        return call.Echo(("id", Text($"projects/{id}")), ("projectId", Text(id)), ("name", Text(id)), ("number", Text(Digits.Decimal($"project/{id}", 12))));
    }

    private static string GkeVersion(string version) => $"{version}.0-gke.1000";
}
