namespace Infra.Clusters;

/// <summary>Who decides when a GKE cluster is upgraded, and how soon.</summary>
public enum GkeReleaseChannel
{
    /// <summary>As soon as GKE has a version; for trying things out.</summary>
    Rapid,

    /// <summary>Two to three months after Rapid.</summary>
    Regular,

    /// <summary>Two to three months after Regular.</summary>
    Stable,

    /// <summary>As Regular, and a version may be kept for about 24 months, at a higher price from the end of its standard support on.</summary>
    Extended,
}
