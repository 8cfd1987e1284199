namespace Tests.Stacks.Settings.Aws;

// Promise: DNS, certificates, storage and caches that could not work together are refused in the stack file, with the way out.
public sealed class AwsServicesRulesTests
{
    [Fact]
    public void Rejects_AZoneThatDoesNotHoldTheHosts() => AwsSample.Messages(("dns.route53.zone", "\"connect.example.com\"")).ShouldContain(
        """
        platform:dns.route53.zone: does not hold platform.example.com
          given:   connect.example.com
          allowed: a zone at or above every host of the platform
          fix:     zone: example.com, or other hosts
        """);

    [Fact]
    public void Rejects_AMissingZone() => AwsSample.Messages(("dns.route53.zone", null)).ShouldBe([
        """
        platform:dns.route53.zone: is missing
          allowed: two or more labels of letters, digits and inner hyphens, without scheme, port or path
          fix:     add zone: example.com
        """,
    ]);

    [Fact]
    public void Rejects_ACertificateWithoutTheSessionWildcard() =>
        AwsSample
            .Messages(
                (
                    "dns.route53.certificate",
                    """
                    { "arn": "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef", "names": ["platform.example.com", "connect.example.com"] }
                    """))
            .ShouldBe([
                """
                platform:dns.route53.certificate.names: do not cover *.example.com
                  given:   platform.example.com, connect.example.com
                  allowed: names that cover every host, the session wildcard among them
                  fix:     give a certificate with that name, or remove certificate to have one issued
                """,
            ]);

    [Fact]
    public void Rejects_ACertificateOfAnotherRegion() => AwsSample.Messages(("dns.route53.certificate", """
        { "arn": "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef", "names": ["*.example.com"] }
        """)).ShouldBe([
        """
        platform:dns.route53.certificate.arn: is in another region than the load balancer, which stands in eu-west-1
          given:   arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef
          allowed: a certificate in eu-west-1
          fix:     issue or import it there: aws acm request-certificate --region eu-west-1, or remove certificate
        """,
    ]);

    [Theory]
    [InlineData("sun:03:00-sun:04:00", "03:30-04:30")]
    [InlineData("sun:23:30-mon:00:30", "00:00-01:00")]
    [InlineData("wed:10:00-wed:14:00", "11:00-12:00")]
    [InlineData("wed:00:00-wed:02:00", "23:30-00:30")]
    public void Rejects_WindowsThatMeet(string maintenance, string snapshot) => AwsSample.Messages(
        ("redis.elastiCache.maintenanceWindow", $"\"{maintenance}\""), ("redis.elastiCache.snapshotWindow", $"\"{snapshot}\"")).ShouldBe([
        $"""
        platform:redis.elastiCache.snapshotWindow: overlaps with maintenanceWindow, {maintenance}, and ElastiCache wants them apart
          given:   {snapshot}
          allowed: an hour outside of maintenanceWindow
          fix:     move one of the two
        """,
    ]);

    [Fact]
    public void Rejects_AWindowUnderAnHour() => AwsSample.Messages(("redis.elastiCache.maintenanceWindow", "\"sun:23:30-mon:00:00\"")).ShouldBe([
        """
        platform:redis.elastiCache.maintenanceWindow: is shorter than ElastiCache takes
          given:   sun:23:30-mon:00:00
          allowed: 60 minutes or more
          fix:     let it end later
        """,
    ]);

