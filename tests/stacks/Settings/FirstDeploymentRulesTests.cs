using Stacks.Commands;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings;

// Promise: a stack file whose first update would fail, or share what it may not, is told so with both ways out.
public sealed class FirstDeploymentRulesTests
{
    private const string Eks = """{ "administrators": ["arn:aws:iam::123456789012:role/deploy"], "publicAccess": ["203.0.113.0/24"], "nodePools": { "general": { "instanceTypes": ["m7i.large"] } } }""";
    private const string Aws = """{ "region": "eu-west-1" }""";
    private const string Studios = """{ "platform": { "url": "https://platform.example.com", "version": "26.1.3" }, "connectUrl": "https://connect.example.com" }""";

    private static readonly StackSample OnNewCluster = new(
        $$"""{ "aws": {{Aws}}, "cluster": { "eks": {{Eks}} }, "redis": { "elastiCache": {} }, "studios": {{Studios}} }""");

    [Fact]
    public void TheSampleOnANewCluster_IsValid() => OnNewCluster.Messages().ShouldBeEmpty();

    [Theory]
    [InlineData(null, null, "state: absent with createNamespace: true")]
    [InlineData(null, "true", "state: absent")]
    [InlineData("\"absent\"", "true", null)]
    [InlineData("\"installed\"", null, null)]
    public void ANewCluster_IsAskedWhereThePlatformStands(string? state, string? createNamespace, string? first) => Warnings(OnNewCluster.Raw(
        ("studios.platform.state", state), ("studios.platform.createNamespace", createNamespace))).ShouldBe(first is null ? [] : [
        $"""
        platform:studios.platform.state: is not said, and this stack makes the cluster: its first update would patch a Platform that nobody has installed in seqera-platform yet
          allowed: absent, then installed
          fix:     say {first} until it is installed (docs/first-deployment.md), and state: installed once it is
        """,
    ]);

    [Theory]
    [InlineData("""{ "existing": { "context": "research", "kind": "eks" } }""", null)]
    [InlineData("""{ "adoptedEks": { "name": "shared", "network": { "vpcId": "vpc-0a1b2c3d4e5f60718", "privateSubnets": ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"] } } }""", Aws)]
    public void AClusterThatExists_IsNotAsked(string cluster, string? account) =>
        Warnings(OnNewCluster.Raw(("aws", account), ("cluster", cluster), ("redis", """{ "inCluster": {} }"""))).ShouldBeEmpty();

    [Fact]
    public void AnEnvironmentInANamespaceThatNobodyMade_IsWarnedOf() => Warnings(OnNewCluster.Raw(
        ("studios.platform.state", "\"installed\""),
        ("tower", """{ "eks": { "principal": "arn:aws:iam::123456789012:user/seqera" }, "environments": { "research": { "namespace": "team-a", "createNamespace": false, "fusion": { "buckets": ["example-work"] } } } }""")))
        .ShouldBe([
            """
            platform:tower.environments.research.createNamespace: is false, and the cluster that this stack makes has no namespace team-a at its first update
              given:   false
              allowed: true, or false once somebody has made the namespace
              fix:     remove createNamespace, or add the environment later
            """,
        ]);

    [Fact]
    public void Check_SaysWhatIsWorthASecondLook_AndEndsWell()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var config = OnNewCluster.Raw().Values.ToDictionary(entry => $"platform:{entry.Key}", entry => entry.Value, StringComparer.Ordinal);
        string? Environment(string name) => name == "PULUMI_CONFIG" ? System.Text.Json.JsonSerializer.Serialize(config) : null;

