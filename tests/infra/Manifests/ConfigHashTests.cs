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
        return ConfigHash.Of(entries) == ConfigHash.Of(entries.Reverse());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_Differs_WhenOneValueDoes() => Prop.ForAll<NonNull<string>, NonNull<string>>((value, other) =>
        (value.Get == other.Get) == (ConfigHash.Of([new("key", value.Get)]) == ConfigHash.Of([new("key", other.Get)]))).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_Differs_WhenTextMovesFromValueToKey() =>
        ConfigHash.Of([new("ab", "c")]).ShouldNotBe(ConfigHash.Of([new("a", "bc")]));
}
