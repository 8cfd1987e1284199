using Infra.Manifests;

namespace Tests.Infra.Manifests;

// Promise: a selector never holds what may change.
public sealed class LabelsTests
{
    [Fact]
    public void All_AreTheRecommendedLabels() => new Labels("studios", "proxy", Version: "0.11.0").All.ShouldBe(new Dictionary<string, string>
    {
        ["app.kubernetes.io/name"] = "studios",
        ["app.kubernetes.io/instance"] = "platform",
        ["app.kubernetes.io/component"] = "proxy",
        ["app.kubernetes.io/managed-by"] = "pulumi",
        ["app.kubernetes.io/part-of"] = "studio-platform",
        ["app.kubernetes.io/version"] = "0.11.0",
    }, ignoreOrder: true);

    [Fact]
    public void Selector_IsASubset_AndTheSameForEveryVersion()
    {
        var labels = new Labels("studios", "proxy", Version: "0.11.0");

        labels.Selector.ShouldBeSubsetOf(labels.All);
        (labels with { Version = "0.12.0" }).Selector.ShouldBe(labels.Selector, ignoreOrder: true);
    }
}
