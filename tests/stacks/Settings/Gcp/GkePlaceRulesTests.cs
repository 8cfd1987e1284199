using Infra.Clusters;

namespace Tests.Stacks.Settings.Gcp;

// Promise: machines and GPUs that are not where the cluster is are a warning with the table's date, the places it knows and the command that tells today's.
public sealed class GkePlaceRulesTests
{
    private const string Gpu = "cluster.gke.nodePools.gpu";
    private const string AutoProvisioning = "cluster.gke.autoProvisioning";

    private static readonly (string Path, string? Json)[] Zonal = [("cluster.gke.location", "\"europe-west1-b\""), ("storage.filestore.tier", "\"zonal\"")];

    [Theory]
    [InlineData("europe-west1", """{ "machineType": "g2-standard-8", "zones": ["europe-west1-b", "europe-west1-c"] }""")]
    [InlineData("europe-west4", """{ "machineType": "g2-standard-8" }""")]
    [InlineData("us-east1", """{ "machineType": "g2-standard-96", "minimum": 0 }""")]
    [InlineData("europe-west1", """{ "machineType": "n1-standard-8", "accelerator": { "type": "nvidia-tesla-t4" } }""")]
    [InlineData("us-central1", """{ "machineType": "a2-megagpu-16g" }""")]
    [InlineData("us-central1", """{ "machineType": "a3-highgpu-8g", "zones": ["us-central1-a"] }""")]
    [InlineData("europe-west8", """{ "machineType": "a3-highgpu-1g", "spot": true, "zones": ["europe-west8-c"] }""")]
    [InlineData("europe-west10", """{ "machineType": "e2-standard-4" }""")]
    [InlineData("asia-southeast3", """{ "machineType": "m3-ultramem-32" }""")]
    [InlineData("europe-west1", """{ "machineType": "c4d-standard-8" }""")]
    // Series without places in the table.
    [InlineData("europe-west10", """{ "machineType": "c4a-standard-8" }""")]
    [InlineData("europe-west10", """{ "machineType": "g4-standard-48", "zones": ["europe-west10-b"] }""")]
    public void SaysNothing_OfAMachineThatIsThere(string region, string pool) => Places(Warnings(region, pool)).ShouldBeEmpty();

    [Theory]
    [InlineData("g2-standard-8", "europe-west1-b")]
    [InlineData("n2-standard-8", "europe-west1-d")]
    public void SaysNothing_OfAMachineInTheZoneOfTheCluster(string machineType, string zone) => Places(
        GcpSample.Read(
            [.. Zonal, ("cluster.gke.location", $"\"{zone}\""), (Gpu, $$"""{ "machineType": "{{machineType}}" }""")])
            .Warnings.Select(warning => warning.ToString())).ShouldBeEmpty();

    [Fact]
    public void Warns_OfASeriesThatIsElsewhere() =>
        Places(Warnings("europe-west8", """{ "machineType": "c4d-standard-8" }""")).ShouldBe([
            $"""
            platform:{Gpu}.machineType: is of the series c4d, which the table of 2026-11-26 does not know in europe-west8: where there is none, GKE fails to make the pool
              given:   c4d-standard-8
              allowed: a cluster in {Regions("c4d")}
              fix:     another machine type, unless gcloud compute machine-types list --filter="name=c4d-standard-8 AND zone~europe-west8-" lists it by now
            """,
        ]);

    [Theory]
    [InlineData("europe-west10", "n4-standard-8", "n4")]
    [InlineData("europe-west3", "t2a-standard-4", "t2a")]
    [InlineData("asia-southeast3", "n2d-standard-4", "n2d")]
    [InlineData("europe-north2", "n1-standard-4", "n1")]
    // No region that anybody knows has none of the series.
    [InlineData("europe-west99", "e2-standard-4", "e2")]
    public void Warns_OfEachSeriesThatIsElsewhere(string region, string machineType, string series) =>
        Places(Warnings(region, $$"""{ "machineType": "{{machineType}}" }""")).ShouldContain(warning =>
            warning.StartsWith($"platform:{Gpu}.machineType: is of the series {series}, which the table of 2026-11-26 does not know in {region}: "));

