namespace Infra.Storage;

/// <summary>How an FSx for Lustre file system keeps its data.</summary>
public enum FsxLustreDeployment
{
    /// <summary>One copy, for work directories that can be computed again; lost if a file server fails.</summary>
    Scratch,

    /// <summary>Replicated inside its zone, with backups.</summary>
    Persistent,
}
