using System.Collections.Immutable;
using Rehearsal.Graph;

namespace Rehearsal.Planning;

/// <summary>One operation on one resource as it is planned, and then done.</summary>
internal sealed class Step
{
    public required Operation Operation { get; init; }

    /// <summary>The resource in the state before; null when there is none.</summary>
    public TrackedResource? Old { get; init; }

    /// <summary>The resource as the program wants it; null when it goes away.</summary>
    public TrackedResource? New { get; init; }

    /// <summary>Properties whose change needs a replacement.</summary>
    public ImmutableArray<string> ReplaceReasons { get; init; } = [];

    /// <summary>Properties that changed.</summary>
    public ImmutableArray<string> DiffReasons { get; init; } = [];

    /// <summary>What changed, by path; empty where the provider does not say.</summary>
    public ImmutableSortedDictionary<string, PropertyDifference> Detailed { get; init; } = ImmutableSortedDictionary<string, PropertyDifference>.Empty;

    /// <summary>Whether a replacement's old resource stays until its successor is there.</summary>
    public bool DeletesLater { get; init; }

    /// <summary>Whether a deleted resource may come back in the same update, and is kept in the state until then.</summary>
    public bool PendingReplacement { get; init; }

    /// <summary>What a refresh found: whether the resource is the same, changed or gone.</summary>
    public Operation Found { get; set; } = Operation.Same;

    /// <summary>Whether it could not be done.</summary>
    public bool Failed { get; set; }

    public Urn Urn => (New ?? Old)!.Urn;
}

/// <summary>How one property differs.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="Inputs">Whether the inputs were compared, and not the old outputs with the new inputs.</param>
internal readonly record struct PropertyDifference(DifferenceKind Kind, bool Inputs = false);

/// <summary>What happened to a property, and whether that needs a replacement; the names are Pulumi's.</summary>
internal enum DifferenceKind
{
    Add,
    AddReplace,
    Delete,
    DeleteReplace,
    Update,
    UpdateReplace,
}

/// <summary>Spelling and meaning of the kinds of differences.</summary>
internal static class DifferenceKinds
{
    public static string PulumiName(this DifferenceKind kind) => kind switch
    {
        DifferenceKind.Add => "add",
        DifferenceKind.AddReplace => "add-replace",
        DifferenceKind.Delete => "delete",
        DifferenceKind.DeleteReplace => "delete-replace",
        DifferenceKind.Update => "update",
        _ => "update-replace",
    };

    public static bool Replaces(this DifferenceKind kind) => kind is DifferenceKind.AddReplace or DifferenceKind.DeleteReplace or DifferenceKind.UpdateReplace;

    public static DifferenceKind Replacing(this DifferenceKind kind) => kind switch
    {
        DifferenceKind.Add => DifferenceKind.AddReplace,
        DifferenceKind.Delete => DifferenceKind.DeleteReplace,
        DifferenceKind.Update => DifferenceKind.UpdateReplace,
        _ => kind,
    };
}
