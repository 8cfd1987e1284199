using Infra.Manifests;
using Infra.Versions;

namespace Infra.Connect;

/// <summary>The images of Connect.</summary>
public static class ConnectImages
{
    /// <summary>User and group of both images.</summary>
    public const int UserId = 65532;

    private static readonly PlatformRelease Newest = VersionMatrix.Current.Releases[^1];

    private static readonly ConnectImagePaths Paths = VersionMatrix.Current.Images[Newest.Images];

    /// <summary>connect-proxy of the newest Platform that the version matrix knows.</summary>
    public static readonly ImageReference Proxy = new(Paths.Registry, Paths.Proxy, Newest.Connect.ToString());

    /// <summary>connect-server of the newest Platform that the version matrix knows.</summary>
    public static readonly ImageReference Server = new(Paths.Registry, Paths.Server, Newest.Connect.ToString());

    /// <summary>How these images are run.</summary>
    public static ConnectProfile Profile => VersionMatrix.Current.Profile(Newest.Connect);
}
