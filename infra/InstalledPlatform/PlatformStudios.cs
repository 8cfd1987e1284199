using System.Collections.Immutable;
using Infra.Dns;
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

/// <summary>What the Platform tells users and sessions about SSH.</summary>
/// <param name="Workspaces">Workspaces whose sessions take SSH.</param>
/// <param name="Port">Port that users dial: the balancer's, not the pod's.</param>
/// <param name="OwnHost">Host where it is not the connect host; null for the same.</param>
/// <param name="UserKeys">Users keep their public keys in the Platform.</param>
/// <param name="KeyTypes">Types of user keys that are accepted; empty for the Platform's default.</param>
public sealed record PlatformSsh(WorkspaceAccess Workspaces, int Port, DomainName? OwnHost, bool UserKeys, IReadOnlyList<string> KeyTypes);

/// <summary>Settings of Platform 26.1 for sessions in general; null leaves the Platform's own default.</summary>
/// <param name="LifespanHours">Hours after which a session stops, <c>TOWER_DATA_STUDIO_DEFAULT_LIFESPAN</c>.</param>
/// <param name="PrivateByDefault">New studios are private to who made them.</param>
/// <param name="ForceStopThreshold">Time after which a stopping session is forced, as duration (<c>10m</c>).</param>
/// <param name="Iframe">Workspaces whose sessions show in a frame of the Platform's pages.</param>
/// <param name="Metrics">Workspaces whose sessions report metrics.</param>
/// <param name="MetricsRetentionDays">Days that metrics are kept.</param>
public sealed record SessionDefaults(
    int? LifespanHours = null,
    bool? PrivateByDefault = null,
    string? ForceStopThreshold = null,
    WorkspaceAccess? Iframe = null,
    WorkspaceAccess? Metrics = null,
    int? MetricsRetentionDays = null)
{
    internal ImmutableSortedDictionary<string, string> Variables
    {
        get
        {
            IEnumerable<KeyValuePair<string, string?>> all =
            [
                new("TOWER_DATA_STUDIO_DEFAULT_LIFESPAN", LifespanHours?.ToString()),
                new("TOWER_DATA_STUDIO_PRIVATE_STUDIO_BY_DEFAULT", PrivateByDefault?.ToString().ToLowerInvariant()),
                new("TOWER_DATA_STUDIO_FORCE_STOP_THRESHOLD", ForceStopThreshold),
                new(WorkspaceVariable.Iframe.Name, Iframe is null ? null : WorkspaceVariable.Iframe.Render(Iframe)),
                new(WorkspaceVariable.Metrics.Name, Metrics is null ? null : WorkspaceVariable.Metrics.Render(Metrics)),
                new("TOWER_STUDIO_METRICS_RETENTION_DAYS", MetricsRetentionDays?.ToString()),
            ];
            return all.Where(pair => pair.Value is not null).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        }
    }
}

/// <summary>Where Wave puts the session images that it builds for users (Platform 25.1 and newer).</summary>
/// <param name="Registry">Registry host.</param>
/// <param name="Repository">Repository; null for the Platform's default, <c>data-studios/</c> and the tool.</param>
/// <param name="NameStrategy">none, tagPrefix or imageSuffix; null for the Platform's default, tagPrefix.</param>
public sealed record CustomImageRegistry(string Registry, string? Repository = null, string? NameStrategy = null)
{
    private const string Prefix = "TOWER_DATA_STUDIO_WAVE_CUSTOM_IMAGE_";

    internal ImmutableSortedDictionary<string, string> Variables => new KeyValuePair<string, string?>[]
    {
        new($"{Prefix}REGISTRY", Registry),
        new($"{Prefix}REPOSITORY", Repository),
        new($"{Prefix}NAME_STRATEGY", NameStrategy),
    }.Where(pair => pair.Value is not null).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
}
