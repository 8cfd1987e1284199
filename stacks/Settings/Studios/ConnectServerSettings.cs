using System.Collections.Immutable;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The replicas of connect-server.</summary>
public sealed record ConnectServerSettings : IChecked
{
    [Setting("Replicas. A restart of one drops the sessions whose tunnels it holds.")]
    [Range(1, 20)]
    public int Replicas { get; init; } = 2;

    [Setting("Further environment variables that are not secret.", Example = "{ CONNECT_TELEMETRY_TTL: 168h }")]
    public ImmutableSortedDictionary<string, string> ExtraEnvironment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => ExtraEnvironmentRule.Check(ExtraEnvironment, at[nameof(ExtraEnvironment)]);
}
