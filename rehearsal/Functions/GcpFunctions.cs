using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>What is known of Google Cloud without asking it: ids and links, which the Terraform provider (hashicorp/google-beta 7.x) puts together
/// itself.</summary>
internal static class GcpFunctions
{
    private const string ComputeApi = "https://www.googleapis.com/compute/v1/";

    public static readonly Dictionary<string, Function> All = new(StringComparer.Ordinal)
    {
        ["gcp:compute/getNetwork:getNetwork"] = call => Compute(call, "global/networks", call.Find("name")),
        ["gcp:compute/getSubnetwork:getSubnetwork"] = call
            => Compute(call, call.Region is { } region ? $"regions/{region}/subnetworks" : null, call.Find("name")),
        ["gcp:compute/getZones:getZones"] = call => Known.Of(("id", InProject(call, "regions", call.Region))),
        ["gcp:container/getCluster:getCluster"] = call => Known.Of(
            ("id", InProject(call, call.Find("location") is { } location ? $"locations/{location}/clusters" : null, call.Find("name")))),
        ["gcp:container/getEngineVersions:getEngineVersions"] = _ => Known.Nothing,
        ["gcp:dns/getManagedZone:getManagedZone"] = call => Known.Of(("id", InProject(call, "managedZones", call.Find("name")))),
        ["gcp:organizations/getClientConfig:getClientConfig"] = ClientConfig,
        ["gcp:organizations/getProject:getProject"] = call
            => Known.Of(("projectId", call.Find("projectId") ?? call.Project), ("id", InProject(call.Find("projectId") ?? call.Project))),
    };

    private static PropertyMap Compute(FunctionCall call, string? collection, string? name)
    {
        var id = InProject(call, collection, name);
        return Known.Of(("id", id), ("selfLink", id is null ? null : ComputeApi + id));
    }

    // The token is whoever's runs the deployment
    private static PropertyMap ClientConfig(FunctionCall call)
    {
        var zone = call.Configured("zone");
        return Known.Of(
            ("id", InProject(call, call.Region is { } region ? $"regions/{region}/zones" : null, zone)), ("project", call.Project), ("region", call.Region),
            ("zone", zone));
    }

    private static string? InProject(FunctionCall call, string? collection, string? name)
        => InProject(call.Project) is { } project && collection is not null && name is not null ? $"{project}/{collection}/{name}" : null;

    private static string? InProject(string? project) => project is null ? null : $"projects/{project}";
}
