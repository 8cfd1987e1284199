using System.Text.Json.Nodes;

namespace Tests.Stacks.Settings.Aws;

// Promise: a pool that no node could ever fill, that two would fill at once, or that Karpenter's kinds refuse is refused in the stack file.
public sealed class KarpenterRulesTests
{
    private const string Pool = "cluster.eks.karpenter.pools.burst";
    private const string Limits = "\"limits\": { \"cpu\": 500 }";

    [Theory]
    [InlineData("")]
    [InlineData(""", "families": ["m7i", "r7i"], "sizes": ["2xlarge", "metal-24xl"]""")]
    [InlineData(""", "instanceTypes": ["m7g.large"], "architectures": ["arm64"], "taints": [{ "key": "workload" }]""")]
    [InlineData(""", "categories": ["c"], "minimumGeneration": 7, "capacity": ["spot", "onDemand"], "weight": 100, "expireAfter": "0s" """)]
    [InlineData(""", "budgets": [{ "nodes": "0", "schedule": "0 6 * * mon-fri", "duration": "12h" }, { "nodes": "10%", "reasons": ["empty", "drifted"] }]""")]
    [InlineData(""", "labels": { "node.kubernetes.io/pool": "x", "workload": "x", "example.com/workload": "x" }""")]
    [InlineData(""", "consolidation": "balanced", "consolidateAfter": "90s", "image": "al2023@v20260812", "terminationGracePeriod": "1h30m" """)]
    public void Takes_Pools(string more) => Messages(more).ShouldBeEmpty();

    [Theory]
    [InlineData(""", "families": ["m7i"], "categories": ["m"]""", "categories: is given beside families, and nodes would have to fulfil both")]
    [InlineData(""", "families": ["m7i"], "instanceTypes": ["m7i.large"]""", "families: is given beside instanceTypes, and nodes would have to fulfil both")]
    [InlineData(""", "instanceTypes": ["m7i.large"], "sizes": ["large"]""", "sizes: is given beside instanceTypes, which say their size themselves")]
    [InlineData(""", "architectures": []""", "architectures: is empty, and no node would do")]
    [InlineData(""", "capacity": []""", "capacity: is empty, and no node would do")]
    [InlineData(""", "families": ["m7i", "m7g"]""", "families[1]: has arm64 processors, which architectures leave out, so that it would never start")]
    [InlineData(
        """, "instanceTypes": ["c7i.large"], "architectures": ["arm64"], "taints": [{ "key": "a" }]""",
        "instanceTypes[0]: has amd64 processors, which architectures leave out, so that it would never start")]
    [InlineData(
        """, "families": ["g5"]""",
        "families[0]: has GPUs, and nothing hands those of Karpenter's nodes to pods: a run that asks for one would wait for ever")]
    [InlineData(
        """, "categories": ["m", "p"]""",
        "categories[1]: has accelerators, and nothing hands those of Karpenter's nodes to pods: a run that asks for one would wait for ever")]
    [InlineData(
        """, "instanceTypes": ["inf2.xlarge"]""",
        "instanceTypes[0]: has Neuron devices, and nothing hands those of Karpenter's nodes to pods: a run that asks for one would wait for ever")]
    [InlineData(""", "families": ["m7i.large"]""", "families[0]: is not a family of instance types")]
    [InlineData(""", "sizes": ["huge"]""", "sizes[0]: is not a size of instance types")]
    [InlineData(""", "categories": ["m7"]""", "categories[0]: is not a category of instance types")]
    [InlineData(""", "image": "al2023@latest" """, "image: is not an image of Amazon Linux 2023 with its release")]
    [InlineData(""", "image": "bottlerocket@v1.20.4" """, "image: is not an image of Amazon Linux 2023 with its release")]
    [InlineData(""", "consolidateAfter": "1500ms" """, "consolidateAfter: is no whole number of seconds, which Karpenter's kinds demand")]
    [InlineData(""", "expireAfter": "0.5s" """, "expireAfter: is no whole number of seconds, which Karpenter's kinds demand")]
    [InlineData(""", "terminationGracePeriod": "0s" """, "terminationGracePeriod: would end every task the moment its node has to go")]
    [InlineData(""", "budgets": [{ "nodes": "101%" }]""", "budgets[0].nodes: is not a number of nodes or a share of them")]
    [InlineData(
        """, "budgets": [{ "nodes": "1", "duration": "1h" }]""",
        "budgets[0].schedule: is missing, and a budget has a beginning and a length or neither")]
    [InlineData(
        """, "budgets": [{ "nodes": "1", "schedule": "@daily" }]""", "budgets[0].duration: is missing, and a budget has a beginning and a length or neither")]
    [InlineData(
        """, "budgets": [{ "nodes": "1", "schedule": "@daily", "duration": "30s" }]""",
        "budgets[0].duration: is no whole number of minutes, and a schedule knows nothing shorter")]
    [InlineData(""", "budgets": [{ "nodes": "1", "schedule": "tomorrow", "duration": "1h" }]""", "budgets[0].schedule: is not a cron expression")]
    [InlineData(""", "labels": { "karpenter.sh/nodepool": "x" }""", "labels[\"karpenter.sh/nodepool\"]: has a prefix that Karpenter keeps for itself")]
    [InlineData(""", "labels": { "karpenter.k8s.aws/instance-family": "x" }""", "labels[\"karpenter.k8s.aws/instance-family\"]: has a prefix that Karpenter keeps for itself")]
    [InlineData(""", "labels": { "my-k8s.io": "x" }""", "labels[\"my-k8s.io\"]: has a prefix that Karpenter keeps for itself")]
    [InlineData(""", "labels": { "kubelet.kubernetes.io/x": "x" }""", "labels[\"kubelet.kubernetes.io/x\"]: has a prefix that Karpenter keeps for itself")]
    [InlineData(
        """, "labels": { "kubernetes.io/x": "x" }""", "labels[\"kubernetes.io/x\"]: has a prefix that Kubernetes keeps for itself, and the nodes would never join")]
    [InlineData(""", "taints": [{ "key": "a b" }]""", "taints[0].key: is no key of a Kubernetes taint")]
    [InlineData(
        """, "architectures": ["amd64", "arm64"]""",
        "architectures: lets the pods of platform:studios start on Graviton, and the vendor makes the images of connect for x86-64")]
    public void Rejects_APool(string more, string message) => Messages(more).ShouldHaveSingleItem().ShouldStartWith($"platform:{Pool}.{message}\n");

