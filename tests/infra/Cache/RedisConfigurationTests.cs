using FsCheck;
using FsCheck.Fluent;
using Infra.Cache;
using Infra.Manifests;

namespace Tests.Infra.Cache;

// Promise: the server keeps what it was given, forgets nothing for lack of room, and cannot be emptied or reconfigured over the network.
public sealed class RedisConfigurationTests
{
    [Fact]
    public void Text_IsTheWholeConfiguration() => RedisConfiguration.Text(Quantity.Parse("1000M")).ShouldBe(
        """
        port 6379
        bind * -::*
        protected-mode yes
        dir /data
        appendonly yes
        appendfsync everysec
        save ""
        maxmemory 700000000
        maxmemory-policy noeviction
        rename-command CONFIG ""
        rename-command DEBUG ""
        rename-command FLUSHALL ""
        rename-command FLUSHDB ""
        rename-command SHUTDOWN ""
        include /etc/redis-secret/auth.conf

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Text_LeavesRoomForARewrite() => Prop.ForAll(
        Gen.Choose(64, 262_144).ToArbitrary(),
        mebibytes =>
        {
            var memory = Quantity.Parse($"{mebibytes}Mi");
            var line = RedisConfiguration.Text(memory).Split('\n').Single(text => text.StartsWith("maxmemory ", StringComparison.Ordinal));
            var maximum = decimal.Parse(line["maxmemory ".Length..], System.Globalization.CultureInfo.InvariantCulture);
            return maximum > memory.Amount * 0.69m && maximum <= memory.Amount * 0.7m;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Authentication_IsOneDirective() => RedisConfiguration.Authentication("abc123").ShouldBe("requirepass abc123\n");
}
