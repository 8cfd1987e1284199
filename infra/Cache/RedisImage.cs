using Infra.Manifests;

namespace Infra.Cache;

/// <summary>The image of the in-cluster Redis.</summary>
public static class RedisImage
{
    /// <summary>
    /// The newest patch of 7.4, the newest line that Seqera Platform 26.1 supports (release dates: endoflife.date, 22 August 2026).
    /// The upstream image; public Bitnami images were withdrawn in 2025.
    /// </summary>
    public static readonly ImageReference Default = new("docker.io", "library/redis", "7.4.11");

    /// <summary>User and group <c>redis</c> of the image.</summary>
    public const int UserId = 999;
}