    [Fact]
    public void Warns_OfGpusThatAreInNoZoneOfTheRegion()
    {
        Places(Warnings("europe-north1", """{ "machineType": "g2-standard-8", "zones": ["europe-north1-b"] }""")).ShouldBe([
            $"""
            platform:{Gpu}.machineType: is in no zone of europe-north1 that the table of 2026-11-26 knows: where there is none, GKE fails to make the pool
              given:   g2-standard-8
              allowed: a cluster in {Regions("g2")}
              fix:     another machine type, unless gcloud compute machine-types list --filter="name=g2-standard-8 AND zone~europe-north1-" lists it by now
            """,
        ]);
        Places(Warnings("europe-west1", """{ "machineType": "n1-standard-8", "accelerator": { "type": "nvidia-tesla-v100" } }""")).ShouldBe([
            $"""
            platform:{Gpu}.accelerator.type: is in no zone of europe-west1 that the table of 2026-11-26 knows: where there is none, GKE fails to make the pool
              given:   nvidia-tesla-v100
              allowed: a cluster in asia-east1, europe-west4, us-central1, us-east1, us-west1
              fix:     another type, unless gcloud compute accelerator-types list --filter="name=nvidia-tesla-v100 AND zone~europe-west1-" lists it by now
            """,
        ]);
        // The region has A100, on smaller machines.
        Places(Warnings("us-west1", """{ "machineType": "a2-megagpu-16g" }""")).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:{Gpu}.machineType: is in no zone of us-west1 that ");
    }

    [Fact]
    public void Warns_OfAZoneThatHasNone() =>
        Places(Warnings("europe-west1", """{ "machineType": "g2-standard-8", "zones": ["europe-west1-b", "europe-west1-d"] }""")).ShouldBe([
            $"""
            platform:{Gpu}.zones[1]: is no zone where the table of 2026-11-26 knows g2-standard-8: where there is none, GKE fails to make the pool
              given:   europe-west1-d
              allowed: europe-west1-b, europe-west1-c
              fix:     zones: [europe-west1-b, europe-west1-c], unless gcloud compute machine-types list --filter="name=g2-standard-8 AND zone~europe-west1-" lists more by now
            """,
        ]);

    [Fact]
    public void Warns_OfARegionWhereNotEveryZoneHasThem()
    {
        Places(Warnings("europe-west1", """{ "machineType": "g2-standard-8" }""")).ShouldBe([
            $"""
            platform:{Gpu}.zones: are not said, and GKE may make nodes in europe-west1-d, where the table of 2026-11-26 knows no g2-standard-8 and it would fail
              allowed: europe-west1-b, europe-west1-c
              fix:     zones: [europe-west1-b, europe-west1-c], unless gcloud compute machine-types list --filter="name=g2-standard-8 AND zone~europe-west1-" lists more by now
            """,
        ]);
        Places(Warnings("europe-west1", """{ "machineType": "n1-standard-8", "accelerator": { "type": "nvidia-tesla-p100" } }""")).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:{Gpu}.zones: are not said, and GKE may make nodes in europe-west1-c, where the table of 2026-11-26 knows no ");
        Places(Warnings("us-central1", """{ "machineType": "a3-megagpu-8g" }""")).ShouldHaveSingleItem()
            .ShouldContain("in us-central1-f, where ");
    }

    [Fact]
    public void Warns_OfAClusterInAZoneThatHasNone() => Places(
        GcpSample.Read([.. Zonal, ("cluster.gke.location", "\"europe-west1-d\""), (Gpu, """{ "machineType": "g2-standard-8" }""")])
            .Warnings.Select(warning => warning.ToString())).ShouldBe([
            $"""
            platform:{Gpu}.zones: are not said, and GKE makes nodes in europe-west1-d, the cluster's zone, where the table of 2026-11-26 knows no g2-standard-8 and it would fail
              allowed: europe-west1-b, europe-west1-c
              fix:     zones: [europe-west1-b, europe-west1-c], unless gcloud compute machine-types list --filter="name=g2-standard-8 AND zone~europe-west1-" lists more by now
            """,
        ]);

    [Fact]
    public void Warns_OfGpusWhosePlacesNobodyKnows()
    {
        Places(Warnings("europe-west1", """{ "machineType": "g4-standard-48" }""")).ShouldBe([
            $"""
            platform:{Gpu}.zones: are not said, and GKE makes nodes in zones of europe-west1 that may have no nvidia-rtx-pro-6000, where it fails
              allowed: the zones that have them
              fix:     gcloud compute machine-types list --filter="name=g4-standard-48 AND zone~europe-west1-" lists them; then zones: [europe-west1-b]
            """,
        ]);
        Places(GcpSample.Read([.. Zonal, (Gpu, """{ "machineType": "g4-standard-48" }""")]).Warnings.Select(warning => warning.ToString())).ShouldBeEmpty();
    }

