using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Gcp;

namespace Tests.Stacks.Settings.Crossing;

// Promise: an environment that could never start a run is refused, and one that runs where nobody meant it is told.
public sealed class EnvironmentTests
{
    private const string Research = "tower.environments.research";

    [Theory]
    [InlineData("seqera", "is the namespace of the Platform and Studios, whose Secrets the runs could read")]
    [InlineData("cert-manager", "belongs to cert-manager")]
    [InlineData("gke-managed-system", "belongs to GKE")]
    [InlineData("amazon-cloudwatch", "belongs to the observability add-on of EKS")]
    public void Rejects_ANamespaceOfSomebodyElse(string name, string what) => StackSample.Made.Messages(($"{Research}.namespace", $"\"{name}\"")).ShouldBe([
        $"""
        platform:tower.environments.research.namespace: {what}
          given:   {name}
          allowed: a namespace of its own for each environment
          fix:     for example namespace: tower-research
        """,
    ]);

    [Fact]
    public void Rejects_AForeignNamespaceForThePlatform() => StackSample.Made.Messages(("studios.platform.namespace", "\"traefik\"")).ShouldHaveSingleItem()
        .ShouldStartWith("platform:studios.platform.namespace: belongs to Traefik\n");

    [Fact]
    public void Takes_ANamespaceOfItsOwn() => StackSample.Made.Messages(($"{Research}.namespace", "\"seqera-runs\"")).ShouldBeEmpty();

    [Fact]
    public void Rejects_OneVolumeForTwo()
    {
        const string volume = """{ "size": "1Ti", "volume": { "name": "lustre", "size": "1Ti" } }""";
        StackSample
            .Made.Messages(($"{Research}.scratch", volume), ("tower.environments.zebra", $$"""{ "namespace": "zebra", "scratch": {{volume}} }"""))
            .ShouldBe([
                """
                platform:tower.environments.zebra.scratch.volume.name: is the volume of research as well, and one claim binds a volume
                  given:   lustre
                  allowed: a volume of its own for each environment
                  fix:     make a second PersistentVolume of the same share, or remove scratch of one of them
                """,
            ]);
        StackSample
            .Made.Messages(
                ($"{Research}.scratch", volume),
                ("tower.environments.zebra", $$"""{ "namespace": "zebra", "scratch": {{volume.Replace("lustre", "other", StringComparison.Ordinal)}} }"""))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("5Gi", "10Gi")]
    [InlineData("500Gi", "1Ti")]
    public void Rejects_AQuotaBelowTheClaim(string quota, string size) =>
        StackSample
            .Made.Messages(($"{Research}.limits", $$"""{ "storage": "{{quota}}" }"""), ($"{Research}.scratch.size", $"\"{size}\""))
            .ShouldBe([
                $"""
                platform:tower.environments.research.limits.storage: is less than platform:tower.environments.research.scratch.size, {size}, and the claim would be refused
                  given:   {quota}
                  allowed: {size} or more
                  fix:     storage: {size}
                """,
            ]);

