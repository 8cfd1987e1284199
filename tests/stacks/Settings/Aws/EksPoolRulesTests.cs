using Stacks.Settings;

namespace Tests.Stacks.Settings.Aws;

// Promise: nodes that AWS would not make, that would never join, or that leave the cluster's own pods nowhere to run, are refused in the stack file.
public sealed class EksPoolRulesTests
{
    [Theory]
    [InlineData("m7i")]
    [InlineData("large")]
    [InlineData("M7i.Large")]
    [InlineData("m7i.huge")]
    public void Rejects_WhatIsNoInstanceType(string type) => AwsSample.Messages(("cluster.eks.nodePools.general.instanceTypes", $"[\"{type}\"]")).ShouldBe([
        $"""
        platform:cluster.eks.nodePools.general.instanceTypes[0]: is not an instance type
          given:   {type}
          allowed: family, generation and size, as in m7i.large
          fix:     for example instanceTypes: [m7i.large, m6i.large]
        """,
    ]);

    [Fact]
    public void Rejects_TwoArchitecturesInOnePool() =>
        AwsSample
            .Messages(("cluster.eks.nodePools.general.instanceTypes", """["m7i.large", "m7g.large"]"""))
            .ShouldBe([
                """
                platform:cluster.eks.nodePools.general.instanceTypes: mixes x86-64 and Arm, and one node group has one machine image
                  given:   m7i.large, m7g.large
                  allowed: instance types of one architecture
                  fix:     make a pool for each
                """,
            ]);

    [Fact]
    public void Rejects_SpotNodesUnderProtectedWorkloads() =>
        AwsSample
            .Messages(("production", "true"), ("cluster.eks.nodePools.general.spot", "true"))
            .ShouldBe([
                """
                platform:cluster.eks.nodePools.general.spot: lets AWS take nodes back at two minutes' notice, and what a production stack protects may run on them
                  given:   true
                  allowed: false, or true with a taint that keeps everything away but pipelines
                  fix:     taints: [{ key: workload, value: pipelines, effect: noSchedule }]
                """,
            ]);

    [Fact]
    public void Takes_SpotNodesForPipelines() =>
        AwsSample
            .Messages(
                ("production", "true"),
                ("cluster.eks.nodePools.pipelines", """{ "instanceTypes": ["m7i.large"], "spot": true, "taints": [{ "key": "workload" }] }"""))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "instanceTypes": ["m7i.large"], "taints": [{ "key": "workload" }] }""")]
    [InlineData("""{ "instanceTypes": ["m7i.large"], "minimum": 0 }""")]
    public void Rejects_NodesThatCoreDnsCannotRunOn(string pool) =>
        AwsSample
            .Messages(("cluster.eks.autoscaler", "true"), ("cluster.eks.nodePools.general", pool))
            .ShouldBe([
                """
                platform:cluster.eks.nodePools: has no pool that takes every pod and starts with a node, so that CoreDNS and the controllers have nowhere to run
                  allowed: one pool or more with minimum 1 or more and without taints
                  fix:     add a pool: general: { instanceTypes: [m7i.large] }
                """,
            ]);

    [Fact]
    public void Rejects_MoreInstanceTypesThanAGroupHas() => AwsSample.Messages(
        ("cluster.eks.nodePools.general.instanceTypes", $"[{string.Join(", ", Enumerable.Range(2, 21).Select(size => $"\"m7i.{size}xlarge\""))}]")).ShouldBe([
        """
        platform:cluster.eks.nodePools.general.instanceTypes: has more entries than EKS takes
          given:   21
          allowed: 1 to 20 instance types
          fix:     keep those with the most spare capacity, or make a second pool
        """,
    ]);

    [Theory]
    [InlineData("kubernetes.io/role", "has a prefix that Kubernetes keeps for itself, and the nodes would never join")]
    [InlineData("node-role.kubernetes.io/platform", "has a prefix that Kubernetes keeps for itself, and the nodes would never join")]
    [InlineData("eks.amazonaws.com/nodegroup", "has a prefix that Kubernetes keeps for itself, and the nodes would never join")]
    [InlineData("a b", "is no key of a Kubernetes label")]
    public void Rejects_LabelsThatNodesMayNotHave(string key, string what) =>
        AwsSample
            .Messages(("cluster.eks.nodePools.general.labels", $$"""{ "{{key}}": "x" }"""))
            .ShouldBe([
                $"""
                {new SettingPath("platform:cluster.eks.nodePools.general.labels").Entry(key)}: {what}
                  allowed: up to 63 letters, digits, inner hyphens, dots and underscores, with or without a domain of your own and a slash before them
                  fix:     for example workload, or example.com/workload
                """,
            ]);

    [Fact]
    public void Rejects_ValuesThatKubernetesHasNot() => AwsSample.Messages(
        ("cluster.eks.nodePools.general.labels", """{ "node.kubernetes.io/pool": "a b" }"""),
        ("cluster.eks.nodePools.general.taints", """[{ "key": "a b", "value": "-", "effect": "preferNoSchedule" }]""")).ShouldBe([
        """
        platform:cluster.eks.nodePools.general.labels["node.kubernetes.io/pool"]: is no value of a Kubernetes label
          given:   a b
          allowed: up to 63 letters, digits, inner hyphens, dots and underscores
          fix:     for example pipelines
        """,
        """
        platform:cluster.eks.nodePools.general.taints[0].key: is no key of a Kubernetes taint
          given:   a b
          allowed: up to 63 letters, digits, inner hyphens, dots and underscores, with or without a domain and a slash before them
          fix:     for example workload
        """,
        """
        platform:cluster.eks.nodePools.general.taints[0].value: is no value of a Kubernetes taint
          given:   -
          allowed: up to 63 letters, digits, inner hyphens, dots and underscores
          fix:     for example pipelines
        """,
    ], ignoreOrder: true);

    [Fact]
    public void Rejects_AnEmptyPoolThatNothingFills() => AwsSample.Messages(("cluster.eks.nodePools.general.minimum", "0")).ShouldBe([
        """
        platform:cluster.eks.nodePools.general.minimum: is 0, and nothing would add the first node
          given:   0
          allowed: 1 or more, or 0 with autoscaler: true
          fix:     minimum: 1
        """,
    ]);

    [Fact]
    public void Rejects_MoreNodesThanTheMost() => AwsSample.Messages(("cluster.eks.nodePools.general.desired", "7")).ShouldBe([
        """
        platform:cluster.eks.nodePools.general.desired: does not lie between the fewest and the most nodes
          given:   minimum 1, desired 7, maximum 3
          allowed: 1 to 3, with minimum not above maximum
          fix:     raise maximum or lower minimum
        """,
    ]);

    [Fact]
    public void Rejects_APoolWithTooLongAName()
    {
        var name = new string('a', 41);

        AwsSample.Messages(($"cluster.eks.nodePools.{name}", """{ "instanceTypes": ["m7i.large"] }""")).ShouldBe([
            $"""
            platform:cluster.eks.nodePools.{name}: is too long to become the name of a node group
              allowed: at most 40 characters
              fix:     for example {name[..40]}
            """,
        ]);
    }
}