    // One fault, one message.
    [Fact]
    public void SaysOnce_ThatAZoneIsOfAnotherRegion()
    {
        (string, string?)[] pool = [(Gpu, """{ "machineType": "g2-standard-8", "zones": ["europe-west1-b", "europe-west4-a"] }""")];

        GcpSample.Messages(pool).ShouldHaveSingleItem().ShouldStartWith($"platform:{Gpu}.zones[1]: is no zone of the cluster's region\n");
        GcpSample.Read(pool).Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("europe-west1", """{ "nvidia-l4": 4, "nvidia-tesla-t4": 4 }""", "n2")]
    [InlineData("us-west1", """{ "nvidia-tesla-a100": 4 }""", "c2d")]
    [InlineData("europe-west10", """{ "nvidia-rtx-pro-6000": 4 }""", "h3")]
    public void SaysNothing_OfLimitsAndGroupsThatCanBeMet(string region, string gpus, string series) =>
        Places(Provisioned(region, gpus, series)).ShouldBeEmpty();

    [Fact]
    public void Warns_OfLimitsAndGroupsThatAreElsewhere() =>
        Places(Provisioned("europe-west10", """{ "nvidia-tesla-v100": 4 }""", "c3")).ShouldBe([
            $"""
            platform:{AutoProvisioning}.nodeGroups.burst.machineSeries: is no series that the table of 2026-11-26 knows in europe-west10: where there is none, GKE makes no node, and the runs wait
              given:   c3
              allowed: a cluster in {Regions("c3")}
              fix:     another series, unless gcloud compute machine-types list --filter="name~^c3- AND zone~europe-west10-" lists some by now
            """,
            $"""
            platform:{AutoProvisioning}.gpus.nvidia-tesla-v100: are not in any zone of europe-west10, as far as the table of 2026-11-26 knows: where there are none, GKE makes no node, and the runs wait
              allowed: a cluster in asia-east1, europe-west4, us-central1, us-east1, us-west1
              fix:     remove the limit, unless gcloud compute accelerator-types list --filter="name=nvidia-tesla-v100 AND zone~europe-west10-" lists them by now
            """,
        ]);

    [Theory]
    [InlineData("europe-west1-b", 0)]
    [InlineData("europe-west1-d", 1)]
    public void Warns_OfLimitsThatTheClustersZoneCannotMeet(string zone, int warnings) => Places(
        GcpSample.Read(
            [.. Zonal, ("cluster.gke.location", $"\"{zone}\""), (AutoProvisioning, """{ "cpus": 200, "memoryGiB": 800, "gpus": { "nvidia-l4": 4 } }""")])
            .Warnings.Select(warning => warning.ToString()))
        .Count(warning => warning.StartsWith($"platform:{AutoProvisioning}.gpus.nvidia-l4: are not in {zone}, as far as the table of 2026-11-26 knows: "))
        .ShouldBe(warnings);

    // Auto-provisioning that is switched off makes nothing anywhere.
    [Fact]
    public void SaysNothing_OfWhatIsSwitchedOff() => Places(
        Changed("europe-west10", (AutoProvisioning, """{ "enabled": false, "cpus": 200, "memoryGiB": 800, "gpus": { "nvidia-tesla-v100": 4 } }""")))
        .ShouldBeEmpty();

    private static IEnumerable<string> Warnings(string region, string pool) => Changed(region, (Gpu, pool));

    private static IEnumerable<string> Provisioned(string region, string gpus, string series) => Changed(
        region,
        (AutoProvisioning, $$"""{ "cpus": 200, "memoryGiB": 800, "gpus": {{gpus}}, "nodeGroups": { "burst": { "machineSeries": "{{series}}" } } }"""));

    private static IEnumerable<string> Changed(string region, (string Path, string? Json) change) => GcpSample
        .Read(("gcp.region", $"\"{region}\""), change).Warnings.Select(warning => warning.ToString());

    // The other pool of the sample, of N2, is not in every region either.
    private static string[] Places(IEnumerable<string> warnings) =>
        [.. warnings.Where(warning => !warning.StartsWith("platform:cluster.gke.nodePools.general", StringComparison.Ordinal))];

    private static string Regions(string series) => string.Join(", ", GkeMachinePlaces.RegionsOf(series));
}
