namespace Tests.Stacks.Settings;

// Promise: a rule of the foundation's concepts that a stack file breaks is told with key, value, what is allowed and the fix.
public sealed class FoundationRulesTests
{
    private static readonly (string, string?) NoNfs = ("storage.nfs", null);

    [Fact]
    public void TheSamples_AreValid() =>
        (StackSample.Made.Messages(), StackSample.Existing.Messages()).ShouldBeEquivalentTo((Array.Empty<string>(), Array.Empty<string>()));

    [Fact]
    public void Rejects_AClusterWithoutAWayToIt() => StackSample.Made.Messages(("cluster.existing.context", null)).ShouldBe(
    [
        """
        platform:cluster.existing.context: is missing, and there is no platform:kubeconfig either
          allowed: the name of a kubeconfig context, or the secret platform:kubeconfig
          fix:     add context: <name>; kubectl config get-contexts lists the names
        """,
    ]);

    [Fact]
    public void Rejects_AClusterWithoutAName() => StackSample.Existing.Messages(("cluster.existing.context", null), ("cluster.existing.name", null)).ShouldBe(
    [
        """
        platform:cluster.existing.name: is missing, and no context stands in for it
          allowed: the name people know the cluster by
          fix:     add name: <name>
        """,
    ]);

    [Fact]
    public void Rejects_AStorageClassForBlockDisks() =>
        StackSample
            .Made.Messages(NoNfs, ("storage.existingClass", """{ "storageClassName": "gp3" }"""))
            .ShouldBe([
                """
                platform:storage.existingClass.storageClassName: is a class for block disks, which one node mounts at a time
                  given:   gp3
                  allowed: a class whose driver supports ReadWriteMany (EFS, FSx for Lustre, Filestore, NFS, CephFS)
                  fix:     kubectl get storageclass lists the classes
                """,
            ]);

    [Fact]
    public void Rejects_ANodeFolderThatNobodyCalledADemo() =>
        StackSample
            .Made.Messages(NoNfs, ("storage.hostPath", """{ "path": "/data", "singleNodeDemo": false }"""))
            .ShouldBe([
                """
                platform:storage.hostPath.singleNodeDemo: does not confirm that this is a demo on a single node
                  given:   false
                  allowed: true
                  fix:     set singleNodeDemo: true, or describe nfs or existingClass instead
                """,
            ]);

    [Fact]
    public void Rejects_ANodeFolderInProduction() =>
        StackSample.Made.Messages(("production", "true"), NoNfs, ("storage.hostPath", """{ "path": "/data", "singleNodeDemo": true }""")).ShouldBe(
        [
            """
            platform:storage.hostPath: is given in a production stack
              allowed: nfs or existingClass
              fix:     describe shared storage that outlives a node
            """,
        ]);

    [Fact]
    public void Rejects_ARelativeExport() => StackSample.Made.Messages(("storage.nfs.path", "\"exports\"")).ShouldBe(
    [
        """
        platform:storage.nfs.path: is not an absolute path
          given:   exports
          allowed: a path that starts with /, without empty parts, . or ..
          fix:     for example path: /exports/studios
        """,
    ]);

    [Theory]
    [InlineData("redis://cache:6379", "has a scheme")]
    [InlineData("cache", "has no port")]
    [InlineData("cache:70000", "has no port from 1 to 65535")]
    [InlineData("_:6379", "has no host name or address before the port")]
    public void Rejects_ARedisAddressThatConnectCannotUse(string address, string what) =>
        StackSample
            .Existing.Messages(("redis.existing.address", $"\"{address}\""))
            .ShouldBe([
                $"""
                platform:redis.existing.address: {what}
                  given:   {address}
                  allowed: host:port without a scheme; the port is 1 to 65535
                  fix:     for example address: redis.example.com:6379
                """,
            ]);

    [Fact]
    public void Rejects_ARedisUserWithoutAPassword() => (StackSample.Existing with { Secrets = [("kubeconfig", "x")] }).Messages().ShouldBe(
    [
        """
        platform:redis.existing.user: is given without platform:redisPassword
          given:   studios
          allowed: a user with its password, or neither
          fix:     pulumi config set --secret platform:redisPassword <value>, or remove user
        """,
    ]);

    [Fact]
    public void Rejects_AnUncheckedCertificateInProduction() => StackSample.Existing.Messages(("redis.existing.tls.skipVerify", "true")).ShouldBe(
    [
        """
        platform:redis.existing.tls.skipVerify: lets any host in the network pretend to be the server of a production stack
          given:   true
          allowed: false
          fix:     use a server whose certificate a public authority signed, or set production: false
        """,
    ]);

