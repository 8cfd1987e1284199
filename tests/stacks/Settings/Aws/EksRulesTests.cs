namespace Tests.Stacks.Settings.Aws;

// Promise: what EKS, its network or its operators would be sorry for is refused in the stack file, with the way out.
public sealed class EksRulesTests
{
    [Fact]
    public void TheSample_IsTaken()
    {
        AwsSample.Messages().ShouldBeEmpty();
        AwsSample.Messages([.. AwsSample.Adopted, ("dns.route53.internetFacing", "false")]).ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_AVersionOutOfSupport_WithTheList() => AwsSample.Messages(("cluster.eks.version", "\"1.31\"")).ShouldBe([
        """
        platform:cluster.eks.version: is no Kubernetes version that EKS supports on 2026-11-20
          given:   1.31
          allowed: 1.32 (extended support), 1.33 (extended support), 1.34, 1.35, 1.36
          fix:     for example version: "1.35"
        """,
    ]);

    [Fact]
    public void Rejects_AnApiServerForTheWholeInternet() => AwsSample.Messages(("cluster.eks.publicAccess", """["203.0.113.0/24", "0.0.0.0/0"]""")).ShouldBe([
        """
        platform:cluster.eks.publicAccess[1]: lets the whole internet try to sign in to the API server
          given:   0.0.0.0/0
          allowed: the addresses that administrators come from
          fix:     name your own network, or remove publicAccess and connect to the VPC
        """,
    ]);

    [Theory]
    [InlineData("10.20.0.0/21", "is too small: every pod takes an address")]
    [InlineData("10.0.0.0/8", "is larger than a VPC can be")]
    public void Rejects_ABlockThatIsNoVpc(string block, string what) => AwsSample.Messages(("cluster.eks.network", $$"""{ "create": { "block": "{{block}}" } }""")).ShouldBe([
        $"""
        platform:cluster.eks.network.create.block: {what}
          given:   {block}
          allowed: a /16 to /20
          fix:     block: 10.20.0.0/16
        """,
    ]);

    [Fact]
    public void Rejects_ABlockThatAPeerHas() => AwsSample.Messages(("cluster.eks.network", """{ "create": { "block": "10.20.0.0/16", "peers": ["10.0.0.0/16", "10.20.128.0/20"] } }""")).ShouldBe([
        """
        platform:cluster.eks.network.create.peers[1]: overlaps with the VPC's own addresses, 10.20.0.0/16
          given:   10.20.128.0/20
          allowed: addresses outside of the VPC
          fix:     choose another block for the VPC
        """,
    ]);

    [Fact]
    public void Rejects_ServicesInsideTheVpc() => AwsSample.Messages(("cluster.eks.serviceBlock", "\"10.20.64.0/18\"")).ShouldBe([
        """
        platform:cluster.eks.serviceBlock: overlaps with the VPC's own addresses, 10.20.0.0/16
          given:   10.20.64.0/18
          allowed: addresses that nothing in or near the VPC has
          fix:     serviceBlock: 172.20.0.0/16, and a VPC in 10.0.0.0/8
        """,
    ]);

    [Theory]
    [InlineData("172.20.0.0/25")]
    [InlineData("100.64.0.0/16")]
    public void Rejects_ServicesThatEksHasNot(string block) => AwsSample.Messages(("cluster.eks.serviceBlock", $"\"{block}\"")).ShouldBe([
        $"""
        platform:cluster.eks.serviceBlock: is no block that EKS takes for Services
          given:   {block}
          allowed: a /12 to /24 in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16
          fix:     serviceBlock: 172.20.0.0/16
        """,
    ]);

    [Fact]
    public void Rejects_AZoneOfAnotherRegion() => AwsSample.Messages(("cluster.eks.network", """{ "create": { "zones": ["eu-west-1a", "eu-west-1b", "us-east-1c"] } }""")).ShouldBe([
        """
        platform:cluster.eks.network.create.zones[2]: is no availability zone of the region eu-west-1
          given:   us-east-1c
          allowed: eu-west-1 and a letter
          fix:     for example eu-west-1a, or another platform:aws.region
        """,
    ]);

    [Theory]
    [InlineData("""["eu-west-1a", "eu-west-1b"]""", "eu-west-1a, eu-west-1b")]
    [InlineData("""["eu-west-1a", "eu-west-1a", "eu-west-1b"]""", "eu-west-1a, eu-west-1a, eu-west-1b")]
    public void Rejects_TooFewZones(string zones, string given) => AwsSample.Messages(("cluster.eks.network", $$"""{ "create": { "zones": {{zones}} } }""")).ShouldBe([
        $"""
        platform:cluster.eks.network.create.zones: does not name 3 different zones
          given:   {given}
          allowed: 3 zones, or none
          fix:     name as many zones as zoneCount says, each once
        """,
    ]);

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
    public void Rejects_TwoArchitecturesInOnePool() => AwsSample.Messages(("cluster.eks.nodePools.general.instanceTypes", """["m7i.large", "m7g.large"]""")).ShouldBe([
        """
        platform:cluster.eks.nodePools.general.instanceTypes: mixes x86-64 and Graviton, and one node group has one machine image
          given:   m7i.large, m7g.large
          allowed: instance types of one architecture
          fix:     make a pool for each
        """,
    ]);

    [Fact]
    public void Rejects_SpotNodesUnderProtectedWorkloads() => AwsSample.Messages(("production", "true"), ("cluster.eks.nodePools.general.spot", "true")).ShouldBe([
        """
        platform:cluster.eks.nodePools.general.spot: lets AWS take nodes back at two minutes' notice, and what a production stack protects may run on them
          given:   true
          allowed: false, or true with a taint that keeps everything away but pipelines
          fix:     taints: [{ key: workload, value: pipelines, effect: noSchedule }]
        """,
    ]);

    [Fact]
    public void Takes_SpotNodesForPipelines() => AwsSample.Messages(
        ("production", "true"), ("cluster.eks.nodePools.pipelines", """{ "instanceTypes": ["m7i.large"], "spot": true, "taints": [{ "key": "workload" }] }""")).ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "instanceTypes": ["m7i.large"], "taints": [{ "key": "workload" }] }""")]
    [InlineData("""{ "instanceTypes": ["m7i.large"], "minimum": 0 }""")]
    public void Rejects_NodesThatCoreDnsCannotRunOn(string pool) => AwsSample.Messages(("cluster.eks.autoscaler", "true"), ("cluster.eks.nodePools.general", pool)).ShouldBe([
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
    public void Rejects_LabelsThatNodesMayNotHave(string key, string what) => AwsSample.Messages(("cluster.eks.nodePools.general.labels", $$"""{ "{{key}}": "x" }""")).ShouldBe([
        $"""
        platform:cluster.eks.nodePools.general.labels.{key}: {what}
          allowed: up to 63 letters, digits, inner hyphens, dots and underscores, with or without a domain of your own and a slash before them
          fix:     for example workload, or example.com/workload
        """,
    ]);

    [Fact]
    public void Rejects_ValuesThatKubernetesHasNot() => AwsSample.Messages(
        ("cluster.eks.nodePools.general.labels", """{ "node.kubernetes.io/pool": "a b" }"""),
        ("cluster.eks.nodePools.general.taints", """[{ "key": "a b", "value": "-", "effect": "preferNoSchedule" }]""")).ShouldBe([
        """
        platform:cluster.eks.nodePools.general.labels.node.kubernetes.io/pool: is no value of a Kubernetes label
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

