namespace Tests.Stacks.Settings.Gcp;

// Promise: a pool that Compute Engine would not sell, or whose pods would never see a GPU, is refused in the stack file with what would do instead.
public sealed class GkePoolRulesTests
{
    private const string Gpu = "cluster.gke.nodePools.gpu";
    private const string Research = "tower.environments.research";

    [Theory]
    [InlineData("""{ "machineType": "g2-standard-8" }""")]
    [InlineData("""{ "machineType": "g2-standard-24", "accelerator": { "type": "nvidia-l4", "count": 2, "driver": "latest", "sharers": 4 } }""")]
    [InlineData("""{ "machineType": "a2-highgpu-1g", "accelerator": { "partition": "1g.5gb" } }""")]
    [InlineData("""{ "machineType": "a3-highgpu-8g", "accelerator": { "driver": "disabled" } }""")]
    [InlineData("""{ "machineType": "a3-highgpu-1g", "spot": true }""")]
    [InlineData("""{ "machineType": "a3-ultragpu-8g", "spot": true, "diskType": "hyperdiskBalanced" }""")]
    [InlineData("""{ "machineType": "g4-standard-48", "accelerator": { "partition": "2g.48gb" } }""")]
    [InlineData("""{ "machineType": "n1-standard-8", "accelerator": { "type": "nvidia-tesla-t4" } }""")]
    [InlineData("""{ "machineType": "n1-highmem-96", "accelerator": { "type": "nvidia-tesla-t4", "count": 4 } }""")]
    [InlineData("""{ "machineType": "n1-standard-8", "diskType": "pdStandard" }""")]
    [InlineData("""{ "machineType": "c3-standard-8-lssd", "diskType": "hyperdiskBalanced" }""")]
    [InlineData("""{ "machineType": "c4a-standard-8", "minimum": 0 }""")]
    [InlineData("""{ "machineType": "n2-standard-8", "upgrade": { "surge": { "maxSurge": 0, "maxUnavailable": 2 } } }""")]
    [InlineData("""{ "machineType": "n2-standard-8", "upgrade": { "blueGreen": { "batchNodes": 2, "soakMinutes": 30 } } }""")]
    public void Takes_APoolThatThereIs(string pool) => GcpSample.Messages((Gpu, With(pool, "zones", """["europe-west1-b"]"""))).ShouldBeEmpty();

