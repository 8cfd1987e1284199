using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Cache;
using Infra.Clusters;
using Infra.Connect;
using Infra.Manifests;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Tests.Infra.Connect;
using Tests.Support;

namespace Tests.Infra.Manifests;

// Promise: what an operator says of pods is said in the pods of every workload of ours, and changes nothing that they need themselves.
public sealed class PodOptionsTests
{
    private const string Affinity = """
        nodeAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 10
              preference: { matchExpressions: [{ key: disk, operator: In, values: [ssd, nvme] }] }
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector: { matchLabels: { app: noisy } }
        """;

    private static readonly PodOptions Everything = new()
    {
        NodeSelector = new Dictionary<string, string> { ["pool"] = "studios", ["kubernetes.io/arch"] = "arm64" }.ToImmutableDictionary(),
        Tolerations = [new("workload", "platform", NodeTaintEffect.NoSchedule), new("spot", Effect: NodeTaintEffect.NoExecute, Seconds: 30), new()],
        Affinity = Affinity,
        Annotations = new Dictionary<string, string> { ["example.com/owner"] = "platform" }.ToImmutableDictionary(),
        Labels = new Dictionary<string, string> { ["team"] = "platform" }.ToImmutableDictionary(),
        PriorityClass = "platform",
        Size = new ContainerSize(Quantity.Parse("1"), Quantity.Parse("2"), Quantity.Parse("1Gi"), Quantity.Parse("2Gi")),
    };

    public static TheoryData<string, string> Workloads => new()
    {
        { "connect-proxy", """{ "kubernetes.io/arch": "amd64", "pool": "studios" }""" },
        { "connect-server", """{ "kubernetes.io/arch": "amd64", "pool": "studios" }""" },
        { "redis", """{ "kubernetes.io/arch": "arm64", "pool": "studios" }""" },
    };

    [Theory]
    [MemberData(nameof(Workloads))]
    public async Task EveryWorkload_SaysAllOfIt(string workload, string nodeSelector)
    {
        var template = JsonNode.Parse((await Deploy(workload, Everything)).Inputs(workload))!["spec"]!["template"]!;
        var plain = JsonNode.Parse((await Deploy(workload, PodOptions.None)).Inputs(workload))!["spec"]!["template"]!;

        var said = new JsonObject();
        foreach (var key in new[] { "affinity", "nodeSelector", "priorityClassName", "tolerations" })
        {
            said[key] = template["spec"]![key]!.DeepClone();
            template["spec"]!.AsObject().Remove(key);
            plain["spec"]!.AsObject().Remove(key);
        }

        Deployed.Json(said.ToJsonString()).ShouldBe(Deployed.Json($$"""
            {
              "affinity": {
                "nodeAffinity": { "preferredDuringSchedulingIgnoredDuringExecution": [
                  { "preference": { "matchExpressions": [{ "key": "disk", "operator": "In", "values": ["ssd", "nvme"] }] }, "weight": 10 }
                ] },
                "podAntiAffinity": { "requiredDuringSchedulingIgnoredDuringExecution": [
                  { "labelSelector": { "matchLabels": { "app": "noisy" } }, "topologyKey": "kubernetes.io/hostname" }
                ] }
              },
              "nodeSelector": {{nodeSelector}},
              "priorityClassName": "platform",
              "tolerations": [
                { "effect": "NoSchedule", "key": "workload", "operator": "Equal", "value": "platform" },
                { "effect": "NoExecute", "key": "spot", "operator": "Exists", "tolerationSeconds": 30 },
                { "operator": "Exists" }
              ]
            }
            """));
        Deployed.Json(template["spec"]!["containers"]![0]!["resources"]!.ToJsonString()).ShouldBe(Deployed.Json("""
            {
              "limits": { "cpu": "2", "ephemeral-storage": "2Gi", "memory": "1Gi" },
              "requests": { "cpu": "1", "ephemeral-storage": "2Gi", "memory": "1Gi" }
            }
            """));

        // Besides this, the template is the one without options.
        template["metadata"]!["annotations"]!.AsObject().Remove("example.com/owner").ShouldBeTrue();
        template["metadata"]!["labels"]!.AsObject().Remove("team").ShouldBeTrue();
        template["spec"]!["containers"]![0]!["resources"] = plain["spec"]!["containers"]![0]!["resources"]!.DeepClone();
        template.ToJsonString().ShouldBe(plain.ToJsonString());
    }

