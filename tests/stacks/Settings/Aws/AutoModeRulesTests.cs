namespace Tests.Stacks.Settings.Aws;

// Promise: what EKS Auto Mode does itself stands beside it nowhere, and what cannot work on it is refused with the reason.
public sealed class AutoModeRulesTests
{
    private const string Auto = "cluster.eks.autoMode";

    private static readonly (string, string?)[] On = [("cluster.eks.nodePools", null), (Auto, "{}")];

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "builtInPools": ["generalPurpose"] }""")]
    [InlineData("""{ "builtInPools": [], "pools": { "own": { "limits": { "cpu": 100 } } } }""")]
    [InlineData("""{ "pools": { "gpu": { "limits": { "cpu": 100 }, "families": ["g6"], "expireAfter": "504h" } } }""")]
    public void Takes_AClusterWithoutNodeGroups(string auto) => AwsSample.Messages(("cluster.eks.nodePools", null), (Auto, auto)).ShouldBeEmpty();

    [Fact]
    public void Takes_ItBack_WithNodeGroups() => AwsSample.Messages((Auto, """{ "enabled": false }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_NeitherNodeGroupsNorAutoMode()
    {
        (string, string?) none = ("cluster.eks.nodePools", null);
        const string message =
            """
            platform:cluster.eks.nodePools: has no entry
              allowed: one pool or more, or autoMode
              fix:     nodePools: { general: { instanceTypes: [m7i.large] } }
            """;

        AwsSample.Messages(none).ShouldBe([message]);
        AwsSample.Messages(none, (Auto, """{ "enabled": false }""")).ShouldBe([message]);
    }

    [Theory]
    [InlineData("nodePools", """{ "general": { "instanceTypes": ["m7i.large"] } }""", "need the network plugin, DNS and drivers as add-ons, which EKS Auto Mode brings itself")]
    [InlineData("autoscaler", "true", "grows node groups, and there are none")]
    [InlineData("karpenter", """{ "pools": { "burst": { "limits": { "cpu": 5 } } } }""", "does what EKS Auto Mode does, for the same pods")]
    public void Rejects_WhatItDoesItself(string key, string value, string why) =>
        AwsSample.Messages([.. On, ($"cluster.eks.{key}", value)]).ShouldBe([
            $"""
            platform:cluster.eks.{key}: is given beside autoMode, and {why}
              allowed: one of the two
              fix:     remove {key}, or autoMode
            """,
        ]);

    [Theory]
    [InlineData("""{ "builtInPools": [] }""", "[]")]
    [InlineData("""{ "builtInPools": ["system"], "pools": { "own": { "limits": { "cpu": 5 }, "taints": [{ "key": "a" }] } } }""", "system")]
    public void Rejects_AClusterOnWhichNothingCouldRun(string auto, string given) =>
        AwsSample.Messages(("cluster.eks.nodePools", null), (Auto, auto)).ShouldBe([
            $"""
            platform:cluster.eks.autoMode.builtInPools: leave out generalPurpose, and no pool of your own takes every pod, so that controllers have nowhere to run
              given:   {given}
              allowed: generalPurpose, or a pool without taints
              fix:     builtInPools: [generalPurpose, system]
            """,
        ]);

    [Theory]
    [InlineData("system")]
    [InlineData("general-purpose")]
    [InlineData("default")]
    public void Rejects_TheNamesOfItsOwn(string name) =>
        AwsSample.Messages(("cluster.eks.nodePools", null), (Auto, $$"""{ "pools": { "{{name}}": { "limits": { "cpu": 5 } } } }""")).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:cluster.eks.autoMode.pools.{name}: is the name of something that AWS makes on the cluster\n");

    [Theory]
    [InlineData("\"image\": \"al2023@v20260728\"", "image: is chosen by EKS Auto Mode, which renews it about every week")]
    [InlineData("\"consolidation\": \"balanced\"", "consolidation: came with Karpenter 1.14, and AWS does not say that EKS Auto Mode knows it")]
    [InlineData("\"expireAfter\": \"0s\"", "expireAfter: is longer than nodes of EKS Auto Mode live")]
    [InlineData("\"expireAfter\": \"505h\"", "expireAfter: is longer than nodes of EKS Auto Mode live")]
    [InlineData("\"families\": [\"m7g\"]", "families[0]: has arm64 processors, which architectures leave out, so that it would never start")]
    public void Rejects_APool(string more, string message) =>
        AwsSample.Messages(("cluster.eks.nodePools", null), (Auto, $$"""{ "pools": { "own": { "limits": { "cpu": 5 }, {{more}} } } }""")).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:cluster.eks.autoMode.pools.own.{message}\n");

    [Fact]
    public void Rejects_IngressesOfTheController_WhoseGroupItDoesNotTake() =>
        AwsSample.Messages([.. On, ("studios.ingress", """{ "alb": {} }"""), ("dns.route53.loadBalancer", "\"ingress\"")]).ShouldBe([
            """
            platform:studios.ingress.alb: makes its load balancer from annotations of Ingresses, of which EKS Auto Mode (platform:cluster.eks.autoMode) takes only some: their group is not among them
              allowed: no ingress with dns.route53.loadBalancer: stack, or traefik or nginx
              fix:     remove ingress and set dns.route53.loadBalancer: stack: the stack makes the balancer, and EKS Auto Mode keeps pods in its target groups
            """,
        ]);

    [Theory]
    [InlineData(true, "awsNetworkLoadBalancer", "eksAutoMode", "platform:cluster.eks is in Auto Mode")]
    [InlineData(false, "eksAutoMode", "awsNetworkLoadBalancer", "platform:cluster.eks is not in Auto Mode")]
    public void Rejects_ABalancerThatNothingMakes(bool isAuto, string given, string allowed, string why)
    {
        (string, string?)[] cluster = isAuto ? On : [];
        (string, string?) Ssh(string balancer) => (
            "studios.ssh", $$"""{ "workspaces": "all", "ownHost": { "host": "ssh.example.com", "loadBalancer": "{{balancer}}" } }""");

        AwsSample.Messages([.. cluster, Ssh(given)]).ShouldBe([
            $"""
            platform:studios.ssh.ownHost.loadBalancer: is made by what this cluster does not have: {why}
              given:   {given}
              allowed: {allowed}
              fix:     remove loadBalancer
            """,
        ]);
        AwsSample.Messages([.. cluster, Ssh(allowed)]).ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_StorageThatOneNodeHas() => AwsSample.Messages([
        .. On, ("production", null), ("storage", """{ "hostPath": { "path": "/data", "singleNodeDemo": true } }"""),
    ]).ShouldBe([
        """
        platform:storage.hostPath: is a directory of one node, and platform:cluster may have as many nodes as pods need: pods on the others see an empty one
          given:   /data
          allowed: storage that every node mounts, or a cluster of one node
          fix:     describe efs, filestore, nfs or existingClass, or one node pool with maximum: 1
        """,
    ]);

    [Fact]
    public void AnEnvironment_NamesAPoolOfYourOwn() => AwsSample.Messages(
        ("cluster.eks.nodePools", null),
        (Auto, """{ "pools": { "own": { "limits": { "cpu": 5 }, "labels": { "a": "b" }, "taints": [{ "key": "a" }] } } }"""),
        ("tower.environments.research.nodePool", "\"own\"")).ShouldBeEmpty();
}
