using Infra.Manifests;
using Infra.Versions;

namespace Infra.Connect;

/// <summary>The images of Connect.</summary>
public static class ConnectImages
{
    /// <summary>User and group of both images.</summary>
    public const int UserId = 65532;

    // The version in the manifests of Seqera Enterprise 26.1. The paths below private/nf-tower-enterprise are deprecated since May 2026.
    private const string Tag = "0.11.0";
    private const string Registry = "cr.seqera.io";

    public static readonly ImageReference Proxy = new(Registry, "enterprise/studios/proxy", Tag);

    public static readonly ImageReference Server = new(Registry, "enterprise/studios/server", Tag);

    /// <summary>How these images are run.</summary>
    public static ConnectProfile Profile => VersionMatrix.Current.Profile(SemanticVersion.Parse(Tag));
}
