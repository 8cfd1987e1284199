using System.Text.Json;

namespace Infra.Versions;

/// <summary>Which Connect, session images, templates and features belong to which Seqera Platform, as <c>versions.json</c> says.</summary>
/// <param name="Before">First Platform version that the matrix does not know.</param>
/// <param name="ConnectBefore">First connect version that the matrix does not know.</param>
/// <param name="Releases">Rows, oldest first.</param>
/// <param name="Connect">Ways to run Connect, oldest first.</param>
/// <param name="Images">Image paths by name.</param>
/// <param name="Features">Oldest versions per feature.</param>
/// <param name="Catalogs">Default templates by name.</param>
public sealed record VersionMatrix(
    SemanticVersion Before,
    SemanticVersion ConnectBefore,
    IReadOnlyList<PlatformRelease> Releases,
    IReadOnlyList<ConnectProfile> Connect,
    IReadOnlyDictionary<string, ConnectImagePaths> Images,
    IReadOnlyDictionary<StudiosFeature, FeatureRequirement> Features,
    IReadOnlyDictionary<string, IReadOnlyList<CatalogEntry>> Catalogs)
{
    private const int SupportedMinors = 2;

    private static readonly Lazy<VersionMatrix> Embedded = new(() => TableRow.ReadEmbedded("Infra.Versions.versions.json", Of));

    /// <summary>The matrix that this program was built with.</summary>
    public static VersionMatrix Current => Embedded.Value;

    /// <summary>Images of a Platform by Docker Compose.</summary>
    public ComposeImagePaths Compose { get; init; } = new("", "", "", "", "", "");

    /// <summary>Oldest Platform version that can run Studios.</summary>
    public SemanticVersion Oldest => Releases[0].From;

    /// <summary>Supported Platform versions, for messages.</summary>
    public string Supported => $"{Oldest} up to, not including, {Before}";

    public bool Knows(SemanticVersion platform) => platform >= Oldest && platform < Before;

    /// <summary>The row of a Platform version; null outside of <see cref="Supported"/>.</summary>
    public PlatformRelease? Release(SemanticVersion platform) => Knows(platform) ? Releases.Last(row => row.From <= platform) : null;

    /// <summary>Oldest connect that the vendor supports with the Platform of a row: two minor versions before its own.</summary>
    public SemanticVersion OldestConnect(PlatformRelease release)
    {
        var own = release.Connect;
        var oldest = SemanticVersion.Parse($"{own.Major}.{Math.Max(own.Minor - SupportedMinors, 0)}.0");
        return oldest < Connect[0].From ? Connect[0].From : oldest;
    }

    /// <summary>How a Connect version is run; versions older than the first row are run like it.</summary>
    public ConnectProfile Profile(SemanticVersion connect) => Connect.LastOrDefault(row => row.From <= connect) ?? Connect[0];

    public bool Has(StudiosFeature feature, SemanticVersion platform, SemanticVersion connect) => Features[feature].IsMetBy(platform, connect);

    /// <summary>Reads a matrix; words that it does not know are an error.</summary>
    public static VersionMatrix Read(Stream json) => TableRow.Read(json, Of);

    private static VersionMatrix Of(TableRow matrix) => new(
        matrix.Of("before", TableRow.Version),
        matrix.Of("connectBefore", TableRow.Version),
        [.. matrix.Of("releases", rows => TableRow.Rows(rows, PlatformRelease.Of)).OrderBy(row => row.From)],
        [.. matrix.Of("connect", rows => TableRow.Rows(rows, ConnectProfile.Of)).OrderBy(row => row.From)],
        matrix.Of("images", names => TableRow.Map(names, paths => TableRow.Read(paths, ConnectImagePaths.Of))),
        FeatureRequirement.ByFeature(matrix.Of("features", names => TableRow.Map(names, feature => TableRow.Read(feature, FeatureRequirement.Of)))),
        matrix.Of("catalogs", names => TableRow.Map(names, rows => TableRow.Rows(rows, CatalogEntry.Of))))
    {
        Compose = matrix.Of("compose", paths => TableRow.Read(paths, ComposeImagePaths.Of)),
    };
}

/// <summary>What belongs to the Platform versions of one row of the matrix.</summary>
/// <param name="From">Oldest Platform version of the row; it ends where the next one begins.</param>
/// <param name="Connect">connect-proxy and connect-server that the vendor pairs with it.</param>
/// <param name="Client">connect-client that the Platform adds to sessions whose image brings none.</param>
/// <param name="Images">Name of the image paths that the vendor used for it.</param>
/// <param name="Catalog">Name of its default templates.</param>
/// <param name="Clouds">Clouds whose compute environments can run sessions; empty for no limit.</param>
public sealed record PlatformRelease(
    SemanticVersion From,
    SemanticVersion Connect,
    SemanticVersion Client,
    string Images,
    string Catalog,
    IReadOnlyList<string> Clouds)
{
    internal static PlatformRelease Of(TableRow row) => new(
        row.Of("from", TableRow.Version),
        row.Of("connect", TableRow.Version),
        row.Of("client", TableRow.Version),
        row.Of("images", TableRow.Text),
        row.Of("catalog", TableRow.Text),
        row.Find("clouds", TableRow.Texts) ?? []);
}

