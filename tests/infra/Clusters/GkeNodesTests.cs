using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Clusters;
using Pulumi;
using Pulumi.Gcp.Container;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: pools with GPUs, pools that GKE makes, upgrades and exclusions are declared whole; what is not asked for is not mentioned at all.
public sealed class GkeNodesTests
{
    private static readonly GkeNodePool General = new("general", "n2-standard-4");

    private static readonly GkeNodePool Gpu = new("gpu", "g2-standard-24")
    {
        Accelerator = new GkeAccelerator("nvidia-l4", 2) { Driver = GkeGpuDriver.Latest, Sharers = 4 },
        DiskType = GkeDiskType.PdSsd,
        Maximum = 8,
        Minimum = 2,
        Upgrade = new GkeSurgeUpgrade { MaxSurge = 0, MaxUnavailable = 1 },
        Zones = ["europe-west1-b", "europe-west1-c"],
    };

    [Fact]
    public async Task APoolWithGpus_IsDeclaredWithDriverAndSharing_AndWithoutTheTaintThatGkeAdds() =>
        (await Deployed.Of(() => Make(pools: [Gpu, General]))).Inputs("cluster-nodes-gpu").ShouldBe(Deployed.Json(
            """
            {
              "autoscaling": { "locationPolicy": "BALANCED", "totalMaxNodeCount": 8, "totalMinNodeCount": 2 },
              "cluster": "cluster_id",
              "initialNodeCount": 1,
              "management": { "autoRepair": true, "autoUpgrade": true },
              "maxPodsPerNode": 110,
              "networkConfig": { "enablePrivateNodes": true },
              "nodeConfig": { "bootDiskKmsKey": "cluster-key_id", "diskSizeGb": 100, "diskType": "pd-ssd", "gcfsConfig": {"enabled": true}, "guestAccelerators": [{"count": 2, "gpuDriverInstallationConfig": {"gpuDriverVersion": "LATEST"}, "gpuSharingConfig": {"gpuSharingStrategy": "TIME_SHARING", "maxSharedClientsPerGpu": 4}, "type": "nvidia-l4"}], "imageType": "COS_CONTAINERD", "kubeletConfig": {"insecureKubeletReadonlyPortEnabled": "FALSE"}, "labels": {}, "machineType": "g2-standard-24", "metadata": {"disable-legacy-endpoints": "true"}, "oauthScopes": ["https://www.googleapis.com/auth/cloud-platform"], "serviceAccount": "studio-test-nodes@example-research.iam.gserviceaccount.com", "shieldedInstanceConfig": {"enableIntegrityMonitoring": true, "enableSecureBoot": true}, "spot": false, "workloadMetadataConfig": {"mode": "GKE_METADATA"} },
              "nodeLocations": ["europe-west1-b", "europe-west1-c"],
              "upgradeSettings": { "maxSurge": 0, "maxUnavailable": 1, "strategy": "SURGE" }
            }
            """));

    [Theory]
    [InlineData(GkeGpuDriver.Default, null, """{"count": 1, "gpuDriverInstallationConfig": {"gpuDriverVersion": "DEFAULT"}, "type": "nvidia-tesla-a100"}""")]
    [InlineData(
        GkeGpuDriver.Disabled, "1g.5gb",
        """{"count": 1, "gpuDriverInstallationConfig": {"gpuDriverVersion": "INSTALLATION_DISABLED"}, "gpuPartitionSize": "1g.5gb", "type": "nvidia-tesla-a100"}""")]
    public async Task ADriver_IsGkesOrNobodys(GkeGpuDriver driver, string? partition, string json)
    {
        var gpu = new GkeAccelerator("nvidia-tesla-a100", 1) { Driver = driver, Partition = partition };

        var pool = Node(await Deployed.Of(() => Make(pools: [General, new GkeNodePool("gpu", "a2-highgpu-1g") { Accelerator = gpu }])), "cluster-nodes-gpu");
        pool["nodeConfig"]!["guestAccelerators"]!.ToJsonString().ShouldBe(Compact($"[{json}]"));
    }

    // GKE adds its taint only where the cluster has a pool without GPUs by then.
    [Fact]
    public async Task APoolWithGpus_IsMadeAfterThoseWithout()
    {
        var gpu = await Captured.Options<NodePoolArgs>("cluster-nodes-gpu", inherited => Make(pools: [Gpu, General], options: inherited));
        var general = await Captured.Options<NodePoolArgs>("cluster-nodes-general", inherited => Make(pools: [Gpu, General], options: inherited));

        (await Deployed.ValueOf(gpu.DependsOn.ToOutput())).Length.ShouldBe(1);
        (await Deployed.ValueOf(general.DependsOn.ToOutput())).ShouldBeEmpty();
    }

