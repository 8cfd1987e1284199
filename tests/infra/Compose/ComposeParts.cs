using Infra.Compose;
using Infra.Dns;
using Infra.InstalledPlatform;
using Infra.Manifests;
using Infra.Studios;
using Infra.Versions;

namespace Tests.Infra.Compose;

/// <summary>Data Studios by Docker Compose as tests describe it.</summary>
internal static class ComposeParts
{
    public static ComposeStudios Studios(string version = "24.1.4", string url = "https://example.com")
    {
        var (matrix, number) = (VersionMatrix.Current, SemanticVersion.Parse(version));
        var release = matrix.Release(number)!;
        var images = matrix.Images[release.Images];
        return new(
            new PlatformStudios(
                number,
                StudiosAddress.Plan(WebOrigin.Parse(url), WebOrigin.Parse(url.Replace("://", "://connect.", StringComparison.Ordinal)), pathRouting: false),
                WorkspaceAccess.Everyone,
                [TemplateCatalog.Defaults(matrix, release)[0]]),
            new ImageReference(images.Registry, images.Proxy, $"{release.Connect}"),
            new ImageReference(images.Registry, images.Server, $"{release.Connect}"));
    }
}
