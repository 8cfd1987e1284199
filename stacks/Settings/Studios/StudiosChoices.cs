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

    public ImageReference ProxyImage => new(Images.Registry, Images.Proxy, Connect.ToString());

    public ImageReference ServerImage => new(Images.Registry, Images.Server, Connect.ToString());

    /// <summary>The choices of settings whose Platform version the matrix knows.</summary>
    public static StudiosChoices Of(StudiosSettings settings)
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
            TemplateCatalog.Merge(Defaults(settings, release), settings.Templates.Select(entry => Template(entry.Key, entry.Value))),
            StudiosAddress.Plan(settings.Platform.Url, settings.ConnectUrl, settings.PathRouting, settings.SessionWildcard, settings.Ssh?.OwnHost?.Host));
    }

    /// <summary>The vendor's templates, without those that the chosen routing cannot serve.</summary>
    internal static IEnumerable<StudioTemplate> Defaults(StudiosSettings settings, PlatformRelease release)
    {
        var excluded = settings.PathRouting ? VersionMatrix.Current.Features[StudiosFeature.PathRouting].ExcludedTools : [];
        return settings.DefaultTemplates ? TemplateCatalog.Defaults(VersionMatrix.Current, release).Where(template => !excluded.Contains(template.Tool)) : [];
    }

    internal static StudioTemplate Template(string key, StudioTemplateSettings template)
    {
        // Before 25.1 a template has an icon and no tool.
        var tool = template.Tool ?? template.Icon ?? "";
        return new StudioTemplate(key, template.Repository, tool, template.Icon ?? tool, template.Status, template.ConnectClient);
    }
}