    [Theory]
    [InlineData("aws:x", "y")]
    [InlineData("team;", "y")]
    [InlineData("team", "a, b")]
    public void Rejects_ATagThatAwsHasNot(string key, string value) => AwsSample.Messages(("aws.tags", $$"""{ "{{key}}": "{{value}}" }""")).ShouldBe([
        $"""
        platform:aws.tags.{key}: is no tag that AWS takes
          given:   {value}
          allowed: a key of 1 to 128 and a value of up to 256 letters, digits, spaces and _ . : / = + - @; the key does not start with aws:
          fix:     costCenter: research
        """,
    ]);

    [Fact]
    public void Rejects_ServicesWhereAPeerIs() => AwsSample.Messages(("cluster.eks.network", """{ "create": { "peers": ["172.16.0.0/12"] } }""")).ShouldBe([
        """
        platform:cluster.eks.serviceBlock: overlaps with a peer of the VPC, 172.16.0.0/12, and pods would never reach it
          given:   172.20.0.0/16
          allowed: addresses that nothing in or near the VPC has
          fix:     choose another block for Services
        """,
    ]);

    [Fact]
    public void Rejects_AnAdministratorNamedTwice() => AwsSample.Messages(
        ("cluster.eks.administrators", """["arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:role/deploy"]""")).ShouldBe([
        """
        platform:cluster.eks.administrators[1]: is named twice, and a cluster has one access entry for each
          given:   arn:aws:iam::123456789012:role/deploy
          allowed: every role and user once
          fix:     remove one of them
        """,
    ]);

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

