using System.Collections.Immutable;
using Pulumi.Testing;

namespace Tests.Support;

/// <summary>What Google Cloud computes and answers, recognisable by the logical name of the resource it came from.</summary>
internal static class GcpMocks
{
    public const string ProjectNumber = "123456789";

    // Base64 of "-----BEGIN-TEST-----" and a line break.
    public const string CertificateAuthority = "LS0tLS1CRUdJTi1URVNULS0tLS0K";

    public const string AdoptedNetwork = "projects/example-research/global/networks/shared";

    /// <summary>Outputs of a resource beside its inputs.</summary>
    public static ImmutableDictionary<string, object> Computed(MockResourceArgs resource)
    {
        var name = resource.Name!;
        var named = resource.Inputs.ContainsKey("name") ? ImmutableDictionary<string, object>.Empty : Map(("name", MockValues.AutomaticName(name)));
        return named.SetItems(
            resource.Type switch
            {
                "gcp:container/cluster:Cluster" => Map(
                    ("endpoint", "203.0.113.10"),
                    ("controlPlaneEndpointsConfig", Map(("dnsEndpointConfig", Map(("endpoint", "gke-1.europe-west1.gke.goog"))))),
                    ("masterAuth", Map(("clusterCaCertificate", CertificateAuthority)))),
                "gcp:serviceaccount/account:Account" => Map(
                    ("email", $"{resource.Inputs["accountId"]}@example-research.iam.gserviceaccount.com"),
                    ("name", $"projects/example-research/serviceAccounts/{resource.Inputs["accountId"]}")),
                "gcp:compute/globalAddress:GlobalAddress" => Map(("address", resource.Inputs.GetValueOrDefault("address", "198.51.100.7"))),
                "gcp:dns/managedZone:ManagedZone" => Map(("nameServers", List("ns-1.example.net.", "ns-2.example.net."))),
                "gcp:certificatemanager/dnsAuthorization:DnsAuthorization" => Map(
                    (
                        "dnsResourceRecords",
                        List(Map(("name", $"_acme.{resource.Inputs["domain"]}."), ("type", "CNAME"), ("data", $"proof-of-{resource.Inputs["domain"]}."))))),
                "gcp:redis/instance:Instance" => Map(
                    ("host", "10.41.0.3"),
                    ("port", 6378),
                    ("authString", MockValues.Password(name)),
                    ("serverCaCerts", List(Map(("cert", "AUTHORITY-1\n\n")), Map(("cert", "AUTHORITY-2"))))),
                "gcp:filestore/instance:Instance" => Map(
                    (
                        "networks",
                        List(
                            ((ImmutableDictionary<string, object>)((ImmutableArray<object>)resource.Inputs["networks"])[0]).SetItem(
                                "ipAddresses",
                                List("10.41.0.4"))))),
                "gcp:sql/databaseInstance:DatabaseInstance" => Map(("privateIpAddress", "10.41.0.5"), ("serverCaCerts", List(Map(("cert", "SQL-AUTHORITY"))))),
                _ => ImmutableDictionary<string, object>.Empty,
            });
    }

    /// <summary>The answer to an invoke.</summary>
    public static ImmutableDictionary<string, object> Answer(MockCallArgs call) =>
        call.Token switch
        {
            "gcp:organizations/getProject:getProject" => Map(("number", ProjectNumber), ("projectId", call.Args["projectId"])),
            "gcp:dns/getManagedZone:getManagedZone" => Map(
                ("name", call.Args["name"]),
                ("dnsName", "example.com."),
                ("nameServers", List("ns-a.example.net."))),
            "gcp:container/getCluster:getCluster" => Map(
                ("id", $"projects/example-research/locations/{call.Args["location"]}/clusters/{call.Args["name"]}"),
                ("name", call.Args["name"]),
                ("endpoint", "203.0.113.20"),
                ("network", AdoptedNetwork),
                ("subnetwork", "projects/example-research/regions/europe-west1/subnetworks/shared"),
                ("masterAuths", List(Map(("clusterCaCertificate", CertificateAuthority)))),
                (
                    "workloadIdentityConfigs",
                    (string)call.Args["name"] == "without-identity" ? List() : List(Map(("workloadPool", "example-research.svc.id.goog")))),
                (
                    "controlPlaneEndpointsConfigs",
                    (string)call.Args["name"] == "by-name"
                        ? List(Map(("dnsEndpointConfigs", List(Map(("allowExternalTraffic", true), ("endpoint", "gke-2.europe-west1.gke.goog"))))))
                        : List())),
            _ => throw new InvalidOperationException($"No test declared an answer to {call.Token}."),
        };

    private static ImmutableArray<object> List(params object[] items) => [.. items];

    private static ImmutableDictionary<string, object> Map(params (string Name, object Value)[] properties) =>
        properties.ToImmutableDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
}
