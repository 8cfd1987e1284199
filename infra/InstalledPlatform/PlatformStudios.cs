using System.Collections.Immutable;
using Infra.Studios;
using Infra.Versions;

namespace Infra.InstalledPlatform;

/// <summary>Everything that an installed Platform must know to offer Studios; only facts that are no secret and known before anything is deployed.</summary>
/// <param name="Version">Version of the Platform; <see cref="VersionMatrix.Knows"/> it.</param>
/// <param name="Address">Addresses of Platform and Connect.</param>
/// <param name="Workspaces">Workspaces that have Studios.</param>
/// <param name="Templates">Studio templates.</param>
/// <param name="KeepTowerYaml">Write <c>tower.yml</c> although the Platform no longer needs it; see <see cref="StudiosAvailability.For"/>.</param>
/// <param name="Ssh">SSH; null for none.</param>
/// <param name="Sessions">Session defaults; null for the Platform's own.</param>
/// <param name="CustomImages">Registry for images built by Wave; null for none.</param>
public sealed record PlatformStudios(
    SemanticVersion Version,
    StudiosAddress Address,
    WorkspaceAccess Workspaces,
    IReadOnlyList<StudioTemplate> Templates,
    bool KeepTowerYaml = false,
    PlatformSsh? Ssh = null,
    SessionDefaults? Sessions = null,
    CustomImageRegistry? CustomImages = null)
{
    /// <summary>Variable for the fingerprint of connect-proxy's SSH key, which is known once the key exists.</summary>
    public const string FingerprintVariable = "TOWER_DATA_STUDIO_CONNECT_SSH_KEY_FINGERPRINT";

    /// <summary>Variable for the token with which connect-proxy registers itself; its value comes from a Secret.</summary>
    public const string TokenVariable = "TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN";

    /// <summary>Variable for <see cref="InstallLayout.PemPath"/>.</summary>
    public const string PemVariable = "TOWER_OIDC_PEM_PATH";

    /// <summary>Value of <c>tower.data-studio.allowed-workspaces</c>; null leaves the file alone.</summary>
    public string? TowerYaml(VersionMatrix matrix) => Availability(matrix).TowerYaml;

    /// <summary>Variables for the backend's ConfigMap.</summary>
    public ImmutableSortedDictionary<string, string> Variables(VersionMatrix matrix)
    {
        var release = Release(matrix);
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        // Sessions mount data through Data Explorer; the default of older versions is off.
        variables["TOWER_DATA_EXPLORER_ENABLED"] = "true";
        variables["TOWER_DATA_STUDIO_CONNECT_URL"] = Address.Connect.Text;
        if (Availability(matrix).Variable is { } workspaces)
        {
            variables[WorkspaceVariable.Studios.Name] = workspaces;
        }

        if (Address.IsPathRouted)
        {
            variables["TOWER_DATA_STUDIO_ENABLE_PATH_ROUTING"] = "true";
        }

        variables.AddRange(TemplateCatalog.Variables(Templates, matrix.Has(StudiosFeature.TemplateTool, Version, release.Connect)));
        variables.AddRange(Ssh is null ? [] : SshVariables(Ssh));
        variables.AddRange(Sessions?.Variables ?? None);
        variables.AddRange(CustomImages?.Variables ?? None);
        return variables.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> None => ImmutableSortedDictionary<string, string>.Empty;

    private static IEnumerable<KeyValuePair<string, string>> SshVariables(PlatformSsh ssh)
    {
        yield return new("TOWER_SSH_KEYS_MANAGEMENT_ENABLED", ssh.UserKeys ? "true" : "false");
        yield return new("TOWER_DATA_STUDIO_CONNECT_SSH_PORT", ssh.Port.ToString());
        if (WorkspaceVariable.Ssh.Render(ssh.Workspaces) is { } workspaces)
        {
            yield return new(WorkspaceVariable.Ssh.Name, workspaces);
        }

        if (ssh.OwnHost is { } host)
        {
            yield return new("TOWER_DATA_STUDIO_CONNECT_SSH_ADDRESS", host.Text);
        }

        if (ssh.KeyTypes.Count > 0)
        {
            yield return new("TOWER_SSH_KEYS_SUPPORTED_TYPES", string.Join(',', ssh.KeyTypes));
        }
    }

    private StudiosAvailability Availability(VersionMatrix matrix) => StudiosAvailability.For(Workspaces, Release(matrix), matrix, KeepTowerYaml);

    private PlatformRelease Release(VersionMatrix matrix) =>
        matrix.Release(Version) ?? throw new ArgumentException($"Platform {Version} is outside of the version matrix, {matrix.Supported}.", nameof(matrix));
}