        ToolCommands.Run(["config", "--check"], Environment, output, error).ShouldBe(0);
        output.ToString().ShouldBe("");
        error.ToString().ShouldStartWith("One setting of the stack is worth a second look:\n\nplatform:studios.platform.state: is not said, ");
    }

    [Theory]
    [MemberData(nameof(StackFilesTests.Files), MemberType = typeof(StackFilesTests))]
    public void AStackFileOfTheRepository_HasNoWarning_ButOfWhatOnlyItsOperatorCanSee(string file) =>
        StackFilesTests.Read(file).Warnings.Select(warning => warning.Path.Text).ShouldBe(file.Replace('\\', '/') switch
        {
            "stacks/examples/Pulumi.data-studios-24.yaml" => ["platform:studios.connectImages"],
            "stacks/examples/Pulumi.gke-adopt.yaml" => ["platform:studios.ssh.workspaces"],
            "stacks/examples/Pulumi.studios-gke.yaml" or "stacks/examples/Pulumi.studios-path-routing.yaml" => ["platform:studios.ingress.gce.healthCheckPath"],
            "stacks/examples/Pulumi.studios-traefik-ssh.yaml" => ["platform:studios.ingress.traefik.certificateResolver"],
            _ => (string[])[],
        });

    [Fact]
    public void Rejects_AnAbsentPlatform_WithoutANamespaceForIt() => OnNewCluster.Messages(("studios.platform.state", "\"absent\"")).ShouldBe([
        """
        platform:studios.platform.createNamespace: is false, and the cluster that this stack makes has no namespace seqera-platform for what the Platform's installation needs
          given:   false
          allowed: true with state: absent on a new cluster
          fix:     createNamespace: true, now and when the Platform is installed
        """,
    ]);

    [Theory]
    [InlineData("\"present\"")]
    [InlineData("true")]
    public void Rejects_AnotherWordForTheState(string state) => OnNewCluster.Messages(("studios.platform.state", state)).ShouldHaveSingleItem()
        .ShouldStartWith("platform:studios.platform.state: is not one of absent, installed\n");

    [Fact]
    public void TakesRedisAndDns_BeforeStudios() => OnNewCluster.Messages(
        ("studios", null), ("dns", """{ "route53": { "zone": "example.com", "createZone": true } }""")).ShouldBeEmpty();

    [Fact]
    public void WarnsOfConcepts_ThatMakeNothingWithoutStudios() => Warnings(StackSample.Made.Raw(
        ("studios", null), ("redis", """{ "existing": { "address": "redis.example.com:6379" } }"""))).ShouldBe([
        """
        platform:redis.existing: nothing uses the server as long as platform:studios is not described
          allowed: given beside platform:studios
          fix:     describe platform:studios, or leave redis out until then
        """,
    ]);

    [Fact]
    public void Rejects_AServerInTheClusterWithoutANamespace() => StackSample.Made.Messages(("studios", null)).ShouldBe([
        """
        platform:studios: is missing, and platform:redis.inCluster needs the namespace of Studios
          allowed: Seqera Studios beside the server, or its namespace there
          fix:     describe platform:studios, or say where it is going to be: platform:redis.inCluster.namespace: seqera-platform
        """,
    ]);

    [Fact]
    public void TakesAServerInTheCluster_WithTheNamespaceThatStudiosIsGoingToHave() =>
        StackSample.Made.Messages(("studios", null), ("redis.inCluster.namespace", "\"seqera\"")).ShouldBeEmpty();

    [Fact]
    public void Rejects_AServerInTheCluster_OnANewClusterWithoutStudios() =>
        OnNewCluster.Messages(("studios", null), ("redis", """{ "inCluster": { "namespace": "seqera" } }""")).ShouldBe([
            """
            platform:studios: is missing, and platform:redis.inCluster needs the namespace that it makes: the new cluster has none
              allowed: Seqera Studios beside the server
              fix:     describe platform:studios with platform: { state: absent, createNamespace: true }, or remove platform:redis.inCluster
            """,
        ]);

    [Fact]
    public void Rejects_AServerInAnotherNamespaceThanStudios() => StackSample.Made.Messages(("redis.inCluster.namespace", "\"caches\"")).ShouldBe([
        """
        platform:redis.inCluster.namespace: is another namespace than seqera, that of Studios, which reads its Secrets there
          given:   caches
          allowed: seqera
          fix:     remove namespace
        """,
    ]);

    [Fact]
    public void Rejects_SettingsOfABalancer_ThatIsLeftToThePlatform() => OnNewCluster.Messages(
        ("dns", """{ "route53": { "zone": "example.com", "loadBalancer": "ingress" } }"""),
        ("studios.ingress",
            """{ "alb": { "groupSettings": "platform", "idleTimeoutSeconds": 60, "dropInvalidHeaderFields": false, "internal": true } }""")).ShouldBe([
            """
            platform:studios.ingress.alb.internal: holds for the whole balancer, and groupSettings: platform leaves that to the Platform's Ingress
              given:   true
              allowed: absent with groupSettings: platform
              fix:     remove internal, or groupSettings
            """,
            """
            platform:studios.ingress.alb.idleTimeoutSeconds: holds for the whole balancer, and groupSettings: platform leaves that to the Platform's Ingress
              given:   60
              allowed: absent with groupSettings: platform
              fix:     remove idleTimeoutSeconds, or groupSettings
            """,
            """
            platform:studios.ingress.alb.dropInvalidHeaderFields: holds for the whole balancer, and groupSettings: platform leaves that to the Platform's Ingress
              given:   false
              allowed: absent with groupSettings: platform
              fix:     remove dropInvalidHeaderFields, or groupSettings
            """,
        ]);

    [Fact]
    public void Rejects_LeavingTheBalancerToAnIngressThatThisStackMakes() => OnNewCluster.Messages(
        ("dns", """{ "route53": { "zone": "example.com", "platformService": {}, "loadBalancer": "ingress" } }"""),
        ("studios.ingress", """{ "alb": { "groupSettings": "platform" } }""")).ShouldBe([
        """
        platform:studios.ingress.alb.groupSettings: leaves the balancer to the Platform's Ingress, and platform:dns.route53.platformService has this stack make that one too
          given:   platform
          allowed: studios, or no platformService
          fix:     remove groupSettings
        """,
    ]);

    [Fact]
    public void Rejects_AStandardForANamespaceThatExists() => StackSample.Made.Messages(
        ("tower.environments.research.createNamespace", "false"), ("tower.environments.research.podSecurity", "\"privileged\"")).ShouldBe([
        """
        platform:tower.environments.research.podSecurity: is a label of the namespace tower-research, which createNamespace: false leaves as it is
          given:   privileged
          allowed: absent with createNamespace: false
          fix:     remove podSecurity, and have the owner of the namespace label it
        """,
    ]);

    private static string[] Warnings(RawSettings raw)
    {
        var read = EditorCheck.Agreed(raw);
        read.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        return [.. read.Warnings.Select(warning => warning.ToString())];
    }
}
