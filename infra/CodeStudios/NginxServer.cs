using System.Collections.Immutable;

namespace Infra.CodeStudios;

/// <summary>How nginx compares a path with a location.</summary>
public enum LocationMatch
{
    /// <summary>The path begins with it.</summary>
    Prefix,

    /// <summary>The path is it.</summary>
    Exact,

    /// <summary>The path begins with it, and no regular expression is tried.</summary>
    PriorityPrefix,

    /// <summary>It is a regular expression.</summary>
    Regex,

    /// <summary>It is a regular expression that ignores case.</summary>
    RegexIgnoreCase,
}

/// <summary>What nginx does at a location.</summary>
public enum LocationMode
{
    /// <summary>It asks another server of the pod.</summary>
    Proxy,

    /// <summary>It gives files of a folder.</summary>
    Folder,

    /// <summary>It does what the operator writes.</summary>
    Custom,
}

/// <summary>A location of nginx.</summary>
/// <param name="Path">What is compared; a prefix starts with /.</param>
public sealed record NginxLocation(string Path)
{
    /// <summary>How it is compared.</summary>
    public LocationMatch Match { get; init; } = LocationMatch.Prefix;

    /// <summary>What happens there.</summary>
    public LocationMode Mode { get; init; } = LocationMode.Folder;

    /// <summary>Port of the server of mode proxy; 0 for none.</summary>
    public int ProxyPort { get; init; }

    /// <summary>Path that mode proxy appends; empty leaves that of the request.</summary>
    public string ProxyPath { get; init; } = "";

    /// <summary>Whether mode proxy lets connections become WebSockets.</summary>
    public bool Websocket { get; init; }

    /// <summary>Texts that mode proxy replaces in answers.</summary>
    public ImmutableArray<SubFilter> SubFilters { get; init; } = [];

    /// <summary>The folder of mode folder.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Lines of mode custom.</summary>
    public string Custom { get; init; } = "";
}

/// <summary>A text of answers and what stands there instead.</summary>
/// <param name="From">The text.</param>
/// <param name="To">What replaces it.</param>
public sealed record SubFilter(string From, string To);

