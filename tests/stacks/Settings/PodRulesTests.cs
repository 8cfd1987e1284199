using Pulumi;
using Stacks;
using Stacks.Settings;
using Stacks.Settings.Reading;
using Tests.Support;

namespace Tests.Stacks.Settings;

// Promise: one shape for the pods of every workload, carried to each of them, and whatever the cluster would refuse or drop is told with its key.
public sealed class PodRulesTests
{
    private static readonly string[] Workloads = ["studios.proxy", "studios.server", "redis.inCluster"];

    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    [Theory]
    [InlineData("tolerations", """[{ "key": "workload", "value": "platform", "effect": "noSchedule" }]""", "\"key\": \"workload\"")]
    [InlineData("nodeSelector", """{ "pool": "studios" }""", "\"pool\": \"studios\"")]
    [InlineData("affinity", "\"podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: rack }] }\"", "\"topologyKey\": \"rack\"")]
    [InlineData("priorityClass", "\"platform\"", "\"priorityClassName\": \"platform\"")]
    [InlineData("annotations", """{ "example.com/owner": "research" }""", "\"example.com/owner\": \"research\"")]
    [InlineData("labels", """{ "team": "research" }""", "\"team\": \"research\"")]
    [InlineData("resources", """{ "cpu": "750m" }""", "\"cpu\": \"750m\"")]
    public async Task EachSetting_ReachesItsOwnWorkload(string key, string value, string text)
    {
        foreach (var workload in Workloads)
        {
            var deployed = await Deploy(($"{workload}.pod.{key}", value));
            foreach (var (name, path) in new[] { ("connect-proxy", "studios.proxy"), ("connect-server", "studios.server"), ("redis", "redis.inCluster") })
            {
                deployed.Inputs(name).Contains(text, StringComparison.Ordinal).ShouldBe(path == workload, $"{key} of {workload} in {name}");
            }
        }
    }

    [Fact]
    public async Task OpenShift_IsCarriedThroughToRedis() =>
        (await Deploy(("studios.pods.clusterChoosesUser", "true"))).Inputs("redis").ShouldNotContain("runAsUser");

    [Fact]
    public async Task Digests_PinWhatRuns()
    {
        var deployed = await Deploy(
            ("studios.connectVersion", "\"0.11.0\""),
            ("studios.proxy.digest", $"\"{Digest}\""),
            ("studios.imageRegistry", "\"mirror.example.com/seqera\""),
            ("redis.inCluster.image", $"\"registry.example.com/valkey/valkey:8.1.9@{Digest}\""));

        deployed.Inputs("connect-proxy").ShouldContain($"\"image\": \"mirror.example.com/seqera/enterprise/studios/proxy:0.11.0@{Digest}\"");
        deployed.Inputs("connect-server").ShouldContain("\"image\": \"mirror.example.com/seqera/enterprise/studios/server:0.11.0\"");
        deployed.Inputs("redis").ShouldContain($"\"image\": \"registry.example.com/valkey/valkey:8.1.9@{Digest}\"");
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("server")]
    public void Rejects_ADigestOfNoVersion(string workload) => StackSample.Made.Messages(($"studios.{workload}.digest", $"\"{Digest}\"")).ShouldBe(
    [
        $"""
        platform:studios.{workload}.digest: is given without connectVersion, and a digest belongs to one version
          given:   {Digest}
          allowed: a digest beside connectVersion
          fix:     add connectVersion: 0.11.0, or the version that the digest is of
        """,
    ]);

    [Fact]
    public void Rejects_AMalformedDigest() => StackSample.Made.Messages(("studios.proxy.digest", "\"sha256:abc\"")).ShouldHaveSingleItem().ShouldStartWith(
        """
        platform:studios.proxy.digest: is not the digest of an image
          given:   sha256:abc
          allowed: sha256: and 64 hexadecimal digits
        """);