    [Fact]
    public async Task WithoutASize_TheWorkloadKeepsItsOwn()
    {
        var partly = PodOptions.None with { Size = new ContainerSize(Memory: Quantity.Parse("1Gi")) };
        var container = JsonNode.Parse((await Deploy("connect-proxy", partly)).Inputs("connect-proxy"))!["spec"]!["template"]!["spec"]!["containers"]![0]!;

        Deployed.Json(container["resources"]!.ToJsonString()).ShouldBe(Deployed.Json("""
            { "limits": { "ephemeral-storage": "256Mi", "memory": "1Gi" }, "requests": { "cpu": "100m", "ephemeral-storage": "256Mi", "memory": "1Gi" } }
            """));
    }

    // The clusters of OpenShift choose a user for each namespace and refuse every pod that names one.
    [Theory]
    [InlineData("connect-proxy")]
    [InlineData("connect-server")]
    [InlineData("redis")]
    public async Task WhereTheClusterChoosesTheUser_NoWorkloadNamesOne(string workload)
    {
        var pod = JsonNode.Parse((await Deploy(workload, PodOptions.None, clusterChoosesUser: true)).Inputs(workload))!["spec"]!["template"]!["spec"]!;

        Deployed.Json(pod["securityContext"]!.ToJsonString()).ShouldBe(
            Deployed.Json("""{ "runAsNonRoot": true, "seccompProfile": { "type": "RuntimeDefault" } }"""));
        var container = pod["containers"]![0]!["securityContext"]!.AsObject();
        container.ContainsKey("runAsUser").ShouldBeFalse();
        container.ContainsKey("runAsGroup").ShouldBeFalse();
    }

    private static Task<Deployed> Deploy(string workload, PodOptions pod, bool clusterChoosesUser = false) => Deployed.Of(() =>
    {
        var shared = ConnectSample.Workload(clusterChoosesUser: clusterChoosesUser, nodeSelector: false);
        switch (workload)
        {
            case "connect-proxy":
                var sample = ConnectSample.Proxy();
                new ConnectProxy(
                    workload,
                    new ConnectProxyArgs
                    {
                        Workload = shared,
                        ConnectUrl = sample.ConnectUrl,
                        PlatformUrl = sample.PlatformUrl,
                        RegistrationToken = sample.RegistrationToken,
                        Pod = pod,
                    });
                break;
            case "connect-server":
                new ConnectServer(workload, new ConnectServerArgs { Workload = shared, Pod = pod });
                break;
            default:
                new Redis(workload, new RedisArgs { Namespace = "seqera", Clients = [], Pod = pod, ClusterChoosesUser = clusterChoosesUser });
                break;
        }
    });
}

// Promise: a part of a Kubernetes object is read as its documentation writes it, and what the API server would drop in silence is told.
public sealed class KubernetesYamlTests
{
    [Theory]
    [InlineData("podAffinty: {}", "has the key podAffinty, and there are nodeAffinity, podAffinity, podAntiAffinity")]
    [InlineData("nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { terms: [] } }",
        "has the key nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.terms, and there are nodeSelectorTerms")]
    [InlineData("podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: {} }",
        "has no list at podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution")]
    [InlineData("podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: much }] }",
        "has no number at podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight")]
    [InlineData("nodeAffinity: ssd", "has no object at nodeAffinity")]
    [InlineData("podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: [zone] }] }",
        "has no single value at podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey")]
    [InlineData("podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: [a] } }] }",
        "has no object at podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels")]
    [InlineData("podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { ? [a] : b } } }] }",
        "has a key at podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels that is no text")]
    [InlineData("[]", "is no YAML mapping")]
    [InlineData("", "is no YAML mapping")]
    [InlineData("a: [", "is not YAML")]
    public void Rejects_WhatTheTypeDoesNotHave(string text, string problem)
    {
        KubernetesYaml.Read<AffinityArgs>(text, out var found).ShouldBeNull();
        found.ShouldBe(problem);
    }
}