    [Fact]
    public void Rejects_SpotNodesUnderProtectedWorkloads() =>
        AwsSample.Messages(("production", "true"), (Pool, $$"""{ {{Limits}}, "capacity": ["spot"] }""")).ShouldBe([
            """
            platform:cluster.eks.karpenter.pools.burst.capacity: lets AWS take nodes back at two minutes' notice, and what a production stack protects may run on them
              given:   spot
              allowed: onDemand, or spot with a taint that keeps everything away but pipelines
              fix:     taints: [{ key: workload, value: pipelines, effect: noSchedule }]
            """,
        ]);

    [Fact]
    public void Rejects_KarpenterWithoutPools() => AwsSample.Messages(("cluster.eks.karpenter", """{ "pools": {} }""")).ShouldBe([
        """
        platform:cluster.eks.karpenter.pools: has no entry, and Karpenter would start nothing
          allowed: one pool or more
          fix:     pools: { burst: { limits: { cpu: 500 } } }, or remove karpenter
        """,
    ]);

    [Fact]
    public void Rejects_TheNameOfANodeGroup() =>
        AwsSample.Messages(("cluster.eks.karpenter.pools.general", $$"""{ {{Limits}} }""")).ShouldBe([
            """
            platform:cluster.eks.karpenter.pools.general: has the name of a node group, and an environment names either by it
              given:   general
              allowed: a name that no entry of nodePools has
              fix:     for example general-burst
            """,
        ]);

