using Infra.Versions;

namespace Infra.Studios;

/// <summary>Where a Platform version reads which workspaces have Studios.</summary>
/// <param name="Variable">Value of <c>TOWER_DATA_STUDIO_ALLOWED_WORKSPACES</c>; null leaves it out.</param>
/// <param name="TowerYaml">Value of <c>tower.data-studio.allowed-workspaces</c> in <c>tower.yml</c>, as YAML; null leaves the file alone.</param>
public sealed record StudiosAvailability(string? Variable, string? TowerYaml)
{
    /// <summary>
    /// Up to 25.2 the file decides; 25.3 reads both and cannot express "all" in the variable; from 26.1 the variable decides.
    /// </summary>
    /// <param name="access">Who may use Studios.</param>
    /// <param name="release">Row of the Platform version.</param>
    /// <param name="matrix">The matrix of versions.</param>
    /// <param name="keepFile">Write the file from 26.1 on too: after an upgrade it may still hold an older answer.</param>
    public static StudiosAvailability For(WorkspaceAccess access, PlatformRelease release, VersionMatrix matrix, bool keepFile = false)
    {
        var byDefault = matrix.Has(StudiosFeature.EnabledByDefault, release.From, release.Connect);
        var byVariable = matrix.Has(StudiosFeature.AllowedWorkspacesVariable, release.From, release.Connect);
        return new StudiosAvailability(
            byDefault || (byVariable && access is not WorkspaceAccess.All) ? WorkspaceVariable.Studios.Render(access) : null,
            byDefault && !keepFile ? null : InFile(access));
    }

    private static string InFile(WorkspaceAccess access) => access switch
    {
        WorkspaceAccess.All => "null",
        WorkspaceAccess.None => "[]",
        WorkspaceAccess.Listed listed => $"[{listed.Ids.Replace(",", ", ", StringComparison.Ordinal)}]",
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, "A workspace access is All, None or Listed."),
    };
}
