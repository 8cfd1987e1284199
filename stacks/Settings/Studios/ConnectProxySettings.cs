using System.Collections.Immutable;
using System.Globalization;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The replicas and the cache of connect-proxy.</summary>
public sealed record ConnectProxySettings : IChecked
{
    [Setting("Replicas, or the least of them where maxReplicas is given.")]
    [Range(1, 50)]
    public int Replicas { get; init; } = 2;

    [Setting("Most replicas that load may call for.", Absent = "the number of replicas is fixed", Example = "6")]
    [Range(1, 50)]
    public int? MaxReplicas { get; init; }

    [Setting("How long it remembers where a session runs; bridges a short outage of Redis.")]
    public TimeSpan CacheTtl { get; init; } = TimeSpan.FromMinutes(2);

    [Setting("Address ranges of the hops between balancer and proxy, whose X-Forwarded-For is believed. Needs connect 0.12.0.", Example = "[10.0.0.0/16]")]
    [Cidr]
    public ImmutableArray<string> TrustedProxies { get; init; } = [];

    [Setting("Further environment variables that are not secret.", Example = "{ CONNECT_TELEMETRY_TTL: 168h }")]
    public ImmutableSortedDictionary<string, string> ExtraEnvironment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (MaxReplicas < Replicas)
        {
            yield return new(
                at[nameof(MaxReplicas)],
                "is less than replicas",
                $"{Replicas} to 50",
                $"set maxReplicas: {Replicas} or more, or lower replicas",
                MaxReplicas.Value.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var problem in ExtraEnvironmentRule.Check(ExtraEnvironment, at[nameof(ExtraEnvironment)]))
        {
            yield return problem;
        }
    }
}