    [Fact]
    public void Takes_AQuotaOfTheClaim() =>
        StackSample.Made.Messages(($"{Research}.limits", """{ "storage": "1Ti" }"""), ($"{Research}.scratch.size", "\"1024Gi\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("headJobCpus", "4", """{ "containerMaximum": { "cpu": "2", "memory": "8Gi" } }""", "containerMaximum.cpu", "2")]
    [InlineData("headJobCpus", "4", """{ "cpu": "3500m", "containerDefaults": { "cpu": "1", "memory": "1Gi" } }""", "cpu", "3500m")]
    [InlineData("headJobMemoryMb", "8193", """{ "containerMaximum": { "cpu": "2", "memory": "8Gi" } }""", "containerMaximum.memory", "8Gi")]
    [InlineData("headJobMemoryMb", "4096", """{ "memory": "4G", "containerDefaults": { "cpu": "1", "memory": "1Gi" } }""", "memory", "4G")]
    public void Rejects_HeadJobsBeyondTheirBounds(string key, string value, string limits, string bound, string most) =>
        StackSample
            .Made.Messages(($"{Research}.limits", limits), ($"{Research}.launch.{key}", value))
            .ShouldBe([
                $"""
                platform:tower.environments.research.launch.{key}: is more than platform:tower.environments.research.limits.{bound}, {most}, and head jobs would be refused
                  given:   {value}
                  allowed: what {most} holds
                  fix:     lower {key}, or raise {bound}
                """,
            ]);

    [Fact]
    public void Takes_HeadJobsWithinTheirBounds() => StackSample.Made.Messages(
        ($"{Research}.limits", """{ "cpu": "4", "containerDefaults": { "cpu": "1", "memory": "1Gi" }, "containerMaximum": { "cpu": "4", "memory": "8Gi" } }"""),
        ($"{Research}.launch", """{ "headJobCpus": 4, "headJobMemoryMb": 8192 }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_ContainersThatAskForMoreThanAllTogether() =>
        StackSample
            .Made.Messages(($"{Research}.limits", """{ "cpu": "1", "containerDefaults": { "cpu": "2", "memory": "1Gi" } }"""))
            .ShouldBe([
                """
                platform:tower.environments.research.limits.containerDefaults.cpu: is more than all pods together may ask for, platform:tower.environments.research.limits.cpu, 1
                  given:   2
                  allowed: 1 or less
                  fix:     cpu: 1
                """,
            ]);

    [Fact]
    public void Rejects_APoolThatIsNone()
    {
        AwsSample.Messages(($"{Research}.nodePool", "\"pipelines\"")).ShouldBe([
            """
            platform:tower.environments.research.nodePool: is no node pool of platform:cluster
              given:   pipelines
              allowed: general
              fix:     for example nodePool: general
            """,
        ]);
        StackSample.Made.Messages(($"{Research}.nodePool", "\"pipelines\"")).ShouldBe([
            """
            platform:tower.environments.research.nodePool: names a node pool, and this stack makes none
              given:   pipelines
              allowed: a pool of platform:cluster.eks or platform:cluster.gke
              fix:     say nodeSelector and tolerations in launch.headPodSpec and launch.nextflowConfig, and remove nodePool
            """,
        ]);
    }

    [Fact]
    public void Rejects_APoolWithoutLabels() => AwsSample.Messages(($"{Research}.nodePool", "\"general\"")).ShouldBe([
        """
        platform:cluster.eks.nodePools.general.labels: is missing, and platform:tower.environments.research.nodePool can find the nodes by nothing else
          allowed: one label or more
          fix:     add labels: { workload: general }
        """,
    ]);

    [Fact]
    public void Rejects_AHeadPodForOtherNodes() => GcpSample.Messages(
        ("cluster.gke.nodePools.general.labels", """{ "workload": "all" }"""),
        ($"{Research}.nodePool", "\"general\""),
        ($"{Research}.launch.headPodSpec", "\"spec: { nodeSelector: { workload: none } }\"")).ShouldBe([
        """
        platform:tower.environments.research.launch.headPodSpec: asks for another workload in its nodeSelector than the pool general has, and no node would do
          given:   spec: { nodeSelector: { workload: none } }
          allowed: a nodeSelector without workload, or no nodePool
          fix:     remove workload from headPodSpec
        """,
    ]);

    [Theory]
    [InlineData("k8s.pod = [env: 'A', value: 'b']")]
    [InlineData("k8s { namespace = 'x'; pod = [] }")]
    public void Rejects_AConfigurationThatTakesTheNodesAway(string config) => GcpSample
        .Messages(
            ("cluster.gke.nodePools.general.labels", """{ "workload": "all" }"""),
            ($"{Research}.nodePool", "\"general\""),
            ($"{Research}.launch.nextflowConfig", $"\"{config}\""))
        .ShouldBe([
            $"""
            platform:tower.environments.research.launch.nextflowConfig: sets k8s.pod, which would take the place of the nodes of the pool general
              given:   {config}
              allowed: pod options in process.pod, or no nodePool
              fix:     move them to process.pod
            """,
        ]);

    [Theory]
    [InlineData("process.pod = [env: 'A', value: 'b']")]
    [InlineData("k8s { namespace = 'x' }")]
    public void Takes_OtherConfigurationBesideTheNodes(string config) => GcpSample
        .Messages(
            ("cluster.gke.nodePools.general.labels", """{ "workload": "all" }"""),
            ($"{Research}.nodePool", "\"general\""),
            ($"{Research}.launch.nextflowConfig", $"\"{config}\""))
        .ShouldBeEmpty();

    [Fact]
    public void Warns_OfTaintsThatNothingTolerates()
    {
        const string pipelines =
            """{ "machineType": "n2-standard-4", "labels": { "workload": "pipelines" }, "taints": [{ "key": "workload", "value": "pipelines" }] }""";
        GcpSample
            .Read(("cluster.gke.nodePools.pipelines", pipelines))
            .Warnings.Select(warning => warning.ToString())
            .ShouldBe([
                """
                platform:cluster.gke.nodePools.pipelines.taints: keep every pod away, and nothing in this stack tolerates them
                  given:   workload=pipelines:NoSchedule
                  allowed: taints that an environment of platform:tower, or a pod of platform:studios, platform:redis or platform:workbench, tolerates
                  fix:     add nodePool: pipelines to an environment, or let the pool have no taints
                """,
            ]);
        GcpSample.Read(("cluster.gke.nodePools.pipelines", pipelines), ($"{Research}.nodePool", "\"pipelines\"")).Warnings.ShouldBeEmpty();
        GcpSample
            .Read(
                ("cluster.gke.nodePools.pipelines", pipelines),
                ($"{Research}.launch.headPodSpec", "\"spec: { tolerations: [{ key: workload, operator: Exists }] }\""))
            .Warnings.ShouldBeEmpty();
        GcpSample
            .Read(
                (
                    "cluster.gke.nodePools.pipelines",
                    pipelines.Replace("\"pipelines\" }]", "\"pipelines\", \"effect\": \"preferNoSchedule\" }]", StringComparison.Ordinal)))
            .Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("studios.proxy.pod", """[{ "key": "workload", "value": "platform" }]""", true)]
    [InlineData("studios.proxy.pod", """[{ "key": "workload" }]""", true)]
    [InlineData("studios.server.pod", """[{ "key": "workload", "effect": "noSchedule" }]""", true)]
    [InlineData("studios.server.pod", "[{}]", true)]
    [InlineData("studios.server.pod", """[{ "key": "workload", "value": "pipelines" }]""", false)]
    [InlineData("studios.server.pod", """[{ "key": "workload", "effect": "noExecute" }]""", false)]
    [InlineData("studios.server.pod", """[{ "key": "other" }]""", false)]
    public void APoolThatOnlyPodsOfStudiosTolerate_IsUsed(string pod, string tolerations, bool used) => GcpSample
        .Read(
            (
                "cluster.gke.nodePools.platform",
                """{ "machineType": "n2-standard-4", "taints": [{ "key": "workload", "value": "platform" }] }"""),
            ($"{pod}.tolerations", tolerations))
        .Warnings.Select(warning => $"{warning}".Split('\n')[0]).ShouldBe(used
            ? []
            : ["platform:cluster.gke.nodePools.platform.taints: keep every pod away, and nothing in this stack tolerates them"]);

    [Fact]
    public void APool_IsUsedWhereOnePodToleratesAllItsTaints()
    {
        (string Path, string? Json) pool = (
            "cluster.eks.nodePools.platform",
            """{ "instanceTypes": ["m7i.large"], "taints": [{ "key": "a" }, { "key": "b", "effect": "noExecute" }, { "key": "c", "effect": "preferNoSchedule" }] }""");

        AwsSample.Read(pool, ("studios.proxy.pod.tolerations", """[{ "key": "a" }]"""), ("studios.server.pod.tolerations", """[{ "key": "b" }]"""))
            .Warnings.ShouldHaveSingleItem();
        AwsSample.Read(pool, ("studios.proxy.pod.tolerations", """[{ "key": "a" }, { "key": "b" }]""")).Warnings.ShouldBeEmpty();
        AwsSample.Read(pool, ("redis", """{ "inCluster": { "pod": { "tolerations": [{ "key": "a" }, { "key": "b" }] } } }""")).Warnings.ShouldBeEmpty();
        AwsSample.Read(pool, ($"{Research}.launch.servicePodSpec", "\"spec: { tolerations: [{ key: a, operator: Exists }, { key: b, operator: Exists }] }\""))
            .Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "headPodSpec",
        "nodeSelector: { disk: ssd }",
        "has keys of a pod on top, which the Platform does not read",
        "indent nodeSelector under a line spec:"
    )]
    [InlineData(
        "servicePodSpec",
        "tolerations: []\nnodeSelector: {}",
        "has keys of a pod on top, which the Platform does not read",
        "indent tolerations, nodeSelector under a line spec:"
    )]
    [InlineData("headPodSpec", "spec: ssd", "has a spec: that is no mapping", null)]
    [InlineData("headPodSpec", "spec: {}\nmetadata: {}", "has metadata beside spec:", null)]
    [InlineData("headPodSpec", "- spec", "is YAML, but not a mapping", null)]
    [InlineData("headPodSpec", "spec: {", "is not YAML", null)]
    [InlineData("headPodSpec", "spec: {}\n---\nspec: {}", "is YAML, but not a mapping", null)]
    public void Rejects_APodSpecThatThePlatformDoesNotRead(string key, string text, string what, string? fix) => StackSample.Made
        .Messages(($"{Research}.launch.{key}", System.Text.Json.JsonSerializer.Serialize(text))).ShouldBe([
        $$"""
        platform:tower.environments.research.launch.{{key}}: {{what}}
          given:   {{text.Replace("\n", "\\n", StringComparison.Ordinal)}}
          allowed: YAML with spec: on top and keys of a pod's spec under it, as a text
          fix:     {{fix ?? $"for example {key}: \"spec: {{ nodeSelector: {{ disk: ssd }} }}\""}}
        """.ReplaceLineEndings("\n"),
    ]);
}
