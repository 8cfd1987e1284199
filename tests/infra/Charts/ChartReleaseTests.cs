using System.Collections.Immutable;
using System.Text.Json;
using Infra.Charts;
using Infra.LoadBalancing;
using Infra.Scaling;
using Infra.Clusters;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Charts;

// Promise: a stack's version, mirror and values reach the release, laid over those of the program in the order that the documents say.
public sealed class ChartReleaseTests
{
    [Fact]
    public async Task Options_AreLaidOverTheProgramsOwn()
    {
        var deployed = await Deployed.Of(() => Autoscaler(new ChartOptions
        {
            Version = "9.60.0",
            Repository = "https://charts.example.com",
            ImageRegistry = "registry.example.com/mirror",
            Values = Tree("""
                {
                  "extraArgs": { "skip-nodes-with-system-pods": true, "v": 4, "scan-interval": "10s" },
                  "image": { "tag": "v1.35.9" },
                  "tolerations": [{ "key": "system", "operator": "Exists" }, { "key": "other", "values": [1, 2.5, true] }],
                  "nodeSelector": {}
                }
                """),
        }));

        deployed.Inputs("autoscaler").ShouldBe(Deployed.Json(
            """
            {
              "chart": "cluster-autoscaler", "compat": "true", "namespace": "kube-system", "version": "9.60.0",
              "repositoryOpts": { "repo": "https://charts.example.com" },
              "values": {
                "autoDiscovery": { "clusterName": "shared" }, "awsRegion": "eu-west-1", "fullnameOverride": "cluster-autoscaler",
                "extraArgs": { "balance-similar-node-groups": true, "scan-interval": "10s", "skip-nodes-with-system-pods": true, "v": 4 },
                "image": { "repository": "registry.example.com/mirror/autoscaling/cluster-autoscaler", "tag": "v1.35.9" },
                "nodeSelector": {},
                "rbac": { "serviceAccount": { "create": true, "name": "cluster-autoscaler" } },
                "tolerations": [{ "key": "system", "operator": "Exists" }, { "key": "other", "values": [1, 2.5, true] }]
              }
            }
            """));
    }

    [Fact]
    public async Task ARegistry_NamesTheChartWithItsWholeAddress()
    {
        var deployed = await Deployed.Of(() => Autoscaler(new ChartOptions { Repository = "oci://registry.example.com/charts/" }));

        var inputs = JsonDocument.Parse(deployed.Inputs("autoscaler")).RootElement;
        inputs.GetProperty("chart").GetString().ShouldBe("oci://registry.example.com/charts/cluster-autoscaler");
        inputs.TryGetProperty("repositoryOpts", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task ASecretValue_StandsAtItsPath()
    {
        var plan = await Deployed.Of(() => Autoscaler(new ChartOptions
        {
            SecretValues = ImmutableSortedDictionary<string, Output<string>>.Empty.Add("extraEnvSecrets.token", Output.CreateSecret("marker")),
        }));

        JsonDocument.Parse(plan.Inputs("autoscaler")).RootElement.GetProperty("values").GetProperty("extraEnvSecrets").GetRawText().ShouldContain("marker");
    }

    [Fact]
    public async Task TheLoadBalancerController_TakesItsOptionsToo()
    {
        var deployed = await Deployed.Of(() => new LoadBalancerController(
            "controller",
            new LoadBalancerControllerArgs
            {
                Cluster = AwsParts.Adopted(),
                Chart = new ChartOptions
                {
                    ImageRegistry = "registry.example.com",
                    Values = Tree("""{ "replicaCount": 3, "resources": { "limits": { "memory": "512Mi" } } }"""),
                },
            }));

        var values = JsonDocument.Parse(deployed.Inputs("controller")).RootElement.GetProperty("values");
        values.GetProperty("replicaCount").GetInt32().ShouldBe(3);
        values.GetProperty("image").GetProperty("repository").GetString().ShouldBe("registry.example.com/eks/aws-load-balancer-controller");
        Deployed.Json(values.GetProperty("resources").GetRawText())
            .ShouldBe(Deployed.Json("""{ "requests": { "cpu": "100m", "memory": "256Mi" }, "limits": { "memory": "512Mi" } }"""));
    }

    [Fact]
    public void Trees_AreEqualByWhatTheySay() =>
        Tree("""{ "b": { "y": 1, "x": [true] }, "a": "t" }""").ShouldBe(Tree("""{ "a": "t", "b": { "x": [ true ], "y": 1 } }"""));

    [Fact]
    public void ATreeUnderAnother_KeepsWhatTheOtherDoesNotSay() =>
        Tree("""{ "a": { "b": 1, "c": [1, 2] }, "d": "x" }""").Under(Tree("""{ "a": { "c": [3] }, "e": true }"""))
            .ShouldBe(Tree("""{ "a": { "b": 1, "c": [3] }, "d": "x", "e": true }"""));

    [Theory]
    [InlineData("serviceAccount", "serviceAccount", true)]
    [InlineData("serviceAccount.name", "serviceAccount", true)]
    [InlineData("serviceAccount", "serviceAccount.name", true)]
    [InlineData("serviceAccounts", "serviceAccount", false)]
    [InlineData("image.tag", "image.repository", false)]
    public void Paths_OverlapWhereOneDecidesAboutTheOther(string path, string other, bool expected) => ValueTree.Overlaps(path, other).ShouldBe(expected);

    [Fact]
    public void EveryChart_HasOneName_AndImagesInItsValues()
    {
        HelmCharts.All.Select(chart => chart.Name).ShouldBeUnique();
        // The one has no pods, the other no value for an image without its tag
        HelmCharts.All.Where(chart => chart.Images.IsEmpty).ShouldBe([HelmCharts.KarpenterKinds, HelmCharts.Neuron]);
        // Traefik's registry is a value of its own
        HelmCharts.All.Where(chart => chart != HelmCharts.Traefik)
            .ShouldAllBe(chart => chart.Images.All(image => image.Value.EndsWith("image.repository", StringComparison.Ordinal)));
        HelmCharts.Traefik.Images.ShouldBe([new("image.registry", "library")]);
        HelmCharts.All.ShouldAllBe(chart => chart.Images.All(image => !chart.Owned.Any(owned => ValueTree.Overlaps(owned, image.Value))));
    }

    private static ValueTree Tree(string json) => ValueTree.Of(JsonDocument.Parse(json).RootElement);

    private static ClusterAutoscaler Autoscaler(ChartOptions options) =>
        new("autoscaler", new ClusterAutoscalerArgs { Cluster = AwsParts.Adopted(), Version = EksVersion.Find("1.35")!, Chart = options });
}