    [Theory]
    [InlineData("annotations", "studio-platform/config-hash")]
    [InlineData("labels", "app.kubernetes.io/name")]
    public void Rejects_WhatSelectsAndRestartsThePods(string map, string key)
    {
        foreach (var workload in Workloads)
        {
            StackSample.Made.Messages(($"{workload}.pod.{map}", $$"""{ "{{key}}": "x" }""")).ShouldBe(
            [
                $"""
                {new SettingPath($"platform:{workload}.pod.{map}").Entry(key)}: is set by the platform itself
                  given:   x
                  allowed: keys that do not start with app.kubernetes.io/ or studio-platform/
                  fix:     remove {key}
                """,
            ]);
        }
    }

    [Theory]
    [InlineData("resources", """{ "memory": "1" }""", "resources.memory: is too little for any process to start", "16Mi or more")]
    [InlineData("resources", """{ "cpu": "0" }""", "resources.cpu: is nothing", "more than 0")]
    [InlineData("resources", """{ "cpu": "2", "cpuLimit": "500m" }""", "resources.cpuLimit: is below cpu, so no node can take the pod", "2 or more")]
    [InlineData("tolerations", """[{ "value": "x" }]""", "tolerations[0].value: is given without key, and every taint has a key of its own", "absent")]
    [InlineData("tolerations", """[{ "key": "a", "seconds": 5 }]""",
        "tolerations[0].seconds: has no meaning without effect: noExecute, the one that evicts", "absent")]
    [InlineData("tolerations", """[{ "key": "a", "effect": "NoSchedule" }]""",
        "tolerations[0].effect: is not one of noSchedule, preferNoSchedule, noExecute", "one of noSchedule, preferNoSchedule, noExecute")]
    [InlineData("affinity", "\"podAffinty: {}\"", "affinity: has the key podAffinty, and there are nodeAffinity, podAffinity, podAntiAffinity",
        "YAML with the keys nodeAffinity, podAffinity and podAntiAffinity of a pod's affinity, as a text")]
    [InlineData("labels", """{ "team": "a b" }""", "labels.team: is not a value of a Kubernetes label", "up to 63 letters, digits, inner hyphens, dots and underscores")]
    public void Rejects_WhatTheClusterWouldRefuseOrDrop(string key, string value, string what, string allowed)
    {
        var message = StackSample.Made.Messages(($"studios.proxy.pod.{key}", value)).ShouldHaveSingleItem();
        message.ShouldStartWith($"platform:studios.proxy.pod.{what}\n");
        message.ShouldContain($"\n  allowed: {allowed}\n");
    }

    [Fact]
    public void Rejects_TwoSizesOfRedis() => StackSample.Made.Messages(("redis.inCluster.pod.resources.memory", "\"2Gi\"")).ShouldBe(
    [
        """
        platform:redis.inCluster.pod.resources.memory: is what platform:redis.inCluster.memory says, which also bounds the data
          given:   2Gi
          allowed: absent
          fix:     set platform:redis.inCluster.memory: 2Gi and remove this one
        """,
    ]);

    [Fact]
    public void Rejects_AChosenUserForImagesOfRoot() => StackSample.Made.Messages(
        ("cluster.existing.kind", "\"eks\""), ("studios.platform.version", "\"24.2.0\""), ("studios.pods.clusterChoosesUser", "true")).ShouldBe(
    [
        """
        platform:studios.pods.clusterChoosesUser: is true, and the images of connect 0.7.2 know no user but root
          given:   true
          allowed: false, or connect 0.8.0 or newer
          fix:     upgrade the Platform to one that comes with connect 0.8.0 or newer, or remove clusterChoosesUser
        """,
    ]);

    private static async Task<Deployed> Deploy(params (string Path, string? Json)[] changes)
    {
        var read = SettingsValidation.Read(StackSample.Made.Raw(changes));
        read.Problems.ShouldBeEmpty();
        return await Deployed.Of(() => Platform.Define(read.Settings, secret => Output.CreateSecret(secret.Key)));
    }
}