    [Fact]
    public void Rejects_ThePlatformsOwnDatabase() => StackSample.Made.Messages(("studios.redis.database", "0"), ("studios.redis.prefix", null)).ShouldBe(
    [
        """
        platform:studios.redis.database: is the database of the Platform, which shares the server
          given:   0
          allowed: 1 to 15, or a prefix of its own
          fix:     set database: 1
        """,
    ]);

    [Fact]
    public void Rejects_ADatabaseThatRedisDoesNotHave() => StackSample.Made.Messages(("studios.redis.database", "16")).ShouldBe(
    [
        """
        platform:studios.redis.database: is out of range
          given:   16
          allowed: a whole number from 0 to 15
          fix:     for example database: 0
        """,
    ]);

    [Fact]
    public void Rejects_AKeyThatIsTooShort() => StackSample.Made.Messages(("studios.signingKey.bits", "1024")).ShouldBe(
    [
        """
        platform:studios.signingKey.bits: is not one of the values there are
          given:   1024
          allowed: one of 2048, 3072, 4096
          fix:     for example bits: 2048
        """,
    ]);

    [Fact]
    public void Rejects_FewerReplicasAtMostThanAtLeast() => StackSample.Made.Messages(("studios.proxy.maxReplicas", "2")).ShouldBe(
    [
        """
        platform:studios.proxy.maxReplicas: is less than replicas
          given:   2
          allowed: 3 to 50
          fix:     set maxReplicas: 3 or more, or lower replicas
        """,
    ]);

    [Fact]
    public void Rejects_AReservedNamespace() => StackSample.Made.Messages(("tower.environments.research.namespace", "\"kube-system\"")).ShouldBe(
    [
        """
        platform:tower.environments.research.namespace: is reserved by Kubernetes
          given:   kube-system
          allowed: a Kubernetes name, neither default nor starting with kube-
          fix:     for example namespace: seqera-platform
        """,
    ]);

    [Fact]
    public void Rejects_TwoEnvironmentsInOneNamespace() =>
        StackSample
            .Made.Messages(("tower.environments.second", """{ "namespace": "tower-research", "scratch": {} }"""))
            .ShouldBe([
                """
                platform:tower.environments.second.namespace: is the namespace of research as well
                  given:   tower-research
                  allowed: a namespace of its own for each environment
                  fix:     for example namespace: tower-research-second
                """,
            ]);

    [Fact]
    public void Rejects_TwoEnvironmentsInOneDirectory() => StackSample.Made.Messages(
        ("tower.environments.second", """{ "namespace": "tower-second", "scratch": { "directory": "research" } }""")).ShouldBe(
    [
        """
        platform:tower.environments.second.scratch.directory: is the directory of research as well, so each sees the other's files
          given:   research
          allowed: a directory of its own for each environment
          fix:     for example directory: research-second
        """,
    ]);

    [Fact]
    public void Rejects_ADirectory_OfAStorageThatMakesVolumes() => StackSample.Made.Messages(
        NoNfs, ("storage.existingClass", """{ "storageClassName": "efs-sc" }"""), ("tower.environments.research.scratch.directory", "\"research\"")).ShouldBe(
    [
        """
        platform:tower.environments.research.scratch.directory: is given, but the class efs-sc makes an empty volume for every claim
          given:   research
          allowed: no directory
          fix:     remove directory
        """,
    ]);

    [Fact]
    public void Rejects_TowerWithoutEnvironments() => StackSample.Made.Messages(("tower", """{ "environments": {} }""")).ShouldBe(
    [
        """
        platform:tower.environments: has no entry
          allowed: one entry or more
          fix:     add an environment, or remove platform:tower
        """,
    ]);

    [Fact]
    public void Rejects_AConceptWhoseNeedsAreAbsent() => StackSample.Made.Messages(("redis", null)).ShouldBe(
    [
        """
        platform:redis: is missing, and platform:studios needs it
          allowed: an object with exactly one of inCluster, elastiCache, memorystore, existing
          fix:     describe platform:redis in the stack file, or remove platform:studios
        """,
    ]);

    [Fact]
    public void Rejects_ScratchWithoutStorage() =>
        StackSample
            .Made.Messages(("storage", null))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:storage: is missing, and platform:tower.environments.research.scratch needs it\n");

    [Fact]
    public void AMalformedConcept_IsNotCalledMissing() =>
        StackSample.Made.Messages(("storage.nfs.path", "7"), ("storage.nfs.server", null)).ShouldAllBe(message => !message.Contains("needs it"));
}
