namespace Rehearsal.Planning;

/// <summary>What a step does to a resource; the names are Pulumi's.</summary>
public enum Operation
{
    Same,
    Create,
    Update,
    Delete,
    Replace,
    CreateReplacement,
    DeleteReplaced,
    Read,
    ReadReplacement,
    Refresh,
    Discard,
    DiscardReplaced,
    RemovePendingReplace,
    Import,
    ImportReplacement,
}
