namespace Tests.Stacks.Settings.Tower;

// Promise: whatever would leave the Platform without a working compute environment is refused before anything is deployed, with the line that puts it right.
public sealed class TowerRulesTests
{
    private const string Research = "tower.environments.research";

    private static readonly StackSample Eks = new("""
        {
          "aws": { "region": "eu-west-1" },
          "cluster": {
            "adoptedEks": {
              "name": "shared", "authenticationMode": "api",
              "network": { "vpcId": "vpc-0a1b2c3d4e5f60718", "privateSubnets": ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"] }
            }
          },
          "tower": {
            "eks": { "principal": "arn:aws:iam::123456789012:user/seqera-platform" },
            "environments": { "research": { "fusion": { "buckets": ["example-work"] } } }
          }
        }
        """);

    private static readonly StackSample Gke = new("""
        {
          "gcp": { "project": "example-shared", "region": "europe-west4" },
          "cluster": { "adoptedGke": { "name": "shared" } },
          "tower": {
            "gke": { "serviceAccount": "seqera@example-shared.iam.gserviceaccount.com" },
            "environments": { "research": { "fusion": { "buckets": ["example-work"] } } }
          }
        }
        """);

    [Fact]
    public void TheSamples_AreValid()
    {
        Eks.Messages().ShouldBeEmpty();
        Gke.Messages().ShouldBeEmpty();
        StackSample.Made.Messages().ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_ANamespaceThatIsNoLabel() => StackSample.Made.Messages(($"{Research}.namespace", "\"Tower_NF\"")).ShouldBe(
    [
        """
        platform:tower.environments.research.namespace: is not a Kubernetes name
          given:   Tower_NF
          allowed: a Kubernetes name, neither default nor starting with kube-
          fix:     for example namespace: seqera-platform
        """,
    ]);

    [Theory]
    [InlineData("default")]
    [InlineData("kube-public")]
    public void Rejects_AReservedNamespace(string name) =>
        StackSample
            .Made.Messages(($"{Research}.namespace", $"\"{name}\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:tower.environments.research.namespace: is reserved by Kubernetes\n");

    [Theory]
    [InlineData("1Ti", "is smaller than the volume lustre, which a claim binds whole")]
    [InlineData("5Ti", "is larger than the volume lustre, which would never be bound")]
    public void Rejects_AClaimOfAnotherSizeThanItsVolume(string size, string what) => StackSample.Made
        .Messages(($"{Research}.scratch", $$"""{ "size": "{{size}}", "volume": { "name": "lustre", "size": "4800Gi" } }""")).ShouldBe(
    [
        $"""
        platform:tower.environments.research.scratch.size: {what}
          given:   {size}
          allowed: the size of the volume, 4800Gi
          fix:     size: 4800Gi
        """,
    ]);

    [Fact]
    public void AVolume_NeedsNoOtherStorage() => StackSample.Made
        .Messages(("storage", null), ($"{Research}.scratch", """{ "size": "4.8k", "volume": { "name": "lustre", "size": "4800" } }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_ADirectoryOnAVolume() => StackSample.Made
        .Messages(($"{Research}.scratch", """{ "size": "1Ti", "directory": "runs", "volume": { "name": "lustre", "size": "1Ti" } }""")).ShouldBe(
    [
        """
        platform:tower.environments.research.scratch.directory: is given, but the volume lustre decides itself what its root is
          given:   runs
          allowed: no directory
          fix:     remove directory
        """,
    ]);

    [Theory]
    [InlineData("gp3")]
    [InlineData("standard-rwo")]
    public void Rejects_AClassThatOneNodeMounts(string name) =>
        StackSample
            .Made.Messages(("storage", $$"""{ "existingClass": { "storageClassName": "{{name}}" } }"""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:storage.existingClass.storageClassName: is a class for block disks, which one node mounts at a time\n");

    [Fact]
    public void Rejects_AMountPathThatIsNotAbsolute() => StackSample.Made.Messages(($"{Research}.scratch.mountPath", "\"scratch\"")).ShouldBe(
    [
        """
        platform:tower.environments.research.scratch.mountPath: is not an absolute path
          given:   scratch
          allowed: a path that starts with /, without empty parts, . or ..
          fix:     for example mountPath: /exports/studios
        """,
    ]);

    [Fact]
    public void Rejects_TheRootAsMountPath() =>
        StackSample
            .Made.Messages(($"{Research}.scratch.mountPath", "\"/\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:tower.environments.research.scratch.mountPath: would hide every file of the container\n");

    [Theory]
    [InlineData("/work")]
    [InlineData("/scratchy/runs")]
    [InlineData("/scratch/../etc")]
    public void Rejects_AWorkDirectoryOutsideTheMount(string path) => StackSample.Made.Messages(($"{Research}.workDir", $"\"{path}\"")).ShouldBe(
    [
        $"""
        platform:tower.environments.research.workDir: lies outside platform:tower.environments.research.scratch.mountPath, /scratch
          given:   {path}
          allowed: /scratch or a directory below it
          fix:     for example workDir: /scratch
        """,
    ]);

    [Theory]
    [InlineData("runs", "is not an absolute path")]
    [InlineData("s3://elsewhere/runs", "lies in no bucket of fusion")]
    [InlineData("s3://example-work-2", "lies in no bucket of fusion")]
    [InlineData("gs://example-work", "lies in no bucket of fusion")]
    [InlineData("/scratch", "is a path, and there is no scratch claim that it could lie on")]
    public void Rejects_AWorkDirectoryThatRunsCannotReach(string path, string what) =>
        Eks.Messages(($"{Research}.workDir", $"\"{path}\"")).ShouldHaveSingleItem().ShouldStartWith($"platform:tower.environments.research.workDir: {what}\n");

    [Theory]
    [InlineData("s3://example-work")]
    [InlineData("s3://example-work/runs/a")]
    public void AWorkDirectory_MayLieInABucketOfFusion(string path) => Eks.Messages(($"{Research}.workDir", $"\"{path}\"")).ShouldBeEmpty();

    [Fact]
    public void OnGke_BucketsAreThoseOfCloudStorage()
    {
        Gke.Messages(($"{Research}.workDir", "\"gs://example-work/runs\"")).ShouldBeEmpty();
        Gke.Messages(($"{Research}.workDir", "\"s3://example-work\"")).ShouldBe(
        [
            """
            platform:tower.environments.research.workDir: lies in no bucket of fusion
              given:   s3://example-work
              allowed: gs://example-work, with or without a path
              fix:     for example workDir: gs://example-work
            """,
        ]);
    }

    [Fact]
    public void Rejects_AnEnvironmentWithoutWorkDirectory() => StackSample.Made.Messages(($"{Research}.scratch", null)).ShouldBe(
    [
        """
        platform:tower.environments.research.scratch: is missing, and so is fusion: runs have no work directory
          allowed: scratch, or fusion
          fix:     add scratch: {}
        """,
    ]);

    [Fact]
    public void Rejects_OneAccountForHeadJobsAndTasks() =>
        StackSample
            .Made.Messages(($"{Research}.computeServiceAccount", "\"tower-launcher-sa\""))
            .ShouldBe([
                """
                platform:tower.environments.research.computeServiceAccount: is the head service account as well, and tasks would launch pods and read configuration like it
                  given:   tower-launcher-sa
                  allowed: an account of its own
                  fix:     computeServiceAccount: tower-compute-sa
                """,
            ]);

    [Theory]
    [InlineData("arn:aws:iam::12345:user/seqera")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/seqera/session")]
    [InlineData("seqera-platform")]
    public void Rejects_AMalformedArn(string arn) => Eks.Messages(("tower.eks.principal", $"\"{arn}\"")).ShouldBe(
    [
        $"""
        platform:tower.eks.principal: is not the ARN of an IAM user or role
          given:   {arn}
          allowed: the ARN of an IAM user or role; for a session, that of its role
          fix:     for example principal: arn:aws:iam::123456789012:user/seqera-platform
        """,
    ]);

    [Theory]
    [InlineData("seqera@", "is not an e-mail address")]
    [InlineData("seqera@project", "is not an e-mail address")]
    [InlineData("system:masters", "is reserved by Kubernetes")]
    [InlineData("two words", "contains spaces")]
    public void Rejects_AMalformedSubject(string user, string what) => StackSample.Made.Messages(($"{Research}.users", $"[\"{user}\"]")).ShouldBe(
    [
        $"""
        platform:tower.environments.research.users[0]: {what}
          given:   {user}
          allowed: 1 to 253 characters without spaces, not starting with system:; with an @ an e-mail address
          fix:     for example users: [tower-launcher-user]
        """,
    ]);

    [Fact]
    public void Rejects_AMalformedEmail_OfTheGoogleAccount() =>
        Gke.Messages(("tower.gke.serviceAccount", "\"seqera@gmail\"")).ShouldHaveSingleItem().ShouldStartWith("platform:tower.gke.serviceAccount: is not ");

    [Fact]
    public void Rejects_AwsAuthBesideAnAccessEntry_InApiMode() => Eks.Messages(("tower.eks.access", """["accessEntry", "awsAuth"]""")).ShouldBe(
    [
        """
        platform:tower.eks.access: names awsAuth, and the cluster reads access entries only
          given:   [accessEntry, awsAuth]
          allowed: accessEntry
          fix:     access: [accessEntry]
        """,
    ]);

    [Fact]
    public void Rejects_AnAccessEntry_InConfigMapMode() =>
        Eks.Messages(("cluster.adoptedEks.authenticationMode", "\"configMap\""), ("tower.eks.access", """["accessEntry"]"""))
            .ShouldBe([
                """
                platform:tower.eks.access: names accessEntry, and the cluster reads aws-auth only
                  given:   [accessEntry]
                  allowed: awsAuth
                  fix:     access: [awsAuth]
                """,
            ]);

    [Fact]
    public void BothWays_AreForAMove() =>
        Eks.Messages(("cluster.adoptedEks.authenticationMode", "\"apiAndConfigMap\""), ("tower.eks.access", """["accessEntry", "awsAuth"]""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_ATokenThatDoesNotExpire_WhereTheCloudSignsIn() => Eks.Messages(($"{Research}.token", "true")).ShouldBe(
    [
        """
        platform:tower.environments.research.token: is true, and the Platform signs in to EKS and GKE with cloud credentials, which expire
          given:   true
          allowed: false
          fix:     remove token, and describe platform:tower eks or gke
        """,
    ]);

    [Fact]
    public void Rejects_ALocation_OfAPlainCluster() => StackSample.Made.Messages(("tower.location", "\"eu-west-1\"")).ShouldBe(
    [
        """
        platform:tower.location: is given for a plain Kubernetes cluster, which has none
          given:   eu-west-1
          allowed: no location, or kind: eks or gke in platform:cluster
          fix:     remove location
        """,
    ]);

    [Fact]
    public void Rejects_AServerWithoutEncryption() =>
        StackSample
            .Made.Messages(("tower.server", "\"http://10.0.0.1:6443\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:tower.server: does not use https\n");

    [Fact]
    public void Rejects_ABoundWithoutDefaults() =>
        StackSample
            .Made.Messages(($"{Research}.limits", """{ "cpu": "200" }"""))
            .ShouldBe([
                """
                platform:tower.environments.research.limits.containerDefaults: is missing, and with a bound of cpu or memory Kubernetes refuses every pod that asks for neither
                  allowed: cpu and memory of a container that does not say
                  fix:     add containerDefaults: { cpu: 500m, memory: 1Gi }
                """,
            ]);

    [Fact]
    public void Rejects_DefaultsAboveTheMaximum() =>
        StackSample
            .Made.Messages(
                ($"{Research}.limits", """{ "containerDefaults": { "cpu": "2", "memory": "1Gi" }, "containerMaximum": { "cpu": "1500m", "memory": "1Gi" } }"""))
            .ShouldBe([
                """
                platform:tower.environments.research.limits.containerDefaults.cpu: is above platform:tower.environments.research.limits.containerMaximum.cpu, 1500m
                  given:   2
                  allowed: 1500m or less
                  fix:     cpu: 1500m
                """,
            ]);

    [Theory]
    [InlineData("headPodSpec", "nodeSelector: [", "is not YAML")]
    [InlineData("servicePodSpec", "just words", "is YAML, but not a mapping")]
    public void Rejects_APodSpecThatIsNone(string key, string text, string what) =>
        StackSample
            .Made.Messages(($"{Research}.launch.{key}", $"\"{text}\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith($"platform:tower.environments.research.launch.{key}: {what}\n");

    [Fact]
    public void Rejects_AVariableThatIsNone() => StackSample.Made.Messages(($"{Research}.launch.environment", """{ "2nd": { "value": "x" } }"""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:tower.environments.research.launch.environment.2nd: is not the name of an environment variable");

    [Fact]
    public void Rejects_TheNodesFolder_WithoutTheOperatorsWord() =>
        StackSample
            .Made.Messages(("storage", """{ "hostPath": { "path": "/srv", "singleNodeDemo": false } }"""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:storage.hostPath.singleNodeDemo: does not confirm that this is a demo on a single node\n");
}
