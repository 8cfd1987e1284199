namespace Tests.Stacks.Settings.Gcp;

// Promise: what GKE makes nodes for, and how far it goes, is checked against the pools of the stack, their addresses and the environments that name groups.
public sealed class GkeAutoProvisioningRulesTests
{
    private const string Here = "cluster.gke.autoProvisioning";
    private const string Research = "tower.environments.research";

    [Theory]
    [InlineData("""{ "cpus": 200, "memoryGiB": 800 }""")]
    [InlineData("""{ "cpus": 200, "memoryGiB": 800, "gpus": { "nvidia-l4": 4 }, "diskGiB": 200, "upgrade": { "blueGreen": {} } }""")]
    [InlineData("""{ "cpus": 200, "memoryGiB": 800, "nodeGroups": { "burst": { "machineSeries": "n2", "spot": true }, "other": {} } }""")]
    [InlineData("""{ "cpus": 1, "memoryGiB": 1, "enabled": false }""")]
    public void Takes_Limits(string json)
    {
        var read = GcpSample.Read((Here, json));

        (read.Problems.Length, read.Warnings.Length).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("cpus", "3", "cpus: is less than the 4 virtual processors that nodePools start with, and GKE would add no node at all", "more than 4",
        "cpus: 12, which lets every pool grow")]
    [InlineData("nodeGroups", """{ "general": {} }""", "nodeGroups.general: has the name of one of nodePools, and an environment could not tell them apart",
        "another name", "for example general-burst")]
    [InlineData("nodeGroups", """{ "burst": { "machineSeries": "n4" } }""",
        "nodeGroups.burst.machineSeries: starts from Hyperdisk only, and the nodes that GKE makes have Persistent Disks",
        "a series that starts from pd-balanced", "for example n2; a pool of nodePools has the disk of its own series")]
    [InlineData("nodeGroups", """{ "burst": { "machineSeries": "g2" } }""",
        "nodeGroups.burst.machineSeries: has GPUs, and GKE makes such nodes only for pods that ask for one: all others of a run would wait for ever",
        "a series without GPUs", "remove machineSeries, and give gpus a limit: GKE finds the machine for each process that asks for GPUs")]
    public void Rejects_WhatWouldMakeNoNode(string key, string json, string what, string allowed, string fix) => GcpSample
        .Messages((Here, """{ "cpus": 200, "memoryGiB": 800 }"""), ($"{Here}.{key}", json)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            message => message.ShouldStartWith($"platform:{Here}.{what}\n"),
            message => message.ShouldEndWith($"  allowed: {allowed}\n  fix:     {fix}"));

    [Theory]
    [InlineData("""{ "nvidia-k80": 1 }""")]
    [InlineData("""{ "l4": 1 }""")]
    public void Rejects_GpusThatThereAreNot(string json) => GcpSample.Messages((Here, """{ "cpus": 200, "memoryGiB": 800 }"""), ($"{Here}.gpus", json))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:{Here}.gpus");

    [Fact]
    public void Warns_OfLimitsBelowThePools()
    {
        GcpSample.Read((Here, """{ "cpus": 10, "memoryGiB": 800 }""")).Warnings.Select(warning => warning.ToString()).ShouldBe([
            $"""
            platform:{Here}.cpus: holds for nodePools as well, which could grow to 12 virtual processors
              given:   10
              allowed: 12 or more, or smaller pools
              fix:     cpus: 12
            """,
        ]);
        GcpSample.Read(
            ("cluster.gke.nodePools.gpu", """{ "machineType": "g2-standard-24", "minimum": 0, "maximum": 4, "zones": ["europe-west1-b"] }"""),
            (Here, """{ "cpus": 200, "memoryGiB": 800, "gpus": { "nvidia-l4": 4 } }""")).Warnings.Select(warning => warning.ToString()).ShouldBe([
            $"""
            platform:{Here}.gpus.nvidia-l4: holds for the pool gpu as well, which could grow to 8
              given:   4
              allowed: 8 or more, or a smaller pool
              fix:     nvidia-l4: 8
            """,
        ]);
    }

    [Fact]
    public void Warns_OfMoreNodesThanAddresses() =>
        GcpSample.Read((Here, """{ "cpus": 4000, "memoryGiB": 800 }""")).Warnings.Select(warning => warning.ToString()).ShouldBe([
            $"""
            platform:{Here}.cpus: is enough for 2000 small nodes, and the pods' range, 10.44.0.0/14, has blocks for 1024 of 110 pods
              given:   4000
              allowed: a /13 or larger for pods, or 2048 or less here
              fix:     lower cpus or podsPerNode, or give pods more addresses before the cluster is made
            """,
        ]);

    [Fact]
    public void AnEnvironment_NamesAGroup()
    {
        var settings = GcpSample.Read(
            (Here, """{ "cpus": 200, "memoryGiB": 800, "nodeGroups": { "burst": { "spot": true } } }"""), ($"{Research}.nodePool", "\"burst\"")).Settings;

        global::Stacks.Settings.Crossing.EnvironmentNodes.Of(settings.Tower!.Environments["research"], settings.Cluster)!.NextflowConfig(null).ShouldBe(
            """
            k8s.pod = [
              [nodeSelector: 'cloud.google.com/gke-spot=true,node-group=burst'],
              [toleration: [key: 'node-group', operator: 'Equal', value: 'burst', effect: 'NoSchedule']],
              [toleration: [key: 'cloud.google.com/gke-spot', operator: 'Equal', value: 'true', effect: 'NoSchedule']]
            ]

            """);
    }

    // A group costs nothing while nobody asks for it; one that is switched off is none.
    [Fact]
    public void Rejects_AGroupThatIsSwitchedOff()
    {
        (string, string?)[] groups = [(Here, """{ "cpus": 200, "memoryGiB": 800, "nodeGroups": { "burst": {} } }""")];

        GcpSample.Read(groups).Warnings.ShouldBeEmpty();
        GcpSample.Messages([.. groups, ($"{Here}.enabled", "false"), ($"{Research}.nodePool", "\"burst\"")]).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:{Research}.nodePool: is no node pool of platform:cluster\n  given:   burst\n");
    }
}