    // One of them decides for a pod: the one whose nodes alone it tolerates or asks for.
    [Theory]
    [InlineData("", "", "general")]
    [InlineData(""", "labels": { "workload": "pipelines" }""", "", "general")]
    [InlineData(
        """, "labels": { "workload": "pipelines" }, "taints": [{ "key": "workload" }]""",
        """, "labels": { "workload": "pipelines" }, "taints": [{ "key": "workload" }]""", "pipelines")]
    [InlineData(
        """, "labels": { "workload": "pipelines" }, "taints": [{ "key": "workload" }]""", """, "labels": { "workload": "pipelines", "a": "b" }""", "pipelines")]
    [InlineData(""", "labels": { "workload": "pipelines" }, "taints": [{ "key": "workload" }]""", "", null)]
    [InlineData(
        """, "labels": { "workload": "pipelines" }, "taints": [{ "key": "workload" }]""",
        """, "labels": { "workload": "pipelines" }, "taints": [{ "key": "other" }]""", null)]
    [InlineData("", """, "minimum": 2, "maximum": 2""", "general")]
    [InlineData(
        """, "labels": { "workload": "pipelines" }, "taints": [{ "key": "workload" }]""",
        """, "labels": { "workload": "pipelines" }, "minimum": 2, "maximum": 2""", null)]
    [InlineData(""", "labels": { "workload": "burst" }, "taints": [{ "key": "workload" }]""", """, "labels": { "workload": "pipelines" }""", null)]
    public void Rejects_APoolThatTheAutoscalerWouldFillToo(string pool, string group, string? with)
    {
        (string, string?)[] changes =
        [
            ("cluster.eks.nodePools.pipelines", $$"""{ "instanceTypes": ["m7i.large"]{{group}} }"""),
            (Pool, $$"""{ {{Limits}}{{pool}} }"""),
            ("tower.environments.research.nodePool", pool.Contains("labels") ? "\"burst\"" : null),
        ];

        AwsSample.Messages(changes).ShouldBeEmpty();
        var messages = AwsSample.Messages([("cluster.eks.autoscaler", "true"), .. changes])
            .Where(message => message.StartsWith($"platform:{Pool}.taints:", StringComparison.Ordinal)).ToArray();
        messages.Any(message => with is not null && message.Contains($"the node group {with} takes as well")).ShouldBe(with is not null);
        messages.Any(message => message.Contains("the node group")).ShouldBe(with is not null);
    }

    [Fact]
    public void Rejects_TagsByWhichNodesAreKnown() => AwsSample.Messages(
        (Pool, $$"""{ {{Limits}} }"""),
        ("aws.tags", """{ "costCenter": "research", "karpenter.sh/discovery": "x", "kubernetes.io/cluster/a": "owned", "eks:eks-cluster-name": "x" }"""))
        .Select(message => message[..message.IndexOf('\n', StringComparison.Ordinal)])
        .ShouldBe(
            [
                "platform:aws.tags[\"eks:eks-cluster-name\"]: is a tag by which the nodes of platform:cluster.eks.karpenter are known",
                "platform:aws.tags[\"karpenter.sh/discovery\"]: is a tag by which the nodes of platform:cluster.eks.karpenter are known",
                "platform:aws.tags[\"kubernetes.io/cluster/a\"]: is a tag by which the nodes of platform:cluster.eks.karpenter are known",
            ],
            ignoreOrder: true);

    [Fact]
    public void AnEnvironment_NamesAPoolOfKarpenter_AsOneOfNodeGroups()
    {
        (string, string?) labelled = (Pool, $$"""{ {{Limits}}, "labels": { "workload": "burst" }, "taints": [{ "key": "workload", "value": "burst" }] }""");

        AwsSample.Messages(labelled, ("tower.environments.research.nodePool", "\"burst\"")).ShouldBeEmpty();
        AwsSample.Messages((Pool, $$"""{ {{Limits}} }"""), ("tower.environments.research.nodePool", "\"burst\"")).ShouldHaveSingleItem()
            .ShouldStartWith("platform:cluster.eks.karpenter.pools.burst.labels: is missing, and platform:tower.environments.research.nodePool can find");
        AwsSample.Messages(("tower.environments.research.nodePool", "\"burst\"")).ShouldHaveSingleItem()
            .ShouldContain("is no node pool of platform:cluster");
    }

    [Theory]
    [InlineData(""", "taints": [{ "key": "workload" }]""", ".taints: keep every pod away, and nothing in this stack tolerates them")]
    [InlineData(""", "consolidation": "never", "consolidateAfter": "5m" """, ".consolidateAfter: is read by nothing with consolidation: never")]
    [InlineData(
        """, "families": ["m7i"], "minimumGeneration": 6""",
        ".minimumGeneration: is read by nothing: families and instance types say their generation themselves")]
    public void Warns(string more, string warning) => AwsSample.Read((Pool, $$"""{ {{Limits}}{{more}} }""")).Warnings
        .Select(problem => $"{problem}").ShouldHaveSingleItem().ShouldStartWith($"platform:{Pool}{warning}\n");

    private static string[] Messages(string more)
    {
        JsonNode.Parse($$"""{ {{Limits}}{{more}} }""").ShouldNotBeNull();
        return [.. AwsSample.Messages((Pool, $$"""{ {{Limits}}{{more}} }"""))];
    }
}