    [Fact]
    public async Task ABlueGreenPool_KeepsTheOldNodesForAWhile()
    {
        var upgrade = new GkeBlueGreenUpgrade { BatchNodes = 2, BatchSoakMinutes = 5, SoakMinutes = 120 };

        var pool = Node(await Deployed.Of(() => Make(pools: [General with { Upgrade = upgrade }])), "cluster-nodes-general");
        pool["upgradeSettings"]!.ToJsonString().ShouldBe(Compact(
            """
            {
              "blueGreenSettings": { "nodePoolSoakDuration": "7200s", "standardRolloutPolicy": { "batchNodeCount": 2, "batchSoakDuration": "300s" } },
              "strategy": "BLUE_GREEN"
            }
            """));
    }

    [Theory]
    [InlineData(false, 12)]
    [InlineData(true, 20)]
    public void AnUpgrade_TakesItsNodesOnTop(bool blueGreen, int nodes)
    {
        GkeUpgrade upgrade = blueGreen ? new GkeBlueGreenUpgrade() : new GkeSurgeUpgrade { MaxSurge = 2 };

        GkeNodePool.MostNodes([General with { Maximum = 10, Upgrade = upgrade }]).ShouldBe(nodes);
    }

    [Fact]
    public async Task AutoProvisionedNodes_AreHardenedAsThePoolsAre()
    {
        var provisioning = new GkeAutoProvisioning(200, 800) { Gpus = ImmutableSortedDictionary<string, int>.Empty.Add("nvidia-l4", 4) };
        var cluster = Node(await Deployed.Of(() => Make(provisioning, GkeAutoscalingProfile.OptimizeUtilization)), "cluster");

        cluster["clusterAutoscaling"]!.ToJsonString().ShouldBe(Compact(
            """
            {
              "autoProvisioningDefaults": {
                "bootDiskKmsKey": "cluster-key_id", "diskSize": 100, "diskType": "pd-balanced", "imageType": "COS_CONTAINERD",
                "management": { "autoRepair": true, "autoUpgrade": true }, "oauthScopes": ["https://www.googleapis.com/auth/cloud-platform"],
                "serviceAccount": "studio-test-nodes@example-research.iam.gserviceaccount.com",
                "shieldedInstanceConfig": { "enableIntegrityMonitoring": true, "enableSecureBoot": true },
                "upgradeSettings": { "maxSurge": 1, "maxUnavailable": 0, "strategy": "SURGE" }
              },
              "autoscalingProfile": "OPTIMIZE_UTILIZATION",
              "enabled": true,
              "resourceLimits": [
                { "maximum": 200, "minimum": 0, "resourceType": "cpu" },
                { "maximum": 800, "minimum": 0, "resourceType": "memory" },
                { "maximum": 4, "minimum": 0, "resourceType": "nvidia-l4" }
              ]
            }
            """));
        cluster["nodePoolAutoConfig"]!.ToJsonString().ShouldBe(Compact("""{ "nodeKubeletConfig": { "insecureKubeletReadonlyPortEnabled": "FALSE" } }"""));
        cluster["nodePoolDefaults"]!.ToJsonString().ShouldBe(Compact("""{ "nodeConfigDefaults": { "gcfsConfig": { "enabled": true } } }"""));
    }

    [Theory]
    [InlineData(true, """{ "enabled": false }""")]
    [InlineData(false, """{ "autoscalingProfile": "BALANCED", "enabled": false }""")]
    public async Task AutoProvisioning_IsEndedByName_AndAProfileNeedsNone(bool ended, string json)
    {
        var provisioning = ended ? new GkeAutoProvisioning(200, 800) { Enabled = false } : null;
        var cluster = Node(await Deployed.Of(() => Make(provisioning, ended ? null : GkeAutoscalingProfile.Balanced)), "cluster");

        cluster["clusterAutoscaling"]!.ToJsonString().ShouldBe(Compact(json));
        (cluster["nodePoolAutoConfig"], cluster["nodePoolDefaults"]).ShouldBe((null, null));
    }