/// <summary>How connect-proxy and connect-server of some versions are run.</summary>
/// <param name="From">Oldest version that is run so.</param>
/// <param name="HttpPort">Port on which the proxy listens, <c>CONNECT_HTTP_PORT</c>.</param>
/// <param name="ProxyCommand">Command of the proxy container; empty where the image's own is right.</param>
/// <param name="RunsAsRoot">The image needs user 0: it has no other user and binds port 80.</param>
/// <param name="WritableStorage">The proxy keeps its storage in <c>/data</c>, and from 0.8.3 on refuses to start without it.</param>
public sealed record ConnectProfile(
    SemanticVersion From,
    int HttpPort,
    IReadOnlyList<string> ProxyCommand,
    bool RunsAsRoot,
    bool WritableStorage)
{
    internal static ConnectProfile Of(TableRow row) => new(
        row.Of("from", TableRow.Version),
        row.Of("httpPort", TableRow.Number),
        row.Of("proxyCommand", TableRow.Texts),
        row.Is("runsAsRoot"),
        row.Is("writableStorage"));
}

/// <summary>One studio template as the vendor offers it with a Platform release.</summary>
/// <param name="Key">Its part of the variable names.</param>
/// <param name="Repository">Image with tag.</param>
/// <param name="Icon">Icon shown in the Platform.</param>
/// <param name="Tool">What runs in it.</param>
/// <param name="Status">recommended, deprecated, experimental or unsupported; null shows as unsupported.</param>
public sealed record CatalogEntry(string Key, string Repository, string Icon, string Tool, string? Status)
{
    internal static CatalogEntry Of(TableRow row) => new(
        row.Of("key", TableRow.Text),
        row.Of("repository", TableRow.Text),
        row.Of("icon", TableRow.Text),
        row.Of("tool", TableRow.Text),
        row.Find("status", TableRow.Text));
}

/// <summary>Where the two Connect images lie in a registry.</summary>
/// <param name="Registry">Host of the vendor's registry.</param>
/// <param name="Proxy">Repository of connect-proxy.</param>
/// <param name="Server">Repository of connect-server.</param>
/// <param name="Deprecated">The vendor has announced its end; pulling from it needs credentials of its own.</param>
public sealed record ConnectImagePaths(string Registry, string Proxy, string Server, bool Deprecated)
{
    internal static ConnectImagePaths Of(TableRow row) =>
        new(row.Of("registry", TableRow.Text), row.Of("proxy", TableRow.Text), row.Of("server", TableRow.Text), row.Is("deprecated"));
}

/// <summary>Where the images of a Platform by Docker Compose lie.</summary>
/// <param name="Registry">Host of the vendor's registry.</param>
/// <param name="Backend">Repository of the backend.</param>
/// <param name="Frontend">Repository of the frontend.</param>
/// <param name="Migrate">Repository of what changes the database's tables.</param>
/// <param name="Database">MySQL, with registry and tag.</param>
/// <param name="Redis">Redis, with registry and tag.</param>
public sealed record ComposeImagePaths(string Registry, string Backend, string Frontend, string Migrate, string Database, string Redis)
{
    internal static ComposeImagePaths Of(TableRow row) => new(
        row.Of("registry", TableRow.Text),
        row.Of("backend", TableRow.Text),
        row.Of("frontend", TableRow.Text),
        row.Of("migrate", TableRow.Text),
        row.Of("database", TableRow.Text),
        row.Of("redis", TableRow.Text));
}

/// <summary>The oldest versions that have a feature; null where the component plays no part in it.</summary>
/// <param name="Title">What an operator calls the feature.</param>
/// <param name="Platform">Oldest Seqera Platform.</param>
/// <param name="Connect">Oldest connect-proxy and connect-server.</param>
/// <param name="Client">Oldest connect-client in a session image.</param>
/// <param name="ExcludedTools">Tools whose sessions cannot use it, whatever their version.</param>
public sealed record FeatureRequirement(
    string Title,
    SemanticVersion? Platform,
    SemanticVersion? Connect,
    SemanticVersion? Client,
    IReadOnlyList<string> ExcludedTools)
{
    /// <summary>Whether both server sides have the feature; session images are looked at one by one.</summary>
    public bool IsMetBy(SemanticVersion platform, SemanticVersion connect) =>
        (Platform is null || platform >= Platform) && (Connect is null || connect >= Connect);

    /// <summary>What is needed, for messages: <c>Platform 25.3.3 and connect 0.10.0 or newer</c>.</summary>
    public string Needs
    {
        get
        {
            List<string> parts = [];
            if (Platform is not null)
            {
                parts.Add($"Platform {Platform}");
            }

            if (Connect is not null)
            {
                parts.Add($"connect {Connect}");
            }

            return $"{string.Join(" and ", parts)} or newer";
        }
    }

    internal static FeatureRequirement Of(TableRow row) => new(
        row.Of("title", TableRow.Text),
        row.Find("platform", TableRow.Version),
        row.Find("connect", TableRow.Version),
        row.Find("client", TableRow.Version),
        row.Find("excludedTools", TableRow.Texts) ?? []);

    internal static Dictionary<StudiosFeature, FeatureRequirement> ByFeature(Dictionary<string, FeatureRequirement> rows)
    {
        Dictionary<StudiosFeature, FeatureRequirement> features = [];
        foreach (var (name, requirement) in rows)
        {
            features.Add(
                Enum.TryParse<StudiosFeature>(name, ignoreCase: true, out var feature) ? feature : throw new JsonException($"'{name}' is no feature."),
                requirement);
        }

        return features;
    }
}

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

    /// <summary><c>CONNECT_MANAGEMENT_PORT</c>, with the metrics.</summary>
    ManagementPort,

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
