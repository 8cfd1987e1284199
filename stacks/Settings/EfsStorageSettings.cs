using Infra.Storage;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>An EFS file system.</summary>
[Needs(nameof(PlatformSettings.Aws), nameof(PlatformSettings.Cluster))]
public sealed record EfsStorageSettings : IChecked
{
    [Setting("How the file system comes by its throughput.")]
    public EfsThroughput Throughput { get; init; } = EfsThroughput.Elastic;

    [Setting("Days without access after which a file moves to the Infrequent Access class; reading it moves it back.")]
    [OneOf(7, 14, 30, 60, 90, 180, 270, 365)]
    public int InfrequentAccessAfterDays { get; init; } = 30;

    [Setting("Daily backups by AWS Backup, kept for 35 days.")]
    public bool Backup { get; init; } = true;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (!Backup && platform.Production)
        {
            yield return new(at[nameof(Backup)], "leaves the files of a production stack without a copy", "true", "backup: true, or production: false", "false");
        }

        if (VpcClusterRule.Broken(platform, at) is { } problem)
        {
            yield return problem;
        }
    }
}
