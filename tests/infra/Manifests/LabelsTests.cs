using FsCheck;
using FsCheck.Xunit;
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

// Promise: pods roll exactly when something they read has changed.
public sealed class ConfigHashTests
{
    [Property]
    public bool Of_IsTheSame_InAnyOrder(Dictionary<int, NonNull<string>> contents)
    {
        var entries = contents.Select(entry => KeyValuePair.Create($"{entry.Key}", entry.Value.Get)).ToArray();
        return ConfigHash.Compute(entries) == ConfigHash.Compute(entries.Reverse());
    }

    [Property]
    public bool Of_Differs_WhenOneValueDoes(NonNull<string> value, NonNull<string> other) =>
        (value.Get == other.Get) == (ConfigHash.Compute([new("key", value.Get)]) == ConfigHash.Compute([new("key", other.Get)]));

    [Fact]
    public void Of_Differs_WhenTextMovesFromValueToKey() =>
        ConfigHash.Compute([new("ab", "c")]).ShouldNotBe(ConfigHash.Compute([new("a", "bc")]));
}