    [Fact]
    public async Task Exclusions_StandBesideTheWindow()
    {
        var maintenance = GkeMaintenance.Weekend with
        {
            Exclusions =
            [
                new("freeze", Day("2026-12-18"), Day("2027-01-05"), GkeExclusionScope.NoUpgrades),
                new("minor", Day("2026-11-01"), null, GkeExclusionScope.NoMinorUpgrades),
                new("nodes", Day("2026-11-01").AddHours(6), Day("2027-02-01"), GkeExclusionScope.NoMinorOrNodeUpgrades),
            ],
        };

        var cluster = Node(await Deployed.Of(() => Make(maintenance: maintenance)), "cluster");
        cluster["maintenancePolicy"]!["maintenanceExclusions"]!.ToJsonString().ShouldBe(Compact(
            """
            [
              { "endTime": "2027-01-05T00:00:00Z", "exclusionName": "freeze", "exclusionOptions": { "scope": "NO_UPGRADES" }, "startTime": "2026-12-18T00:00:00Z" },
              {
                "exclusionName": "minor", "exclusionOptions": { "endTimeBehavior": "UNTIL_END_OF_SUPPORT", "scope": "NO_MINOR_UPGRADES" },
                "startTime": "2026-11-01T00:00:00Z"
              },
              {
                "endTime": "2027-02-01T00:00:00Z", "exclusionName": "nodes", "exclusionOptions": { "scope": "NO_MINOR_OR_NODE_UPGRADES" },
                "startTime": "2026-11-01T06:00:00Z"
              }
            ]
            """));
    }

    // The nights of the weekend are twelve hours a week; GKE wants 48 in any 92 days.
    [Theory]
    [InlineData(30, null)]
    [InlineData(60, null)]
    [InlineData(75, 30)]
    [InlineData(90, 0)]
    public void ALongFreeze_LeavesTooLittle(int days, int? hours)
    {
        var start = Day("2026-12-01");
        var maintenance = GkeMaintenance.Weekend with { Exclusions = [new("freeze", start, start.AddDays(days), GkeExclusionScope.NoUpgrades)] };

        (maintenance.TooLittle()?.Hours).ShouldBe(hours);
    }

    [Fact]
    public void OtherScopes_AndHalvesOfAWindow_DoNotCountAsTheWholeOfIt()
    {
        var start = Day("2026-12-01");
        var nodes = new GkeMaintenanceExclusion("nodes", start, start.AddDays(365), GkeExclusionScope.NoMinorOrNodeUpgrades);
        (GkeMaintenance.Weekend with { Exclusions = [nodes] }).TooLittle().ShouldBeNull();
        // A window from 1 to 7 of which a freeze takes 3 to 4 each day: two hours are left before it and three after it, and neither counts.
        var cut = Enumerable.Range(0, 120).Select(day =>
            new GkeMaintenanceExclusion($"d{day}", start.AddDays(day).AddHours(3), start.AddDays(day).AddHours(4), GkeExclusionScope.NoUpgrades));
        (GkeMaintenance.Weekend with { Exclusions = [.. cut] }).TooLittle().ShouldBe((new DateOnly(2026, 11, 30), 0));
    }

    [Theory]
    [InlineData(null, false, "node-group=burst", "node-group=burst:NoSchedule")]
    [InlineData("n2", true, "cloud.google.com/gke-spot=true cloud.google.com/machine-family=n2 node-group=burst",
        "node-group=burst:NoSchedule cloud.google.com/gke-spot=true:NoSchedule")]
    [InlineData("t2a", false, "cloud.google.com/machine-family=t2a node-group=burst", "node-group=burst:NoSchedule kubernetes.io/arch=arm64:NoSchedule")]
    public void ANodeGroup_IsWhatPodsAskForAndTolerate(string? series, bool spot, string labels, string taints)
    {
        var group = new GkeNodeGroup("burst", series, spot);

        string.Join(' ', group.Labels.Select(label => $"{label.Key}={label.Value}")).ShouldBe(labels);
        string.Join(' ', group.Taints.Select(taint => $"{taint.Key}={taint.Value}:{taint.Effect}")).ShouldBe(taints);
    }

    private static JsonNode Node(Deployed deployed, string name) => JsonNode.Parse(deployed.Inputs(name))!;

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static UtcMoment Day(string day) => UtcMoment.Parse(day);

    private static GkeCluster Make(
        GkeAutoProvisioning? provisioning = null,
        GkeAutoscalingProfile? profile = null,
        GkeMaintenance? maintenance = null,
        ImmutableArray<GkeNodePool>? pools = null,
        ComponentResourceOptions? options = null) => new(
        "cluster",
        new GkeClusterArgs
        {
            AutoProvisioning = provisioning,
            AutoscalingProfile = profile,
            ClusterName = "studio-test",
            Location = GkeLocation.Parse("europe-west1"),
            Maintenance = maintenance ?? GkeMaintenance.Weekend,
            Network = GcpParts.ExistingNetwork(),
            NodeAccountId = "studio-test-nodes",
            Pools = pools ?? [General],
            Project = GcpParts.Project(),
            Version = GkeVersion.Find("1.35")!,
        },
        options);
}
