using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Tower;

namespace Tests.Infra.Tower;

// Promise: head jobs and tasks run on the pool that is meant for them, whatever else an operator adds to them.
public sealed class PipelineNodesTests
{
    private static readonly PipelineNodes Spot = new(
        new Dictionary<string, string> { ["workload"] = "pipelines", ["tier"] = "1" }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        [new("workload", "pipelines", NodeTaintEffect.NoSchedule), new("spot", "", NodeTaintEffect.NoExecute)]);

    private static readonly PipelineNodes Plain = new(Spot.Labels, []);

    [Fact]
    public void HeadPods_AreGivenTheNodes() => Spot.HeadPodSpec(null).ShouldBe(
        """
        spec:
          nodeSelector:
            "tier": "1"
            "workload": "pipelines"
          tolerations:
          - key: "workload"
            operator: "Equal"
            value: "pipelines"
            effect: "NoSchedule"
          - key: "spot"
            operator: "Exists"
            effect: "NoExecute"

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void HeadPods_KeepWhatTheOperatorWrote() => Spot.HeadPodSpec("spec: { priorityClassName: high, nodeSelector: { disk: ssd }, tolerations: [{ key: own }] }").ShouldBe(
        """
        spec: {priorityClassName: high, nodeSelector: {disk: ssd, "tier": "1", "workload": "pipelines"}, tolerations: [{key: own}, {key: "workload", operator: "Equal", value: "pipelines", effect: "NoSchedule"}, {key: "spot", operator: "Exists", effect: "NoExecute"}]}

        """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData(null)]
    [InlineData("spec: { priorityClassName: high }")]
    public void HeadPods_StayElsewhereWhereTheyAreToldSo(string? given)
    {
        var nodes = Spot with { HeadJobsElsewhere = true };

        nodes.HeadPodSpec(given).ShouldBe(given);
        nodes.NextflowConfig(null).ShouldBe(Spot.NextflowConfig(null));
    }

    [Fact]
    public void WithoutTaints_NothingIsTolerated() => Plain.HeadPodSpec("spec:\n  nodeSelector:\n    workload: pipelines\n").ShouldBe(
        """
        spec:
          nodeSelector:
            workload: pipelines
            "tier": "1"

        """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("spec: { nodeSelector: { workload: other } }", "workload")]
    [InlineData("spec: { nodeSelector: { workload: pipelines, disk: ssd } }", null)]
    [InlineData("spec: { affinity: {} }", null)]
    [InlineData(null, null)]
    public void ASelectorThatNoNodeMeets_IsFound(string? given, string? label) => Spot.Contradiction(given).ShouldBe(label);

    [Fact]
    public void Tasks_AreGivenTheNodes_BeforeTheOperatorsWords() => Spot.NextflowConfig("process.cpus = 2\n").ShouldBe(
        """
        k8s.pod = [
          [nodeSelector: 'tier=1,workload=pipelines'],
          [toleration: [key: 'workload', operator: 'Equal', value: 'pipelines', effect: 'NoSchedule']],
          [toleration: [key: 'spot', operator: 'Exists', effect: 'NoExecute']]
        ]
        process.cpus = 2

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Tasks_KeepTheirNode_WhereItWouldBeGivenUp() => (Plain with { KeepsNode = true }).NextflowConfig(null).ShouldBe(
        """
        k8s.pod = [
          [nodeSelector: 'tier=1,workload=pipelines'],
          [annotation: 'karpenter.sh/do-not-disrupt', value: 'true']
        ]

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Texts_AreQuotedAsGroovyReadsThem() => new PipelineNodes(
        ImmutableSortedDictionary<string, string>.Empty.Add("a", @"it's\"), []).NextflowConfig(null).ShouldBe("k8s.pod = [\n  [nodeSelector: 'a=it\\'s\\\\']\n]\n");
}
