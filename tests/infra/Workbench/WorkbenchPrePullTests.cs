using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Manifests;
using Infra.Workbench;
using Tests.Support;

namespace Tests.Infra.Workbench;

// Promise: nodes hold what sessions start from, by pods that cost nothing and may do nothing.
public sealed class WorkbenchPrePullTests
{
    private const string Session = "posit/workbench-session:R4.5.2-python3.14.3-ubuntu-24.04";
    private const string SessionInit = "posit/workbench-session-init:2026.08.1";

    [Fact]
    public async Task TheDaemonSet_PullsTheChartsImages()
    {
        var prePull = new WorkbenchPrePull
        {
            NodeSelector = ImmutableSortedDictionary<string, string>.Empty.Add("workload", "sessions"),
            Tolerations = [new Toleration("workload", "sessions")],
        };

        (await WorkbenchParts.Deploy(prePull: prePull)).Inputs("workbench-pre-pull").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "apps/v1", "kind": "DaemonSet",
              "metadata": {
                "name": "workbench-pre-pull", "namespace": "posit-workbench", "annotations": { "pulumi.com/skipAwait": "true" },
                "labels": {
                  "app.kubernetes.io/name": "workbench", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "pre-pull",
                  "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
                }
              },
              "spec": {
                "selector": { "matchLabels": {
                  "app.kubernetes.io/name": "workbench", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "pre-pull"
                } },
                "updateStrategy": { "type": "RollingUpdate", "rollingUpdate": { "maxUnavailable": "100%" } },
                "template": {
                  "metadata": { "labels": {
                    "app.kubernetes.io/name": "workbench", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "pre-pull",
                    "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
                  } },
                  "spec": {
                    "automountServiceAccountToken": false, "enableServiceLinks": false, "terminationGracePeriodSeconds": 1,
                    "nodeSelector": { "kubernetes.io/os": "linux", "workload": "sessions" },
                    "tolerations": [{ "key": "workload", "operator": "Equal", "value": "sessions" }],
                    "securityContext": {
                      "fsGroup": 65534, "fsGroupChangePolicy": "OnRootMismatch", "runAsGroup": 65534, "runAsNonRoot": true, "runAsUser": 65534,
                      "seccompProfile": { "type": "RuntimeDefault" }
                    },
                    "initContainers": [{{Container("pull-1", Session, "exit 0")}}],
                    "containers": [{{Container("images-are-here", SessionInit, "exec sleep infinity")}}]
                  }
                }
              }
            }
            """));
    }

    [Fact]
    public async Task WithoutIt_NothingIsPulledBeforehand() => (await WorkbenchParts.Deploy()).Has("workbench-pre-pull").ShouldBeFalse();

    // The pods are none of a Job, and none of the server: no policy and no Service takes them for either.
    [Fact]
    public async Task ItsPods_AreNeitherServerNorSession()
    {
        var labels = JsonNode.Parse((await WorkbenchParts.Deploy(prePull: new())).Inputs("workbench-pre-pull"))!["spec"]!["template"]!["metadata"]!["labels"]!;

        labels["job-name"].ShouldBeNull();
        ((string)labels["app.kubernetes.io/name"]!).ShouldNotBe("rstudio-workbench");
    }

    [Fact]
    public void EveryImageOfAProfile_IsPulledOnce() => new WorkbenchPrePull { Images = ["registry.example.com/a:1", "registry.example.com/c:1"] }
        .ImagesFor(Plan(("@group", "registry.example.com/a:1", ["registry.example.com/b:1"]), ("user", "registry.example.com/b:1", [])), null)
        .ShouldBe([SessionInit, Session, "registry.example.com/b:1", "registry.example.com/a:1", "registry.example.com/c:1"], ignoreOrder: true);

    [Fact]
    public void ImagesOfEverybody_TakeThePlaceOfTheCharts() => new WorkbenchPrePull()
        .ImagesFor(Plan(("*", "registry.example.com/a:1", ["registry.example.com/a:1"])), null).ShouldBe([SessionInit, "registry.example.com/a:1"]);

    // The chart adds a list to a default, and a default to a list.
    [Theory]
    [InlineData("registry.example.com/a:1", "")]
    [InlineData(null, "registry.example.com/a:1")]
    public void HalfOfThem_LeavesTheChartsBesideIt(string? image, string list) => new WorkbenchPrePull()
        .ImagesFor(Plan(("*", image, list.Length == 0 ? [] : [list])), null).ShouldBe([SessionInit, Session, "registry.example.com/a:1"]);

    [Fact]
    public void AMirror_HasTheChartsImagesOnly() => new WorkbenchPrePull()
        .ImagesFor(Plan(("@group", null, ["registry.example.com/a:1"])), "mirror.example.com/hub")
        .ShouldBe([$"mirror.example.com/hub/{SessionInit}", $"mirror.example.com/hub/{Session}", "registry.example.com/a:1"]);

    [Fact]
    public void AnotherChart_HasImagesThatNobodyKnowsHere() => new WorkbenchPrePull { ChartImages = false, Images = ["registry.example.com/c:1"] }
        .ImagesFor(Plan(("@group", null, ["registry.example.com/a:1"])), null).ShouldBe(["registry.example.com/a:1", "registry.example.com/c:1"]);

    [Fact]
    public void ImagesOfTheStack_TakeThePlaceOfTheCharts()
    {
        var plan = Plan() with
        {
            Images = new()
            {
                Session = ImageReference.Parse("registry.example.com/session:1"),
                SessionInit = ImageReference.Parse("registry.example.com/init:1"),
            },
        };

        new WorkbenchPrePull().ImagesFor(plan, "mirror.example.com").ShouldBe(["registry.example.com/init:1", "registry.example.com/session:1"]);
        new WorkbenchPrePull { ChartImages = false }.ImagesFor(plan, null).ShouldBe(["registry.example.com/init:1", "registry.example.com/session:1"]);
        new WorkbenchPrePull().ImagesFor(plan with { Images = new() { SessionComponents = false, System = WorkbenchSystem.Ubuntu2204 } }, null)
            .ShouldBe(["posit/workbench-session:R4.5.2-python3.14.3-ubuntu-22.04"]);
        new WorkbenchPrePull().ImagesFor(plan with { Images = new() { Version = "2026.09.0" } }, null)
            .ShouldBe(["posit/workbench-session-init:2026.09.0", Session]);
    }

    private static WorkbenchPlan Plan(params (string Section, string? Default, string[] Images)[] profiles) => new()
    {
        Profiles = profiles.ToImmutableSortedDictionary(
            profile => profile.Section,
            profile => new WorkbenchProfile { DefaultContainerImage = profile.Default, ContainerImages = [.. profile.Images] },
            StringComparer.Ordinal),
    };

    private static string Container(string name, string image, string command) => $$"""
        {
          "name": "{{name}}", "image": "{{image}}", "command": ["/bin/sh", "-c", "{{command}}"],
          "resources": { "limits": { "memory": "16Mi" }, "requests": { "cpu": "1m", "memory": "16Mi" } },
          "securityContext": {
            "allowPrivilegeEscalation": false, "capabilities": { "drop": ["ALL"] }, "privileged": false, "readOnlyRootFilesystem": true, "runAsGroup": 65534,
            "runAsNonRoot": true, "runAsUser": 65534, "seccompProfile": { "type": "RuntimeDefault" }
          }
        }
        """;
}