/// <summary>NGINX: one port for folders of zones and for several servers of the pod.</summary>
public sealed record NginxServer : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "nginx";

    public const int DefaultPort = 8888;

    public static readonly ImmutableArray<string> DefaultIndexFiles = ["index.html"];

    private const string File = "nginx/nginx.conf";
    private const string Place = $"{CodeStudioImage.Root}/nginx/nginx.conf";

    /// <summary>Where it answers.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether webapps start it as well.</summary>
    public bool UseInWebapps { get; init; }

    /// <summary>Files that stand for their folder.</summary>
    public ImmutableArray<string> IndexFiles { get; init; } = DefaultIndexFiles;

    /// <summary>What it does at which path; one location is /.</summary>
    public ImmutableArray<NginxLocation> Locations { get; init; } = [];

    public override string Kind => KindName;

    public override bool IsUnique => true;

    public override bool IsLaunched => true;

    public override CodeStudioState Apply(CodeStudioState before)
    {
        var state = CodeStudioImage.Install(before, ["nginx"])
            .With("bin/start-nginx", CodeStudioImage.Script("start-nginx"))
            .With(File, new ContextFile(NginxText.Configuration(this, before)))
            .With(ImageStatements.Copy("bin/start-nginx", $"{CodeStudioImage.Bin}/start-nginx"))
            .With(ImageStatements.Copy(File, Place))
            .With(new StudioPort(Port, "NGINX") { UseInWebapps = UseInWebapps });
        return StudioProcesses.Add(state, "nginx", $"{CodeStudioImage.Bin}/start-nginx {BlockChecks.Text(Port)} {Place}", UseInWebapps, Port);
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        foreach (var fault in BlockChecks.Port(Port, "port", before))
        {
            yield return fault;
        }

        if (!Locations.Any(location => location.Path == "/" && location.Match is LocationMatch.Prefix or LocationMatch.PriorityPrefix))
        {
            yield return new("locations", "have none at /", "one location with path: /", "add a location for /, for example of mode folder");
        }

        for (var index = 0; index < IndexFiles.Length; index++)
        {
            if (!StudioPath.IsRelative(IndexFiles[index]) || !NginxText.IsWord(IndexFiles[index]))
            {
                yield return new(
                    $"indexFiles[{BlockChecks.Text(index)}]", "is no name of a file", "a name without spaces", "for example index.html", IndexFiles[index]);
            }
        }

        for (var index = 0; index < Locations.Length; index++)
        {
            var field = $"locations[{BlockChecks.Text(index)}]";
            if (Locations[..index].Any(earlier => earlier.Path == Locations[index].Path && earlier.Match == Locations[index].Match))
            {
                yield return new($"{field}.path", "is that of an earlier location", "each location once", "remove one of the two", Locations[index].Path);
            }

            foreach (var fault in CheckLocation(Locations[index], field, before))
            {
                yield return fault;
            }
        }
    }

    private IEnumerable<BlockFault> CheckLocation(NginxLocation location, string field, CodeStudioState before)
    {
        var isRegex = location.Match is LocationMatch.Regex or LocationMatch.RegexIgnoreCase;
        if (location.Path.Length == 0 || (!isRegex && !location.Path.StartsWith('/'))
            || location.Path.Any(character => char.IsControl(character) || (!isRegex && character is '"' or '\\' or ';')))
        {
            yield return new($"{field}.path", "is no path of a location", "a path that starts with /", "for example path: /", location.Path);
        }

        if (location.Mode == LocationMode.Proxy)
        {
            if (location.ProxyPort is < CodeStudioBlock.LeastPort or > CodeStudioBlock.GreatestPort || location.ProxyPort == Port)
            {
                yield return new(
                    $"{field}.proxyPort", location.ProxyPort == Port ? "is NGINX's own port" : "is missing, or no port of a server of the pod",
                    $"{LeastPort} to {GreatestPort}, and not that of NGINX", "give the port of an entrypoint", BlockChecks.Text(location.ProxyPort));
            }

            if (location.ProxyPath.Length > 0 && !ProxiedUrlSuffixes.IsOne(location.ProxyPath))
            {
                yield return new(
                    $"{field}.proxyPath", "is nothing that a proxy can append", ProxiedUrlSuffixes.Allowed, "remove it, or write /", location.ProxyPath);
            }
        }

        if (location.Mode == LocationMode.Folder)
        {
            // It would append what follows the location to the folder's own name, and give files of folders beside it.
            if (location.Match is not (LocationMatch.Prefix or LocationMatch.PriorityPrefix) || !location.Path.EndsWith('/'))
            {
                yield return new(
                    $"{field}.path", "does not end with /, or is no prefix, so that files beside the folder would be given too",
                    "a prefix that ends with / beside mode: folder",
                    $"for example path: {(location.Path.StartsWith('/') ? location.Path.TrimEnd('/') : "/files")}/", location.Path);
            }

            foreach (var fault in BlockChecks.Path(location.Folder, $"{field}.folder", before))
            {
                yield return fault;
            }
        }

        if (location.Mode == LocationMode.Custom && !NginxText.IsBalanced(location.Custom))
        {
            yield return new(
                $"{field}.custom", string.IsNullOrWhiteSpace(location.Custom) ? "is missing" : "opens and closes braces that do not match",
                "lines of a location of nginx", "for example return 204;", location.Custom);
        }

        (string Field, bool Given, LocationMode Mode)[] unread =
        [
            ("proxyPort", location.ProxyPort != 0, LocationMode.Proxy), ("proxyPath", location.ProxyPath.Length > 0, LocationMode.Proxy),
            ("websocket", location.Websocket, LocationMode.Proxy), ("subFilters", !location.SubFilters.IsEmpty, LocationMode.Proxy),
            ("folder", location.Folder.Length > 0, LocationMode.Folder), ("custom", location.Custom.Length > 0, LocationMode.Custom),
        ];
        foreach (var (name, _, mode) in unread.Where(entry => entry.Given && entry.Mode != location.Mode))
        {
            yield return new(
                $"{field}.{name}", $"is read with mode: {mode.ToString().ToLowerInvariant()} only", "absent with the mode that is given",
                $"remove {name}, or change mode");
        }
    }
}
