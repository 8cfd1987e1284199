using System.Collections.Immutable;
using System.Reflection;
using Pulumi;
using Stacks;
using Tests.Support;

namespace Tests.Stacks;

// Promise: an output record has no property that is not exported, and what is absent is not exported at all.
public sealed class ExportsTests
{
    [Fact]
    public async Task EveryProperty_IsExportedUnderItsName()
    {
        ImmutableDictionary<string, object?>? exported = null;
        await Deployed.Of(() =>
            exported = new PlatformOutputs
            {
                Studios = new StudiosOutputs(Text("a"), Text("b"), Text("c"), Text("d"), Text("e"), null, null)
                {
                    Expected = new StudiosExpectations(["connect.example.com"], "0.12.1", "h", "t", [], null, null),
                },
                TowerEnvironments = ImmutableSortedDictionary<string, TowerEnvironmentOutputs>.Empty.Add(
                    "My_Team",
                    new TowerEnvironmentOutputs
                    {
                        Platform = "k8s-platform",
                        Namespace = Text("n"),
                        HeadServiceAccount = Text("h"),
                        ComputeServiceAccount = Text("c"),
                        WorkDir = "/scratch",
                        PodCleanup = "never",
                    }),
            }.Exported());

        var studios = (ImmutableDictionary<string, object?>)exported!["studios"]!;
        studios
            .Keys.Order(StringComparer.Ordinal)
            .ShouldBe(["connectUrl", "expected", "proxyService", "registrationTokenSecret", "serverService", "signingKeySecret"]);
        ((ImmutableDictionary<string, object?>)studios["expected"]!)
            .Keys.Order(StringComparer.Ordinal)
            .ShouldBe(["connectVersion", "healthUrl", "hosts", "templates", "templatesUrl"]);
        var environments = (ImmutableDictionary<string, object?>)exported["towerEnvironments"]!;
        ((ImmutableDictionary<string, object?>)environments["My_Team"]!)
            .Keys.Order(StringComparer.Ordinal)
            .ShouldBe(["computeServiceAccount", "headServiceAccount", "namespace", "platform", "podCleanup", "workDir"]);
    }

    [Fact]
    public void NothingDeployed_ExportsNothing() => new PlatformOutputs().Exported().ShouldBeEmpty();

    // A record inside of an output record would be handed to Pulumi as it stands, which it cannot serialise.
    [Fact]
    public void RecordsInsideOfExportedOnes_AreExportedThemselves()
    {
        var exported = typeof(PlatformOutputs).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ExportedAttribute))).ToList();

        exported
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "ClusterOutputs", "CodeStudioOutputs", "ComposeOutputs", "PlatformInstallationOutputs", "PlatformOutputs", "RedisOutputs",
                "StudiosExpectations", "StudiosOutputs",
                "TowerEnvironmentOutputs", "WorkbenchOutputs",
            ]);
        exported
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(property => property.PropertyType.GenericTypeArguments.Prepend(property.PropertyType))
            .Where(type => type.Assembly == typeof(PlatformOutputs).Assembly)
            .Except(exported)
            .ShouldBeEmpty();
    }

    private static Output<string> Text(string text) => Output.Create(text);
}
