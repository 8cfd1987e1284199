using Infra.Connect;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The part of a Redis server that belongs to Studios.</summary>
public sealed record StudiosRedisSettings : IChecked
{
    [Setting("Index of the database.")]
    [Range(0, RedisConnection.HighestDatabase)]
    public int Database { get; init; }

    [Setting("What every key starts with. Change it only where several Studios share a database.")]
    [Length(1, 64)]
    public string Prefix { get; init; } = RedisConnection.DefaultPrefix;

    [Setting("Whether the Platform uses the same server.")]
    public bool SharedWithPlatform { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (SharedWithPlatform && Database == 0 && Prefix == RedisConnection.DefaultPrefix)
        {
            // The Platform cannot be told a database: it always takes 0.
            yield return new(
                at[nameof(Database)],
                "is the database of the Platform, which shares the server",
                $"1 to {RedisConnection.HighestDatabase}, or a prefix of its own",
                "set database: 1",
                "0");
        }
    }
}
