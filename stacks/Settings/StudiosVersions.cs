using Infra.Manifests;
using Infra.Studios;
using Infra.Versions;

namespace Stacks.Settings;

/// <summary>What the settings of Studios come down to once the version matrix has had its say.</summary>
/// <param name="Release">Row of the Platform's version.</param>
/// <param name="Connect">Version of connect-server and connect-proxy.</param>
/// <param name="Images">Where their images lie.</param>
/// <param name="Templates">All studio templates.</param>
/// <param name="Address">Addresses and hosts.</param>
public sealed record StudiosChoices(
    PlatformRelease Release,
    SemanticVersion Connect,
    ConnectImagePaths Images,
    IReadOnlyList<StudioTemplate> Templates,
    StudiosAddress Address)
{
    private const string Legacy = "legacy";

    private const string Current = "current";

    /// <summary>How this Connect is run.</summary>
    public ConnectProfile Profile => VersionMatrix.Current.Profile(Connect);

    public ImageReference ProxyImage => new(Images.Registry, Images.Proxy, Connect.ToString(), ProxyDigest);

    public ImageReference ServerImage => new(Images.Registry, Images.Server, Connect.ToString(), ServerDigest);

    /// <summary>Digest that pins connect-proxy; null where its tag decides.</summary>
    public string? ProxyDigest { get; init; }

    /// <summary>Digest that pins connect-server; null where its tag decides.</summary>
    public string? ServerDigest { get; init; }

    /// <summary>The choices of settings whose Platform version the matrix knows.</summary>
    public static StudiosChoices For(StudiosSettings settings)
    {
        var matrix = VersionMatrix.Current;
        var release = matrix.Release(settings.Platform.Version)
            ?? throw new ArgumentException($"Platform {settings.Platform.Version} is outside of the version matrix, {matrix.Supported}.", nameof(settings));
        var images = settings.ConnectImages switch
        {
            ConnectImageSource.Legacy => Legacy,
            ConnectImageSource.Current => Current,
            _ => release.Images,
        };
        return new StudiosChoices(
            release,
            settings.ConnectVersion ?? release.Connect,
            matrix.Images[images],
            TemplateCatalog.Merge(VendorTemplates(settings, release), settings.Templates.Select(entry => TemplateFor(entry.Key, entry.Value))),
            StudiosAddress.Plan(
                settings.Platform.Url.Origin,
                settings.ConnectUrl.Origin,
                settings.PathRouting,
                settings.SessionWildcard,
                settings.Ssh?.OwnHost?.Host))
        {
            ProxyDigest = settings.Proxy.Digest,
            ServerDigest = settings.Server.Digest,
        };
    }

    /// <summary>The vendor's templates, without those that the chosen routing cannot serve.</summary>
    internal static IEnumerable<StudioTemplate> VendorTemplates(StudiosSettings settings, PlatformRelease release)
    {
        var excluded = settings.PathRouting ? VersionMatrix.Current.Features[StudiosFeature.PathRouting].ExcludedTools : [];
        return settings.DefaultTemplates ? TemplateCatalog.Defaults(VersionMatrix.Current, release).Where(template => !excluded.Contains(template.Tool)) : [];
    }

    internal static StudioTemplate TemplateFor(string key, StudioTemplateSettings template)
    {
        // Before 25.1 a template has an icon and no tool.
        var tool = template.Tool ?? template.Icon ?? "";
        return new StudioTemplate(key, template.Repository, tool, template.Icon ?? tool, template.Status, template.ConnectClient);
    }
}

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

        return
        [
            .. CheckPreRelease(version, release, versionAt),
            .. CheckCloud(release, version, platform, versionAt),
            .. CheckConnect(settings, release, at),
            .. CheckUser(settings, release, at),
            .. CheckDigests(settings, release, at),
            .. CheckFeatures(settings, release, at),
        ];
    }

    private static SettingsProblem Unknown(SemanticVersion version, SettingPath at) => version < Matrix.Oldest
        ? new(at, "cannot run Studios", Matrix.Supported, $"upgrade the Platform to {Matrix.Oldest} or newer first", version.ToString())
        : new(at, "is newer than the version matrix", Matrix.Supported, "add its row to infra/Versions/versions.json", version.ToString());

    private static IEnumerable<SettingsProblem> CheckCloud(PlatformRelease release, SemanticVersion version, PlatformSettings platform, SettingPath at)
    {
        // A malformed cluster is null here, and has been reported.
        if (release.Clouds.Count > 0 && platform.Cluster is { } cluster && !release.Clouds.Contains(cluster.Cloud))
        {
            yield return new(
                at, $"runs Data Studios on {string.Join(", ", release.Clouds)} only, and the cluster is not one of EKS", "25.1.0 or newer, or a cluster of EKS",
                "set platform:cluster.existing.kind: eks if it is one, or upgrade the Platform", version.ToString());
        }
    }

    private static IEnumerable<SettingsProblem> CheckPreRelease(SemanticVersion version, PlatformRelease release, SettingPath at)
    {
        if (version.LeadsTo is { } final)
        {
            yield return SettingsProblem.Warning(
                at, $"is a pre-release, older than {final}, and is taken for what came before: Platform {release.From} with connect {release.Connect}",
                "a release", $"set version: {final} to have what that release has", version.ToString());
        }
    }

    private static IEnumerable<SettingsProblem> CheckConnect(StudiosSettings settings, PlatformRelease release, SettingPath at)
    {
        if (settings.ConnectVersion is not { } given)
        {
            yield break;
        }

        var here = at[nameof(settings.ConnectVersion)];
        var oldest = Matrix.OldestConnect(release);
        if (given < oldest || given >= Matrix.ConnectBefore)
        {
            yield return new(
                here,
                $"is {(given < oldest ? "older" : "newer")} than any connect that the vendor supports with Platform {settings.Platform.Version}",
                $"{oldest} up to, not including, {Matrix.ConnectBefore}",
                $"remove connectVersion to have {release.Connect}, or set one of these",
                given.ToString());
        }
        else if (given.LeadsTo is { } final)
        {
            yield return SettingsProblem.Warning(
                here, $"is a pre-release, and is taken for older than {final}: features of {final} are refused", "a release", $"set connectVersion: {final}",
                given.ToString());
        }
    }

    private static IEnumerable<SettingsProblem> CheckUser(StudiosSettings settings, PlatformRelease release, SettingPath at)
    {
        var connect = settings.ConnectVersion ?? release.Connect;
        if (settings.Pods.ClusterChoosesUser && Matrix.Profile(connect).RunsAsRoot)
        {
            var rootless = Matrix.Connect.First(profile => !profile.RunsAsRoot).From;
            yield return new(
                at[nameof(settings.Pods)][nameof(settings.Pods.ClusterChoosesUser)],
                $"is true, and the images of connect {connect} know no user but root",
                $"false, or connect {rootless} or newer",
                $"upgrade the Platform to one that comes with connect {rootless} or newer, or remove clusterChoosesUser",
                "true");
        }
    }

    // A digest is one version's: with the next one it would go on running what it names, under another tag.
    private static IEnumerable<SettingsProblem> CheckDigests(StudiosSettings settings, PlatformRelease release, SettingPath at) =>
        new[] { new ImagePin(nameof(settings.Proxy), settings.Proxy.Digest), new ImagePin(nameof(settings.Server), settings.Server.Digest) }
            .Where(pin => pin.Digest is not null && settings.ConnectVersion is null)
            .Select(pin => new SettingsProblem(
                at[pin.Setting]["digest"], "is given without connectVersion, and a digest belongs to one version", "a digest beside connectVersion",
                $"add connectVersion: {release.Connect}, or the version that the digest is of", pin.Digest));

    private sealed record ImagePin(string Setting, string? Digest);

    private static IEnumerable<SettingsProblem> CheckFeatures(StudiosSettings settings, PlatformRelease release, SettingPath at)
    {
        FeatureChoice[] choices =
        [
            new(StudiosFeature.Ssh, nameof(settings.Ssh), settings.Ssh is not null),
            new(StudiosFeature.PathRouting, nameof(settings.PathRouting), settings.PathRouting),
            new(StudiosFeature.Quotas, nameof(settings.Quotas), settings.Quotas is not null),
            new(StudiosFeature.ManagementPort, nameof(settings.Metrics), settings.Metrics is not null),
            new(StudiosFeature.TrustedProxies, $"{nameof(settings.Proxy)}.{nameof(settings.Proxy.TrustedProxies)}", !settings.Proxy.TrustedProxies.IsEmpty),
            new(StudiosFeature.SessionDefaults, nameof(settings.Sessions), settings.Sessions is not null),
            new(StudiosFeature.CustomImages, nameof(settings.CustomImages), settings.CustomImages is not null),
        ];
        return choices.Where(choice => choice.IsMade).SelectMany(choice => CheckFeature(choice.Feature, choice.Setting, settings, release, at));
    }

    private sealed record FeatureChoice(StudiosFeature Feature, string Setting, bool IsMade);

    private static IEnumerable<SettingsProblem> CheckFeature(
        StudiosFeature feature,
        string setting,
        StudiosSettings settings,
        PlatformRelease release,
        SettingPath at)
    {
        var requirement = Matrix.Features[feature];
        var key = string.Join('.', setting.Split('.').Select(SettingPath.KeyFor));
        if (requirement.Platform is { } platform && settings.Platform.Version < platform)
        {
            yield return new(
                at[nameof(settings.Platform)][nameof(settings.Platform.Version)], $"does not support {requirement.Title}, which {key} needs", requirement.Needs,
                $"upgrade the Platform to {platform} or newer, or remove {key}", settings.Platform.Version.ToString());
        }

        var connect = settings.ConnectVersion ?? release.Connect;
        if (requirement.Connect is { } oldest && connect < oldest)
        {
            yield return new(
                at[nameof(settings.ConnectVersion)], $"does not support {requirement.Title}, which {key} needs", requirement.Needs,
                $"set connectVersion: {oldest} or newer, or remove {key}", connect.ToString());
        }
    }
}
