using Infra.Dns;
using Infra.Versions;

namespace Infra.Studios;

/// <summary>The addresses that Platform, connect-proxy and browsers must agree on.</summary>
/// <param name="Platform">As <c>TOWER_SERVER_URL</c>.</param>
/// <param name="Connect">As <c>CONNECT_PROXY_URL</c>.</param>
/// <param name="Hosts">The names behind them.</param>
public sealed record StudiosAddress(WebOrigin Platform, WebOrigin Connect, PlatformHosts Hosts)
{
    /// <summary>Labels a connect host needs so that a wildcard beside it does not stand directly under a top-level domain.</summary>
    public const int FewestLabels = 3;

    /// <summary>Whether hosts beside this one belong to whoever owns it: a wildcard under a public suffix belongs to nobody.</summary>
    public static bool HasHostsBeside(DomainName host) => host.Labels.Count >= FewestLabels && !PublicSuffixes.IsOne(host.Parent());

    public bool IsPathRouted => Hosts.Sessions is SessionRouting.Path;

    /// <summary>Plans the addresses.</summary>
    /// <param name="platform">Address of the Platform.</param>
    /// <param name="connect">Address of connect-proxy.</param>
    /// <param name="pathRouting">Sessions share the connect host.</param>
    /// <param name="wildcard">Hosts of the sessions where they do not stand beside the connect host; null derives them.</param>
    /// <param name="sshHost">Host of SSH where it is not the connect host; null has none.</param>
    public static StudiosAddress Plan(WebOrigin platform, WebOrigin connect, bool pathRouting, DomainName? wildcard = null, DomainName? sshHost = null)
    {
        var host = DomainName.Parse(connect.Host);
        SessionRouting sessions = pathRouting
            ? new SessionRouting.Path()
            : wildcard is null ? SessionRouting.BesideConnect(host) : new SessionRouting.Subdomain(wildcard);
        return new StudiosAddress(platform, connect, new PlatformHosts(DomainName.Parse(platform.Host), host, sessions, sshHost is null ? [] : [sshHost]));
    }

    /// <summary>
    /// The deepest name that both hosts are or stand under and for which browsers keep cookies; null when the hosts were registered by different owners.
    /// </summary>
    public static DomainName? SharedDomain(DomainName one, DomainName other)
    {
        if (PublicSuffixes.Registered(one) is not { } registered || registered != PublicSuffixes.Registered(other))
        {
            return null;
        }

        var (labels, others) = (one.Labels, other.Labels);
        var shared = 0;
        while (shared < labels.Count && shared < others.Count && labels[^(shared + 1)] == others[^(shared + 1)])
        {
            shared++;
        }

        return DomainName.Parse(string.Join('.', labels.Skip(labels.Count - shared)));
    }
}

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
