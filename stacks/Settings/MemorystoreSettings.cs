using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>A Redis 7.2 server on Memorystore with TLS and a password; clients get the authority of its certificate as a file.</summary>
[Needs(nameof(PlatformSettings.Gcp), nameof(PlatformSettings.Cluster))]
public sealed record MemorystoreSettings : IChecked
{
    [Setting("Memory in GiB. Seqera asks for 6 in production.")]
    [Range(1, 300)]
    public int MemoryGiB { get; init; } = 1;

    [Setting("A replica in another zone that takes over.")]
    public bool HighAvailability { get; init; } = true;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Production && !HighAvailability)
        {
            yield return new(at[nameof(HighAvailability)], "leaves a production stack without a server while its zone is away", "true", "remove highAvailability, or set production: false", "false");
        }

        if (GkeClusterRule.Broken(platform, at) is { } problem)
        {
            yield return problem;
        }
    }
}
