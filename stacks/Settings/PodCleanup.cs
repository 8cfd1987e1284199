namespace Stacks.Settings;

/// <summary>When Nextflow deletes the pods of a run.</summary>
public enum PodCleanup
{
    OnSuccess,

    Always,

    Never,
}
