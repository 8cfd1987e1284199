namespace Stacks.Settings;

/// <summary>How the Seqera Platform came into its namespace.</summary>
public enum PlatformInstall
{
    /// <summary>With the vendor's Kubernetes manifests.</summary>
    Manifests,

    /// <summary>With the vendor's Helm chart.</summary>
    Helm,

    /// <summary>This program may not touch it: the operator applies the exported files.</summary>
    None,
}
