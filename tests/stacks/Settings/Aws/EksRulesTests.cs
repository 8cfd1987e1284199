using Stacks.Settings;

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
        platform:cluster.eks.version: is no Kubernetes version that EKS supports on 2026-11-26
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
    public void Rejects_ABlockThatIsNoVpc(string block, string what) =>
        AwsSample
            .Messages(("cluster.eks.network", $$"""{ "create": { "block": "{{block}}" } }"""))
            .ShouldBe([
                $"""
                platform:cluster.eks.network.create.block: {what}
                  given:   {block}
                  allowed: a /16 to /20
                  fix:     block: 10.20.0.0/16
                """,
            ]);

    [Fact]
    public void Rejects_ABlockThatAPeerHas() =>
        AwsSample
            .Messages(("cluster.eks.network", """{ "create": { "block": "10.20.0.0/16", "peers": ["10.0.0.0/16", "10.20.128.0/20"] } }"""))
            .ShouldBe([
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
    public void Rejects_AZoneOfAnotherRegion() =>
        AwsSample
            .Messages(("cluster.eks.network", """{ "create": { "zones": ["eu-west-1a", "eu-west-1b", "us-east-1c"] } }"""))
            .ShouldBe([
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
    public void Rejects_TooFewZones(string zones, string given) =>
        AwsSample
            .Messages(("cluster.eks.network", $$"""{ "create": { "zones": {{zones}} } }"""))
            .ShouldBe([
                $"""
                platform:cluster.eks.network.create.zones: does not name 3 different zones
                  given:   {given}
                  allowed: 3 zones, or none
                  fix:     name as many zones as zoneCount says, each once
                """,
            ]);

    [Theory]
    [InlineData("aws:x", "y")]
    [InlineData("team;", "y")]
    [InlineData("team", "a, b")]
    public void Rejects_ATagThatAwsHasNot(string key, string value) => AwsSample.Messages(("aws.tags", $$"""{ "{{key}}": "{{value}}" }""")).ShouldBe([
        $"""
        {new SettingPath("platform:aws.tags").Entry(key)}: is no tag that AWS takes
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
    public void Rejects_AClusterThatNobodyAdministers() => AwsSample.Messages(("cluster.eks.administrators", "[]")).ShouldBe([
        """
        platform:cluster.eks.administrators: is empty, so that no principal has access to the cluster
          allowed: one IAM role or user or more
          fix:     add the role that runs Pulumi: aws sts get-caller-identity shows it
        """,
    ]);

    [Fact]
    public void Rejects_ASessionAsAdministrator() =>
        AwsSample
            .Messages(("cluster.eks.administrators", """["arn:aws:sts::123456789012:assumed-role/deploy/me"]"""))
            .ShouldBe([
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
    public void Rejects_AVpcWithOneZone() =>
        AwsSample
            .Messages(
                (
                    "cluster",
                    """{ "adoptedEks": { "name": "shared", "network": { "vpcId": "vpc-0123456789abcdef0", "privateSubnets": ["subnet-0123456789abcdef0"] } } }"""),
                ("dns.route53.internetFacing", "false"))
            .ShouldBe([
                """
                platform:cluster.adoptedEks.network.privateSubnets: does not name subnets in two zones
                  given:   subnet-0123456789abcdef0
                  allowed: two subnets or more, each in another zone
                  fix:     add the subnet of another zone
                """,
            ]);

    [Fact]
    public void Rejects_EksWithoutARegion() =>
        AwsSample
            .Messages(("aws", null))
            .ShouldContain(
                """
                platform:aws: is missing, and platform:cluster.eks and platform:dns.route53 and platform:storage.efs and platform:redis.elastiCache need it
                  allowed: an object with region
                  fix:     describe platform:aws in the stack file, or remove platform:cluster.eks and platform:dns.route53 and platform:storage.efs and platform:redis.elastiCache
                """);
}