    [Theory]
    [InlineData("sun:04:00-sun:05:00", "03:00-04:00")]
    [InlineData("sun:23:00-mon:00:00", "00:00-01:00")]
    public void Takes_WindowsThatTouch(string maintenance, string snapshot) => AwsSample.Messages(
        ("redis.elastiCache.maintenanceWindow", $"\"{maintenance}\""), ("redis.elastiCache.snapshotWindow", $"\"{snapshot}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("80")]
    [InlineData("443")]
    public void Rejects_SshOnAPortOfTheWeb(string port) => AwsSample.Messages(("studios.ssh", $$"""{ "workspaces": "all", "port": {{port}} }""")).ShouldBe([
        $"""
        platform:studios.ssh.port: is taken by the web on the host that SSH shares with it
          given:   {port}
          allowed: any port but 80 and 443, or ownHost
          fix:     port: 2222
        """,
    ]);

    [Fact]
    public void Rejects_ADelegationThatCannotBe() => AwsSample.Messages(("dns.route53.parentZone", "\"com.example\"")).ShouldBe([
        """
        platform:dns.route53.parentZone: is given, and no zone is made that it could delegate
          given:   com.example
          allowed: a zone above the one that createZone: true makes
          fix:     set createZone: true with a zone below it, or remove parentZone
        """,
    ]);

    [Fact]
    public void Rejects_AnInternetLoadBalancerWithoutPublicSubnets() => AwsSample.Messages(AwsSample.Adopted).ShouldBe([
        """
        platform:dns.route53.internetFacing: needs public subnets, and the VPC of the cluster names none
          given:   true
          allowed: false, or publicSubnets in the cluster's network
          fix:     internetFacing: false
        """,
    ]);

    [Fact]
    public void Rejects_TwoLoadBalancers() => AwsSample.Messages(("studios.ingress.alb", "{}")).ShouldBe([
        """
        platform:dns.route53.loadBalancer: makes a load balancer, and platform:studios.ingress would make a second one
          given:   stack
          allowed: ingress, or no studios.ingress
          fix:     loadBalancer: ingress, or remove platform:studios.ingress
        """,
    ]);

    [Fact]
    public void Rejects_IngressesThatNobodyDescribes() => AwsSample.Messages(("dns.route53.loadBalancer", "\"ingress\"")).ShouldBe([
        """
        platform:dns.route53.loadBalancer: leaves the load balancer to Ingresses, and platform:studios.ingress describes none for an ALB
          given:   ingress
          allowed: stack, or ingress beside studios.ingress.alb
          fix:     add ingress: { alb: {} } to platform:studios
        """,
    ]);

    [Fact]
    public void Takes_IngressesWithTheDomainsOwnCertificate() =>
        AwsSample.Messages(("dns.route53.loadBalancer", "\"ingress\""), ("studios.ingress.alb", "{}")).ShouldBeEmpty();

    [Fact]
    public void Rejects_HostsThatLeadNowhere() => AwsSample.Messages(("dns.route53.extraHosts", """["user-data.example.com"]""")).ShouldBe([
        """
        platform:dns.route53.extraHosts: are hosts of the Platform's frontend, and platformService does not say where that is
          given:   user-data.example.com
          allowed: no further hosts, or platformService beside them
          fix:     platformService: {}
        """,
    ]);

    [Fact]
    public void Rejects_MoreNamesThanACertificateHolds() => AwsSample.Messages(
        ("studios.pathRouting", "true"),
        ("dns.route53.platformService", "{}"),
        ("dns.route53.extraHosts", $"[{string.Join(", ", Enumerable.Range(1, 9).Select(number => $"\"h{number}.example.com\""))}]")).ShouldBe([
        """
        platform:dns.route53.extraHosts: brings the certificate to 11 names
          allowed: 10 names on one certificate
          fix:     move hosts below the session wildcard, or give a certificate of your own
        """,
    ]);

    [Theory]
    [InlineData(1500, "1200 or 2400")]
    [InlineData(3600, "2400 or 4800")]
    public void Rejects_ASizeThatLustreHasNot(int size, string fix) =>
        AwsSample
            .Messages(("storage", $$"""{ "fsxLustre": { "capacityGiB": {{size}} } }"""))
            .ShouldBe([
                $"""
                platform:storage.fsxLustre.capacityGiB: is no size that FSx for Lustre makes
                  given:   {size}
                  allowed: 1200, or a multiple of 2400
                  fix:     capacityGiB: {fix}
                """,
            ]);

    [Fact]
    public void Rejects_ADirectoryOnLustre() => AwsSample.Messages(
        ("storage", """{ "fsxLustre": { "capacityGiB": 1200 } }"""), ("tower.environments.research.scratch.directory", "\"a\"")).ShouldContain(
        """
        platform:tower.environments.research.scratch.directory: is given, and every claim on FSx for Lustre is the whole file system
          given:   a
          allowed: no directory
          fix:     remove directory, or choose efs
        """);

    [Fact]
    public void Rejects_ADiskClassForSharedStorage() => AwsSample.Messages(("storage", """{ "existingClass": { "storageClassName": "gp3" } }""")).ShouldBe([
        """
        platform:storage.existingClass.storageClassName: is a class for block disks, which one node mounts at a time
          given:   gp3
          allowed: a class whose driver supports ReadWriteMany (EFS, FSx for Lustre, Filestore, NFS, CephFS)
          fix:     kubectl get storageclass lists the classes
        """,
    ]);

    [Fact]
    public void Rejects_RedisInClusterMode() => AwsSample.Messages(("redis.elastiCache.clusterMode", "true")).ShouldBe([
        """
        platform:redis.elastiCache.clusterMode: gives a server without numbered databases, and Studios selects one
          given:   true
          allowed: false
          fix:     remove clusterMode, and choose a larger nodeType
        """,
    ]);

    [Theory]
    [InlineData("nodes", "1", "leaves a production stack without a server while its node is away", "2 to 6", "nodes: 2")]
    [InlineData("snapshotRetentionDays", "0", "leaves a production stack without snapshots", "1 to 35", "snapshotRetentionDays: 7")]
    public void Rejects_ACacheThatProductionCannotTrust(string key, string value, string what, string allowed, string fix) =>
        AwsSample.Messages(("production", "true"), ($"redis.elastiCache.{key}", value)).ShouldBe([
            $"""
            platform:redis.elastiCache.{key}: {what}
              given:   {value}
              allowed: {allowed}
              fix:     {fix}
            """,
        ]);

    [Fact]
    public void Rejects_AnEc2TypeForACache() => AwsSample.Messages(("redis.elastiCache.nodeType", "\"m7g.large\"")).ShouldBe([
        """
        platform:redis.elastiCache.nodeType: is not an instance type
          given:   m7g.large
          allowed: family, generation and size, as in cache.m7g.large
          fix:     for example nodeType: cache.m7g.large
        """,
    ]);

    [Fact]
    public void Rejects_FilesWithoutACopyInProduction() => AwsSample.Messages(("production", "true"), ("storage.efs.backup", "false")).ShouldBe([
        """
        platform:storage.efs.backup: leaves the files of a production stack without a copy
          given:   false
          allowed: true, or platform:backup beside it
          fix:     backup: true, or platform:backup: {}
        """,
    ]);

    [Fact]
    public void Rejects_StorageBesideAClusterWithoutAVpc() =>
        AwsSample
            .Messages(
                ("cluster", """{ "existing": { "context": "kind", "kind": "eks" } }"""),
                ("dns", null),
                ("redis", """{ "inCluster": {} }"""),
                ("tower", null))
            .ShouldBe([
                """
                platform:storage.efs: needs the VPC of the cluster, and the stack file does not say it
                  allowed: a cluster of the kind eks or adoptedEks
                  fix:     describe the cluster as adoptedEks, or choose another kind here
                """,
            ]);

    [Fact]
    public void Rejects_ThePlatformAsAdministrator() =>
        AwsSample
            .Messages(("tower.eks", """{ "principal": "arn:aws:iam::123456789012:role/deploy" }"""))
            .ShouldBe([
                """
                platform:tower.eks.principal: administers the cluster already, and a principal has one access entry
                  given:   arn:aws:iam::123456789012:role/deploy
                  allowed: a principal of its own, or one that assumes a role
                  fix:     give the Platform its own IAM user, or set externalId
                """,
            ]);

    [Fact]
    public void Rejects_ABucketByItsUrl() => AwsSample.Messages(("tower.environments.research.fusion.buckets", """["s3://example-work"]""")).ShouldBe([
        """
        platform:tower.environments.research.fusion.buckets[0]: is not the name of a bucket
          given:   s3://example-work
          allowed: 3 to 63 lower-case letters, digits, dots and inner hyphens, without s3:// and without a path
          fix:     for example buckets: [example-work]
        """,
    ]);
}