    [Theory]
    [InlineData(
        """{ "machineType": "g2-standard-8", "accelerator": { "type": "nvidia-tesla-t4" } }""", "accelerator.type: is not what g2-standard-8 brings",
        "nvidia-tesla-t4", "nvidia-l4", "remove type, or machineType: n1-standard-8")]
    [InlineData(
        """{ "machineType": "a2-highgpu-2g", "accelerator": { "count": 1 } }""", "accelerator.count: is not what a2-highgpu-2g brings", "1", "2",
        "remove count, or take another machine type: a2-highgpu-1g, a2-highgpu-2g, a2-highgpu-4g, a2-highgpu-8g, a2-megagpu-16g")]
    [InlineData(
        """{ "machineType": "n2-standard-8", "accelerator": { "type": "nvidia-l4" } }""",
        "accelerator: is for machines with GPUs, and n2-standard-8 takes none", "nvidia-l4",
        "a machine type of A2, A3, A4, G2 or G4, which bring theirs, or of N1", "machineType: g2-standard-4")]
    [InlineData(
        """{ "machineType": "n1-standard-8", "accelerator": { "type": "nvidia-l4" } }""", "accelerator.type: cannot be attached to n1-standard-8",
        "nvidia-l4", "nvidia-tesla-p100, nvidia-tesla-p4, nvidia-tesla-t4, nvidia-tesla-v100", "type: nvidia-tesla-t4, or machineType: g2-standard-4")]
    [InlineData(
        """{ "machineType": "n1-standard-8", "accelerator": { "type": "nvidia-tesla-t4", "count": 3 } }""",
        "accelerator.count: is no number of nvidia-tesla-t4 that a machine is given", "3", "1, 2, 4", "count: 1")]
    [InlineData(
        """{ "machineType": "n1-standard-16", "accelerator": { "type": "nvidia-tesla-v100" } }""",
        "accelerator.count: is too few for the 16 virtual processors of n1-standard-16: beside 1 of nvidia-tesla-v100 there are 12 at most", "1", "2, 4, 8",
        "count: 2, or a smaller machine type")]
    [InlineData(
        """{ "machineType": "n1-standard-96", "accelerator": { "type": "nvidia-tesla-p100", "count": 4 } }""",
        "accelerator.count: is too few for the 96 virtual processors of n1-standard-96: beside 4 of nvidia-tesla-p100 there are 64 at most", "4",
        "a machine type with 64 virtual processors or fewer", "a smaller machine type")]
    [InlineData(
        """{ "machineType": "g2-standard-8", "accelerator": { "partition": "1g.5gb" } }""",
        "accelerator.partition: cannot be had: nvidia-l4 is not cut into parts", "1g.5gb", "no partition",
        "remove partition; sharers lets containers take turns")]
    [InlineData(
        """{ "machineType": "a2-ultragpu-1g", "accelerator": { "partition": "1g.5gb" } }""",
        "accelerator.partition: is no part that nvidia-a100-80gb is cut into", "1g.5gb", "1g.10gb, 2g.20gb, 3g.40gb, 7g.80gb", "partition: 1g.10gb")]
    [InlineData(
        """{ "machineType": "a3-highgpu-2g" }""",
        "spot: is false, and a3-highgpu-2g is sold as spare capacity or with a reservation only, which this program cannot name", "false",
        "true, or another machine type", "spot: true")]
    [InlineData(
        """{ "machineType": "a4x-highgpu-4g" }""", "machineType: is to be had with a reservation only, which this program cannot name", "a4x-highgpu-4g",
        "a machine type that is sold without one", "for example a3-highgpu-8g")]
    [InlineData(
        """{ "machineType": "ct5lp-hightpu-1t" }""",
        "machineType: brings TPUs, which need a topology and a placement of their own that this program does not make", "ct5lp-hightpu-1t",
        "a machine type without TPUs", "run such work in an environment of Google Batch (docs/gcp.md, Not supported)")]
    [InlineData(
        """{ "machineType": "n4-standard-8", "diskType": "pdSsd" }""", "diskType: is no disk that n4-standard-8 starts from", "pdSsd", "hyperdiskBalanced",
        "diskType: hyperdiskBalanced")]
    [InlineData(
        """{ "machineType": "g2-standard-8", "diskType": "pdStandard" }""", "diskType: is no disk that g2-standard-8 starts from", "pdStandard",
        "pdBalanced, pdSsd", "diskType: pdBalanced")]
    [InlineData(
        """{ "machineType": "a3-ultragpu-8g", "spot": true, "diskType": "pdSsd" }""", "diskType: is no disk that a3-ultragpu-8g starts from", "pdSsd",
        "hyperdiskBalanced", "diskType: hyperdiskBalanced")]
    [InlineData(
        """{ "machineType": "n2-standard-8-lssd" }""",
        "machineType: asks for a local SSD, and no machine of the series n2 comes with one", "n2-standard-8-lssd",
        "a machine type without lssd in its name", "machineType: n2-standard-8")]
    [InlineData(
        """{ "machineType": "n2-standard-8", "upgrade": { "surge": { "maxSurge": 0 } } }""",
        "upgrade.surge.maxUnavailable: is 0 as maxSurge is, so that no node could ever be replaced", "0", "1 or more in one of the two",
        "maxUnavailable: 1, which works without spare capacity")]
    [InlineData(
        """{ "machineType": "g2-standard-8", "taints": [{ "key": "nvidia.com/gpu", "value": "present" }] }""",
        "taints[0]: has the key of the taint that GKE itself gives these nodes, nvidia.com/gpu=present", "nvidia.com/gpu", "taints with other keys",
        "remove it: environments that name this pool tolerate GKE's own")]
    [InlineData(
        """{ "machineType": "t2a-standard-4", "taints": [{ "key": "workload" }, { "key": "kubernetes.io/arch", "value": "arm64" }] }""",
        "taints[1]: has the key of the taint that GKE itself gives these nodes, kubernetes.io/arch=arm64", "kubernetes.io/arch", "taints with other keys",
        "remove it: environments that name this pool tolerate GKE's own")]
    public void Rejects_WhatIsNotSold(string pool, string what, string given, string allowed, string fix) =>
        GcpSample.Messages((Gpu, With(pool, "zones", """["europe-west1-b"]"""))).ShouldBe([
            $"""
            platform:{Gpu}.{what}
              given:   {given}
              allowed: {allowed}
              fix:     {fix}
            """,
        ]);

