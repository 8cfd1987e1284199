using Infra.Clusters;
using Infra.Versions;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>What the chosen versions of Platform and Connect cannot do.</summary>
internal static class StudiosVersionRules
{
    private static readonly VersionMatrix Matrix = VersionMatrix.Current;

    public static IEnumerable<SettingsProblem> Check(StudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        var version = settings.Platform.Version;
        var versionAt = at[nameof(settings.Platform)][nameof(settings.Platform.Version)];
        if (Matrix.Release(version) is not { } release)
        {
            return [Unknown(version, versionAt)];
        }

        return [.. CheckCloud(release, version, platform, versionAt), .. CheckConnect(settings, at), .. CheckFeatures(settings, release, at)];
    }

    private static SettingsProblem Unknown(SemanticVersion version, SettingPath at) => version < Matrix.Oldest
        ? new(at, "cannot run Studios", Matrix.Supported, $"upgrade the Platform to {Matrix.Oldest} or newer first", version.ToString())
        : new(at, "is newer than the version matrix", Matrix.Supported, "add its row to infra/Versions/versions.json", version.ToString());

    private static IEnumerable<SettingsProblem> CheckCloud(PlatformRelease release, SemanticVersion version, PlatformSettings platform, SettingPath at)
    {
        // A malformed cluster is null here, and has been reported.
        if (release.Clouds.Count > 0 && platform.Cluster is { } cluster && !IsEks(cluster))
        {
            yield return new(
                at,
                $"runs Data Studios on {string.Join(", ", release.Clouds)} only, and the cluster is not one of EKS",
                "25.1.0 or newer, or a cluster of EKS",
                "set platform:cluster.existing.kind: eks if it is one, or upgrade the Platform",
                version.ToString());
        }
    }

    private static bool IsEks(ClusterSettings cluster) => cluster is { Eks: not null } or { AdoptedEks: not null } or { Existing.Kind: ClusterKind.Eks };

    private static IEnumerable<SettingsProblem> CheckConnect(StudiosSettings settings, SettingPath at)
    {
        var oldest = Matrix.Connect[0].From;
        if (settings.ConnectVersion is { } given && given < oldest)
        {
            yield return new(at[nameof(settings.ConnectVersion)], "is too old for any Platform that is supported", $"{oldest} or newer", "remove connectVersion", given.ToString());
        }
    }

    private static IEnumerable<SettingsProblem> CheckFeatures(StudiosSettings settings, PlatformRelease release, SettingPath at)
    {
        (StudiosFeature Feature, string Setting, bool Wanted)[] wishes =
        [
            (StudiosFeature.Ssh, nameof(settings.Ssh), settings.Ssh is not null),
            (StudiosFeature.PathRouting, nameof(settings.PathRouting), settings.PathRouting),
            (StudiosFeature.Quotas, nameof(settings.Quotas), settings.Quotas is not null),
            (StudiosFeature.TrustedProxies, $"{nameof(settings.Proxy)}.{nameof(settings.Proxy.TrustedProxies)}", !settings.Proxy.TrustedProxies.IsEmpty),
            (StudiosFeature.SessionDefaults, nameof(settings.Sessions), settings.Sessions is not null),
            (StudiosFeature.CustomImages, nameof(settings.CustomImages), settings.CustomImages is not null),
        ];
        return wishes.Where(wish => wish.Wanted).SelectMany(wish => CheckFeature(wish.Feature, wish.Setting, settings, release, at));
    }

    private static IEnumerable<SettingsProblem> CheckFeature(StudiosFeature feature, string setting, StudiosSettings settings, PlatformRelease release, SettingPath at)
    {
        var requirement = Matrix.Features[feature];
        var key = string.Join('.', setting.Split('.').Select(SettingPath.KeyOf));
        if (requirement.Platform is { } platform && settings.Platform.Version < platform)
        {
            yield return new(
                at[nameof(settings.Platform)][nameof(settings.Platform.Version)],
                $"has not got {requirement.Title}, which {key} asks for",
                requirement.Needs,
                $"upgrade the Platform to {platform} or newer, or remove {key}",
                settings.Platform.Version.ToString());
        }

        var connect = settings.ConnectVersion ?? release.Connect;
        if (requirement.Connect is { } oldest && connect < oldest)
        {
            yield return new(
                at[nameof(settings.ConnectVersion)],
                $"has not got {requirement.Title}, which {key} asks for",
                requirement.Needs,
                $"set connectVersion: {oldest} or newer, or remove {key}",
                connect.ToString());
        }
    }
}
