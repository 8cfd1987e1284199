namespace Tests.Stacks.Settings.Gcp;

// Promise: what a production stack on Google Cloud has one of does not pass without a word; what it does right passes without one.
public sealed class GcpProductionWarningsTests
{
    private const string Pools = "cluster.gke.nodePools";

    private static readonly (string Path, string? Json)[] Production =
    [
        ("production", "true"),
        ($"{Pools}.general.minimum", "3"),
        ("studios.server", """{ "replicas": 3 }"""),
        ("studios.proxy", """{ "replicas": 3 }"""),
    ];

    [Fact]
    public void AStackThatSurvives_SaysNothing() => Warnings().ShouldBeEmpty();

    [Theory]
    [InlineData($"{Pools}.general.minimum", "1", "platform:cluster.gke.nodePools")]
    [InlineData($"{Pools}.general.zones", """["europe-west1-b"]""", "platform:cluster.gke.nodePools")]
    [InlineData("storage.filestore", """{ "tier": "zonal", "zone": "europe-west1-b" }""", "platform:storage.filestore.tier")]
    [InlineData("storage.filestore", """{ "tier": "basicHdd", "instancePerClaim": true }""", "platform:storage.filestore.tier")]
    [InlineData("redis", """{ "inCluster": {} }""", "platform:redis.inCluster")]
    [InlineData("studios.server.replicas", "1", "platform:studios.server.replicas")]
    [InlineData("studios.proxy.replicas", "1", "platform:studios.proxy.replicas")]
    public void AWeakness_IsNamed(string path, string value, string at) => Warnings((path, value)).ShouldBe([at]);

    [Fact]
    public void OutsideProduction_OneIsEnough() => Warnings(
        ("production", null),
        ($"{Pools}.general", """{ "machineType": "n2-standard-4", "minimum": 1, "zones": ["europe-west1-b"] }"""),
        ("storage.filestore", """{ "tier": "zonal", "zone": "europe-west1-b" }"""),
        ("redis", """{ "inCluster": {} }""")).ShouldBeEmpty();

    // Two pools of one zone each stand in two; a pool that may be empty, or that takes no pod of the platform, is no help and no harm.
    [Theory]
    [InlineData("""{ "machineType": "n2-standard-4", "minimum": 1, "zones": ["europe-west1-c"] }""", false)]
    [InlineData("""{ "machineType": "n2-standard-4", "minimum": 1, "zones": ["europe-west1-b"] }""", true)]
    [InlineData("""{ "machineType": "n2-standard-4", "minimum": 0 }""", true)]
    [InlineData("""{ "machineType": "c4a-standard-4", "minimum": 1 }""", true)]
    public void ASecondPool_CountsWhereItTakesPods(string second, bool warned) => Warnings(
        ($"{Pools}.general.zones", """["europe-west1-b"]"""),
        ($"{Pools}.second", second)).Contains("platform:cluster.gke.nodePools").ShouldBe(warned);

    private static string[] Warnings(params (string Path, string? Json)[] changes)
    {
        var read = GcpSample.Read([.. Production, .. changes]);
        read.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        return [.. read.Warnings.Select(warning => warning.Path.Text)];
    }
}