    [Fact]
    public void Rejects_AClusterThatNobodyAdministers() => AwsSample.Messages(("cluster.eks.administrators", "[]")).ShouldBe([
        """
        platform:cluster.eks.administrators: is empty, and nobody could use the cluster
          allowed: one IAM role or user or more
          fix:     add the role that runs Pulumi: aws sts get-caller-identity shows it
        """,
    ]);

    [Fact]
    public void Rejects_ASessionAsAdministrator() => AwsSample.Messages(("cluster.eks.administrators", """["arn:aws:sts::123456789012:assumed-role/deploy/me"]""")).ShouldBe([
        """
        platform:cluster.eks.administrators[0]: is not the ARN of an IAM user or role
          given:   arn:aws:sts::123456789012:assumed-role/deploy/me
          allowed: the ARN of an IAM user or role; for a session, that of its role
          fix:     for example administrators: [arn:aws:iam::123456789012:role/platform-deploy]
        """,
    ]);

    [Theory]
    [InlineData("größe")]
    [InlineData("-prod")]
    [InlineData("a.b")]
    public void Rejects_ANameThatEksHasNot(string name) => AwsSample.Messages(("cluster.eks.name", $"\"{name}\"")).ShouldBe([
        $"""
        platform:cluster.eks.name: is not a name that EKS takes
          given:   {name}
          allowed: 1 to 100 ASCII letters, digits, hyphens and underscores, starting with a letter or digit
          fix:     for example name: studio-prod
        """,
    ]);

    [Theory]
    [InlineData("cn-north-1")]
    [InlineData("eu-west-1a")]
    [InlineData("europe-west1")]
    public void Rejects_WhatIsNoRegion(string region) => AwsSample.Messages(("aws.region", $"\"{region}\"")).ShouldContain(
        $"""
        platform:aws.region: is not an AWS region
          given:   {region}
          allowed: a region of the commercial or GovCloud partition
          fix:     for example region: eu-west-1
        """);

    [Fact]
    public void Rejects_AVpcWithOneZone() => AwsSample.Messages(
        ("cluster", """{ "adoptedEks": { "name": "shared", "network": { "vpcId": "vpc-0123456789abcdef0", "privateSubnets": ["subnet-0123456789abcdef0"] } } }"""), ("dns.route53.internetFacing", "false")).ShouldBe([
        """
        platform:cluster.adoptedEks.network.privateSubnets: has not a subnet in two zones
          given:   subnet-0123456789abcdef0
          allowed: two subnets or more, each in another zone
          fix:     add the subnet of another zone
        """,
    ]);

    [Fact]
    public void Rejects_EksWithoutARegion() => AwsSample.Messages(("aws", null)).ShouldContain(
        """
        platform:aws: is missing, and platform:cluster.eks and platform:dns.route53 and platform:storage.efs and platform:redis.elastiCache need it
          allowed: an object with region
          fix:     describe platform:aws in the stack file, or remove platform:cluster.eks and platform:dns.route53 and platform:storage.efs and platform:redis.elastiCache
        """);
}
