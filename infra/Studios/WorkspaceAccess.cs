namespace Infra.Studios;

/// <summary>Which workspaces may use something: all, none, or those listed. There is no unspoken fourth state.</summary>
public abstract record WorkspaceAccess
{
    private WorkspaceAccess()
    {
    }

    public static WorkspaceAccess Everyone { get; } = new All();

    public static WorkspaceAccess Nobody { get; } = new None();

    /// <summary>The listed workspaces; sorted and without repetition, so that their order in a stack file changes nothing.</summary>
    public static WorkspaceAccess Only(IEnumerable<long> ids)
    {
        var sorted = ids.Distinct().Order().ToList();
        return sorted.Count == 0
            ? throw new ArgumentException("A list of workspaces must name at least one; 'none' is a state of its own.", nameof(ids))
            : new Listed(string.Join(',', sorted));
    }

    /// <summary>Every workspace.</summary>
    public sealed record All : WorkspaceAccess;

    /// <summary>No workspace.</summary>
    public sealed record None : WorkspaceAccess;

    /// <summary>These workspaces.</summary>
    /// <param name="Ids">Numeric ids, ascending, separated by commas: the form of the Platform's variables.</param>
    public sealed record Listed(string Ids) : WorkspaceAccess;
}
