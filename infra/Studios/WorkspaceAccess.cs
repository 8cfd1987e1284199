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

/// <summary>How one of the Platform's workspace lists spells all and none; the variables do not agree with each other.</summary>
/// <param name="Name">Variable of the backend.</param>
/// <param name="Unset">What an absent variable means.</param>
/// <param name="Empty">What an empty variable means.</param>
public sealed record WorkspaceVariable(string Name, WorkspaceAccess Unset, WorkspaceAccess Empty)
{
    /// <summary>Studios themselves, from Platform 26.1: absent is all, empty is none.</summary>
    public static WorkspaceVariable Studios { get; } = new("TOWER_DATA_STUDIO_ALLOWED_WORKSPACES", WorkspaceAccess.Everyone, WorkspaceAccess.Nobody);

    /// <summary>SSH: absent is none, empty is all.</summary>
    public static WorkspaceVariable Ssh { get; } = OptIn("TOWER_DATA_STUDIO_SSH_ALLOWED_WORKSPACES");

    /// <summary>Sessions in a frame of the Platform's pages: absent is none, empty is all.</summary>
    public static WorkspaceVariable Iframe { get; } = OptIn("TOWER_DATA_STUDIO_CONNECT_IFRAME_ALLOWED_WORKSPACES");

    /// <summary>Session metrics: absent is none, empty is all.</summary>
    public static WorkspaceVariable Metrics { get; } = OptIn("TOWER_STUDIO_METRICS_ENABLED_WORKSPACES");

    /// <summary>The value of the variable; null leaves it out.</summary>
    public string? Render(WorkspaceAccess access)
    {
        if (access is WorkspaceAccess.Listed listed)
        {
            return listed.Ids;
        }

        return access == Unset ? null : "";
    }

    private static WorkspaceVariable OptIn(string name) => new(name, WorkspaceAccess.Nobody, WorkspaceAccess.Everyone);
}
