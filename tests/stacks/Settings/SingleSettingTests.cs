using Stacks.Settings;
using Tests.Stacks.Settings.Studios;

namespace Tests.Stacks.Settings;

// Promise: a value that could never work is refused where it stands, in the program and in the editor (every sample is held to the schema).
public sealed class SingleSettingTests
{
    [Theory]
    [InlineData("\"1\"", "1")]
    [InlineData("1", "1")]
    [InlineData("\"63Mi\"", "63Mi")]
    [InlineData("\"500m\"", "500m")]
    [InlineData("\"65000Ki\"", "65000Ki")]
    public void Rejects_ARedisWithoutMemory(string json, string memory) => StackSample.Made.Messages(("redis.inCluster.memory", json)).ShouldBe([
        $"""
        platform:redis.inCluster.memory: is less than 64Mi
          given:   {memory}
          allowed: a Kubernetes quantity of 64Mi or more, such as 10Gi
          fix:     for example memory: 10Gi
        """,
    ]);

    [Theory]
    [InlineData("1")]
    [InlineData("1Mi")]
    public void Rejects_ADiskThatHoldsNothing(string size) =>
        StackSample
            .Made.Messages(("redis.inCluster.persistence.size", $"\"{size}\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:redis.inCluster.persistence.size: is less than 64Mi\n");

    [Theory]
    [InlineData("64Mi")]
    [InlineData("0.5Gi")]
    [InlineData("128M")]
    public void Takes_ASmallRedis(string memory) => StackSample.Made.Messages(("redis.inCluster.memory", $"\"{memory}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("127.0.0.1:6379")]
    [InlineData("127.1.2.3:6379")]
    [InlineData("0.0.0.0:6379")]
    [InlineData("[::1]:6379")]
    public void Rejects_ARedisOnThePodsOwnMachine(string address) => StackSample.Existing.Messages(("redis.existing.address", $"\"{address}\"")).ShouldBe([
        $"""
        platform:redis.existing.address: is each pod's own machine as the pod sees it
          given:   {address}
          allowed: host:port without a scheme; the port is 1 to 65535
          fix:     for example address: redis.example.com:6379
        """,
    ]);

    [Theory]
    [InlineData("6.2.0")]
    [InlineData("5.0.14")]
    public void Rejects_AnOldRedis_WithoutQuotasToo(string version) => StackSample.Existing.Messages(("redis.existing.version", $"\"{version}\"")).ShouldBe([
        $"""
        platform:redis.existing.version: is older than what Studios and its quotas ask for
          given:   {version}
          allowed: 7.0.0 or newer, Redis or Valkey
          fix:     upgrade the server
        """,
    ]);

    [Theory]
    [InlineData("7.0.0")]
    [InlineData("8.1.9")]
    public void Takes_ANewRedis(string version) => StackSample.Existing.Messages(("redis.existing.version", $"\"{version}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("https://localhost:6443")]
    [InlineData("https://127.0.0.1:42315")]
    public void Rejects_AnApiServerThatOnlyTheOperatorReaches(string server) =>
        StackSample
            .Made.Messages(("tower.server", $"\"{server}\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:tower.server: is the Platform's own machine as the Platform sees it\n");

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public void Rejects_AnNfsServerOnEachNode(string server) =>
        StackSample
            .Made.Messages(("storage.nfs.server", $"\"{server}\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:storage.nfs.server: is each node's own machine as the node sees it\n");

    [Theory]
    [InlineData("https://registry.example.com/seqera/", "has a scheme, which images have not", "leave out the scheme: registry.example.com/seqera")]
    [InlineData("oci://registry.example.com", "has a scheme, which images have not", "leave out the scheme: registry.example.com")]
    [InlineData("registry.example.com/", "is not a registry", "for example imageRegistry: registry.example.com/seqera")]
    [InlineData("registry.example.com/Seqera", "is not a registry", "for example imageRegistry: registry.example.com/seqera")]
    [InlineData("seqera", "is not a registry", "for example imageRegistry: registry.example.com/seqera")]
    public void Rejects_ARegistryThatNoImageCanName(string registry, string what, string fix) =>
        StudiosSample
            .Messages(("studios.imageRegistry", $"\"{registry}\""))
            .ShouldBe([
                $"""
                platform:studios.imageRegistry: {what}
                  given:   {registry}
                  allowed: a lower-case host with a dot or a port, and a path if need be, without a scheme and without a slash at the end
                  fix:     {fix}
                """,
            ]);

    [Theory]
    [InlineData("registry.example.com")]
    [InlineData("registry.example.com:5000/a/b-c")]
    [InlineData("localhost:5000")]
    [InlineData("123456789012.dkr.ecr.eu-central-1.amazonaws.com")]
    public void Takes_ARegistry(string registry) => StudiosSample.Messages(("studios.imageRegistry", $"\"{registry}\"")).ShouldBeEmpty();

    [Theory]
    [InlineData("proxy", "HTTP-PROXY")]
    [InlineData("proxy", "1_PROXY")]
    [InlineData("server", "MY PROXY")]
    [InlineData("server", "")]
    [InlineData("server", "A=B")]
    public void Rejects_ANameThatNoVariableHas(string workload, string name) => StudiosSample.Messages(
        ($"studios.{workload}.extraEnvironment", $$"""{ "{{name}}": "x" }""")).ShouldBe([
        $"""
        {new SettingPath($"platform:studios.{workload}.extraEnvironment").Entry(name)}: is not the name of an environment variable
          allowed: letters, digits and underscores, not starting with a digit
          fix:     for example NXF_OPTS
        """,
    ]);

    [Fact]
    public void Takes_NamesOfVariables() =>
        StudiosSample.Messages(("studios.proxy.extraEnvironment", """{ "HTTPS_PROXY": "http://proxy:3128", "_a1": "" }""")).ShouldBeEmpty();
}