    [Fact]
    public void Rejects_GpusOfN1WithoutTheirType() => GcpSample
        .Messages((Gpu, """{ "machineType": "n1-standard-8", "accelerator": { "count": 2 } }"""))
        .ShouldBe([
        $"""
        platform:{Gpu}.accelerator.type: is missing, and n1-standard-8 brings no GPUs of its own
          allowed: nvidia-tesla-p100, nvidia-tesla-p4, nvidia-tesla-t4, nvidia-tesla-v100
          fix:     type: nvidia-tesla-t4
        """,
    ]);

    [Fact]
    public void Rejects_ASeriesThatNobodyKnows_UnlessItsDiskIsSaid()
    {
        GcpSample.Messages((Gpu, """{ "machineType": "zz9-standard-8" }""")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            message => message.ShouldStartWith(
                $"platform:{Gpu}.machineType: is of the series zz9, which the table of 2026-11-26 does not know, so that nobody knows its disks\n"),
            message => message.ShouldEndWith("  fix:     take one of these, or say diskType, and the series is taken as it is"));
        var read = GcpSample.Read((Gpu, """{ "machineType": "zz9-standard-8", "diskType": "hyperdiskBalanced" }"""));
        read.Problems.ShouldBeEmpty();
        read.Warnings.Select(warning => warning.ToString().Split('\n')[0]).ShouldBe([
            $"platform:{Gpu}.machineType: is of the series zz9, which the table of 2026-11-26 does not know: neither disk nor GPUs are checked",
        ]);
    }

    [Fact]
    public void Rejects_AZoneOfAnotherRegion() =>
        GcpSample.Messages((Gpu, """{ "machineType": "g2-standard-8", "zones": ["europe-west1-b", "europe-west4-a"] }""")).ShouldBe([
            $"""
            platform:{Gpu}.zones[1]: is no zone of the cluster's region
              given:   europe-west4-a
              allowed: zones of europe-west1
              fix:     for example europe-west1-b
            """,
        ]);

    // Their taints keep GKE's own pods away, and everything of this platform that is no run.
    [Theory]
    [InlineData("g2-standard-8")]
    [InlineData("c4a-standard-8")]
    public void Rejects_AClusterOfTaintedNodesAlone(string machineType) => GcpSample
        .Messages(("cluster.gke.nodePools", $$"""{ "gpu": { "machineType": "{{machineType}}", "zones": ["europe-west1-b"] } }"""))
        .ShouldBe([
            """
            platform:cluster.gke.nodePools: has no pool with a node that stays but such as GKE taints, for their GPUs or Arm processors, and its own pods need one
              allowed: one pool or more, one of them with a minimum above 0
              fix:     nodePools: { general: { machineType: n2-standard-4 } }
            """,
        ]);

    [Fact]
    public void Warns_OfOneNodeBesideGpusInProduction() => GcpSample
        .Read(("production", "true"), (Gpu, """{ "machineType": "g2-standard-8", "minimum": 3, "zones": ["europe-west1-b"] }"""))
        .Warnings.Select(warning => warning.ToString().Split('\n')[0])
        .ShouldContain("platform:cluster.gke.nodePools: has one node for everything that is no pipeline, and a production stack is away while it is replaced");

    [Theory]
    [InlineData("""{ "machineType": "g2-standard-8", "zones": ["europe-west1-b"], "labels": { "workload": "gpu" } }""", "nvidia.com/gpu", "present", false)]
    [InlineData("""{ "machineType": "c4a-standard-8", "labels": { "workload": "gpu" } }""", "kubernetes.io/arch", "arm64", true)]
    public void AnEnvironment_ToleratesTheTaintThatGkeAdds(string pool, string key, string value, bool headJobs)
    {
        var settings = GcpSample.Read((Gpu, pool), ($"{Research}.nodePool", "\"gpu\"")).Settings;
        var nodes = global::Stacks.Settings.Crossing.EnvironmentNodes.Of(settings.Tower!.Environments["research"], settings.Cluster)!;

        nodes.NextflowConfig(null).ShouldBe(
            $"k8s.pod = [\n  [nodeSelector: 'workload=gpu'],\n  [toleration: [key: '{key}', operator: 'Equal', value: '{value}', effect: 'NoSchedule']]\n]\n");
        // Head jobs have no use for a GPU.
        (nodes.HeadPodSpec(null)?.Contains($"key: \"{key}\"", StringComparison.Ordinal) == true).ShouldBe(headJobs);
    }

    private static string With(string pool, string key, string json)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(pool)!;
        node[key] = System.Text.Json.Nodes.JsonNode.Parse(json);
        return node.ToJsonString();
    }
}
