using FsCheck;
using FsCheck.Fluent;
using Infra.Manifests;

namespace Tests.Infra.Manifests;

// Promise: pods roll exactly when something they read has changed.
public sealed class ConfigHashTests
{
    [Fact]
    public void Of_IsTheSame_InAnyOrder() => Prop.ForAll<Dictionary<int, NonNull<string>>>(contents =>
    {
        var entries = contents.Select(entry => KeyValuePair.Create($"{entry.Key}", entry.Value.Get)).ToArray();
        return ConfigHash.Compute(entries) == ConfigHash.Compute(entries.Reverse());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_Differs_WhenOneValueDoes() => Prop.ForAll<NonNull<string>, NonNull<string>>((value, other) =>
        (value.Get == other.Get) == (ConfigHash.Compute([new("key", value.Get)]) == ConfigHash.Compute([new("key", other.Get)]))).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_Differs_WhenTextMovesFromValueToKey() =>
        ConfigHash.Compute([new("ab", "c")]).ShouldNotBe(ConfigHash.Compute([new("a", "bc")]));
}
