using System.Collections.Immutable;
using Tests.Stacks.Settings.Studios;
using Tests.Support;

namespace Tests.Stacks.Wiring;

// Promise: Studios, compute environments and Redis are the same objects on EKS and on GKE; only what the clouds themselves demand differs, and that is listed
// here.
public sealed class EksAndGkeTests
{
    private static readonly (string Path, string? Json)[] Platform =
    [
        ("storage", """{ "nfs": { "server": "10.0.0.5", "path": "/exports" } }"""),
        ("redis", """{ "inCluster": {} }"""),
        ("tower", """{ "environments": { "research": { "scratch": { "size": "1Ti" } } } }"""),
        ("studios.ssh", """{ "workspaces": [], "ownHost": { "host": "ssh.example.com" } }"""),
    ];

    private static readonly (string Path, string? Json)[] Eks =
    [
        ("aws", """{ "region": "eu-west-1" }"""),
        (
            "cluster",
            """{ "eks": { "administrators": ["arn:aws:iam::123456789012:role/deploy"], "publicAccess": ["203.0.113.0/24"], "nodePools": { "general": { "instanceTypes": ["m7i.large"] } } } }"""),
    ];

    private static readonly (string Path, string? Json)[] Gke =
    [
        ("gcp", """{ "project": "example-research", "region": "europe-west1" }"""),
        ("cluster", """{ "gke": { "nodePools": { "general": { "machineType": "n2-standard-4" } } } }"""),
    ];

    [Fact]
    public async Task ThePlatform_IsMadeOfTheSameObjects()
    {
        var (eks, gke) = (await Objects(Eks), await Objects(Gke));

        eks.Keys.Except(gke.Keys).Order(StringComparer.Ordinal).ShouldAllBe(key => key.Contains("::cluster-", StringComparison.Ordinal));
        gke.Keys.Except(eks.Keys).ShouldBeEmpty();
        gke.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task TheyDiffer_WhereTheCloudsDemandIt()
    {
        var (eks, gke) = (await Objects(Eks), await Objects(Gke));

        // The SSH balancer has the annotations of its cloud; pods of pipelines reach GKE's metadata server, through which Workload Identity works.
        gke.Where(resource => eks[resource.Key] != resource.Value).Select(resource => resource.Key).ShouldBe([
            "kubernetes:core/v1:Service::ssh",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy::tower-research-isolation",
        ]);
    }

    [Fact]
    public async Task WithManagedRedis_ConnectIsToldTheSameKindsOfThings()
    {
        var eks = await Environment([.. Eks, ("redis", """{ "elastiCache": {} }""")]);
        var gke = await Environment([.. Gke, ("redis", """{ "memorystore": {} }""")]);

        // Amazon's certificates are signed by a public authority; Memorystore's authority is mounted, and Go reads it beside the image's own.
        gke.Except(eks, StringComparer.Ordinal).ShouldBe(["SSL_CERT_DIR"]);
        eks.Except(gke, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static async Task<ImmutableSortedDictionary<string, string>> Objects(params (string Path, string? Json)[] changes) =>
        (await Plan(changes))
            .Where(resource => resource.Key.StartsWith("kubernetes:", StringComparison.Ordinal))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> Environment((string Path, string? Json)[] changes) =>
        System.Text.Json.Nodes.JsonNode.Parse((await Plan(changes))["kubernetes:apps/v1:Deployment::connect-proxy"])!["spec"]!["template"]!["spec"]![
            "containers"
        ]![0]!["env"]!
            .AsArray()
            .Select(variable => variable!["name"]!.GetValue<string>());

    private static async Task<ImmutableSortedDictionary<string, string>> Plan((string Path, string? Json)[] changes)
    {
        var read = StudiosSample.Read([.. Platform, .. changes]);
        read.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        return (
            await Deployed.Of(() => global::Stacks.Platform.Define(read.Settings, _ => throw new InvalidOperationException("The sample names no secret.")))
        ).Plan;
    }
}
