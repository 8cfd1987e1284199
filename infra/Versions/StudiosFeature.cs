namespace Infra.Versions;

/// <summary>What only some versions of Platform, Connect and the session images can do; the versions stand in <c>versions.json</c>.</summary>
public enum StudiosFeature
{
    /// <summary>The template variables <c>_TOOL</c> and <c>_STATUS</c>.</summary>
    TemplateTool,

    /// <summary>All sessions on one host, told apart by path.</summary>
    PathRouting,

    /// <summary>SSH into sessions through connect-proxy.</summary>
    Ssh,

    /// <summary>Traffic quotas of connect-proxy.</summary>
    Quotas,

    /// <summary><c>CONNECT_TRUSTED_PROXY_CIDRS</c>.</summary>
    TrustedProxies,

    /// <summary>The variable <c>TOWER_DATA_STUDIO_ALLOWED_WORKSPACES</c>.</summary>
    AllowedWorkspacesVariable,

    /// <summary>A registry of the operator's for session images that Wave builds.</summary>
    CustomImages,

    /// <summary>Studios are on for every workspace unless a setting says otherwise.</summary>
    EnabledByDefault,

    /// <summary>The Platform settings for lifespan, privacy, metrics, framing and Wave checks.</summary>
    SessionDefaults,
}
