using System.Collections.Immutable;
using System.Text;

namespace Infra.CodeStudios;

/// <summary>The places in an image, the layer that all images begin with, and the scripts that they hold.</summary>
public static class CodeStudioImage
{
    /// <summary>Home of the user dataiku.</summary>
    public const string Home = "/home/dataiku";

    /// <summary>What images bring; pods do not write there.</summary>
    public const string Root = "/opt/dataiku";

    /// <summary>Scripts of this program.</summary>
    public const string Bin = $"{Root}/bin";

    /// <summary>Starter files, one folder a zone by its id.</summary>
    public const string Starter = $"{Root}/starter";

    /// <summary>Scripts of custom actions, by name.</summary>
    public const string Actions = $"{Root}/actions";

    /// <summary>The command of every container: it starts the processes of the template and keeps them running.</summary>
    public const string Supervisor = $"{Bin}/supervise";

    /// <summary>What the supervisor starts: a line each.</summary>
    public const string ProcessTable = $"{Root}/processes.tsv";

    /// <summary>The variable that tells the supervisor which processes to start: <c>studio</c> for all, <c>webapp</c> for those of webapps.</summary>
    public const string LaunchVariable = "CODE_STUDIO_LAUNCH";

    /// <summary>Seconds that processes have to end after SIGTERM; less than the 30 that Kubernetes and Seqera give a container.</summary>
    public const int GraceSeconds = 20;

    /// <summary>Folder of the context that holds the whole of a template's resources.</summary>
    public const string ResourcesFolder = "template-resources";

    private static readonly ImmutableArray<string> BasePackages = ["ca-certificates", "curl", "git", "procps", "python3", "python3-venv"];

    /// <summary>A script of this program, as it lies in the image.</summary>
    public static ContextFile Script(string name) => new(Embedded.Text($"Infra.CodeStudios.Scripts.{name}"), IsExecutable: true);

    /// <summary>The first layer: packages, the user, and the folders where zones are mounted.</summary>
    internal static CodeStudioState Begin(CodeStudioState before, IEnumerable<SyncedZone> zones)
    {
        var folders = zones.Select(zone => zone.Path).Where(StudioPath.IsAbsolute).Prepend(FileZones.Workspace).Distinct().Select(StudioPath.Quoted);
        var state = Install(before, BasePackages);
        return state
            .With("bin/supervise", Script("supervise"))
            .With("bin/studio-port", Script("studio-port"))
            .With(new ImageLayer(
                $"""
                RUN groupadd --gid {CodeStudioPins.UserId} dataiku \
                 && useradd --uid {CodeStudioPins.UserId} --gid {CodeStudioPins.UserId} --create-home --home-dir {Home} --shell /bin/bash dataiku \
                 && mkdir -p {Root} {string.Join(' ', folders)} \
                 && chown -R {CodeStudioPins.UserId}:{CodeStudioPins.UserId} {Home}
                """,
                AsRoot: true))
            .With(new ImageLayer($"COPY bin/supervise bin/studio-port {Bin}/", AsRoot: true));
    }

    /// <summary>Packages of Debian that no earlier block has installed, in a layer of their own.</summary>
    internal static CodeStudioState Install(CodeStudioState before, IEnumerable<string> packages)
    {
        var missing = packages.Where(package => !before.Packages.Contains(package)).Order(StringComparer.Ordinal).ToImmutableArray();
        if (missing.IsEmpty)
        {
            return before;
        }

        var statement = new StringBuilder("RUN apt-get update \\\n && apt-get install -y --no-install-recommends");
        foreach (var package in missing)
        {
            statement.Append($" \\\n    {StudioPath.Quoted(CodeStudioPins.Debian(package))}");
        }

        statement.Append(" \\\n && rm -rf /var/lib/apt/lists/*");
        return (before with { Packages = before.Packages.Union(missing) }).With(new ImageLayer(statement.ToString(), AsRoot: true));
    }
}

/// <summary>Texts that are part of this assembly.</summary>
internal static class Embedded
{
    public static string Text(string name)
    {
        using var stream = typeof(Embedded).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
