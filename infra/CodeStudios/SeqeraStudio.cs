using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Infra.Manifests;
using Infra.Studios;

namespace Infra.CodeStudios;

/// <summary>What Seqera Platform is told of a studio that is made from a template.</summary>
public sealed record SeqeraStudioOptions
{
    public const int DefaultCpu = 2;
    public const int DefaultMemoryMiB = 8192;

    /// <summary>The client of a stack without Studios.</summary>
    public static readonly ConnectClientVersion DefaultConnectClient =
        ConnectClientVersion.TryParse(CodeStudioPins.ConnectClient, out var pinned) ? pinned : throw new FormatException(CodeStudioPins.ConnectClient);

    /// <summary>Name of the session.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; empty for nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>Version of connect-client in the image.</summary>
    public ConnectClientVersion ConnectClient { get; init; } = DefaultConnectClient;

    /// <summary>What the vendor counts the tool as, one of <see cref="StudioTemplate.Tools"/>; null leaves it out.</summary>
    public string? Tool { get; init; }

    /// <summary>The image in a registry; null has the Platform build it from the Dockerfile beside the file.</summary>
    public ImageReference? Image { get; init; }

    /// <summary>Cores.</summary>
    public int Cpu { get; init; } = DefaultCpu;

    /// <summary>Accelerators.</summary>
    public int Gpu { get; init; }

    /// <summary>Memory.</summary>
    public int MemoryMiB { get; init; } = DefaultMemoryMiB;

    /// <summary>Variables, in the clear; none that is secret.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Hours after which a session ends; null for the workspace's own.</summary>
    public int? LifespanHours { get; init; }

    /// <summary>Whether only its creator sees it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether SSH leads into it.</summary>
    public bool Ssh { get; init; }
}

/// <summary>A template as a studio of Seqera: its image with connect-client, one port for all tools, and the file that the Platform reads.</summary>
/// <remarks>Layers and file as in seqeralabs/custom-studios-examples, <c>docs/agents/custom-studios.md</c> and <c>.seqera/</c> (read 2026-11-26).</remarks>
public static class SeqeraStudio
{
    /// <summary>Folder of a repository that the Platform reads, and builds in.</summary>
    public const string Folder = ".seqera";

    /// <summary>Largest context that the Platform builds from git (facts of Dataiku, §9).</summary>
    public const int LargestContext = 10 * 1024 * 1024;

    private const string ClientRepository = "public.cr.seqera.io/platform/connect-client";
    private const string Context = "seqera";
    private const string RelayTable = $"{Context}/relay.tsv";
    private const string ZoneTable = $"{Context}/zones.tsv";
    private const string ExclusionsName = $"{Context}/exclusions";
    private const string StartName = "seqera-start";

    /// <summary>Every file by its path in a repository.</summary>
    /// <param name="name">Name of the template.</param>
    /// <param name="state">What its blocks have made.</param>
    /// <param name="image">What the image starts from.</param>
    /// <param name="options">What the Platform is told.</param>
    public static ImmutableSortedDictionary<string, ContextFile> Files(string name, CodeStudioState state, ImageReference image, SeqeraStudioOptions options)
    {
        var extended = Extended(state);
        return CodeStudioContext.Files(name, extended, image, Frame(options))
            .ToImmutableSortedDictionary(file => $"{Folder}/{file.Key}", file => file.Value, StringComparer.Ordinal)
            .SetItem($"{Folder}/studio-config.yaml", new ContextFile(Configuration(options)));
    }

    /// <summary>The file <c>studio-config.yaml</c>.</summary>
    public static string Configuration(SeqeraStudioOptions options)
    {
        var text = new StringBuilder();
        text.Append("schemaVersion: \"0.0.1\"\nkind: \"studio-config\"\nsession:\n");
        text.Append($"  name: {Text(options.Name)}\n");
        if (options.Description.Length > 0)
        {
            text.Append($"  description: {Text(options.Description)}\n");
        }

        text.Append(options.Image is { } image
            ? $"  template:\n    kind: \"registry\"\n    registry: {Text(image.ToString())}\n"
            : "  template:\n    kind: \"dockerfile\"\n    dockerfile: \"Dockerfile\"\n");
        // The repository is this context: nothing in it is for the session.
        text.Append("  clone:\n    enabled: false\n");
        text.Append($"  computeRequirements:\n    awsBatch:\n      cpu: {options.Cpu}\n      gpu: {options.Gpu}\n      memory: {options.MemoryMiB}\n");
        if (!options.Variables.IsEmpty)
        {
            text.Append("  environmentVariables:\n");
            foreach (var (name, value) in options.Variables)
            {
                text.Append($"    - name: {Text(name)}\n      value: {Text(value)}\n");
            }
        }

        text.Append("  management:\n");
        if (options.LifespanHours is { } hours)
        {
            text.Append($"    lifespanHours: {hours}\n");
        }

        text.Append($"    isPrivate: {(options.IsPrivate ? "true" : "false")}\n");
        if (options.Ssh)
        {
            text.Append("ssh:\n  enabled: true\n");
        }

        return text.ToString();
    }

    /// <summary>The port that browsers see first: the first one with a page, or the first one.</summary>
    public static StudioPort? MainPort(CodeStudioState state) => state.Ports.FirstOrDefault(port => port.ExposeHtml) ?? state.Ports.FirstOrDefault();

    // What stands before connect-client: everything that a session starts, as in the pod of a studio.
    private static CodeStudioState Extended(CodeStudioState state) => CodeStudioImage.Install(state, ["nginx"])
        .With($"bin/{StartName}", CodeStudioImage.Script(StartName))
        .With("bin/starter-files", CodeStudioImage.Script("starter-files"))
        .With(RelayTable, new ContextFile(Relay(state)))
        .With(ZoneTable, new ContextFile(string.Concat(state.Zones.Select(zone => $"{FileZones.Id(zone.Zone)}\t{zone.Path}\n"))))
        .With(ExclusionsName, new ContextFile(StudioExclusions.Text(state.Exclusions)))
        .With(new ImageLayer($"COPY bin/{StartName} bin/starter-files {CodeStudioImage.Bin}/", AsRoot: true))
        .With(new ImageLayer($"COPY {ExclusionsName} {RelayTable} {ZoneTable} {CodeStudioImage.Root}/", AsRoot: true));

    // Port, path below the studio's own, and what its server gets in place of that path: "keep" for the path itself.
    private static string Relay(CodeStudioState state)
    {
        var main = MainPort(state);
        return string.Concat(state.Ports.OrderBy(port => port == main ? 0 : 1).Select(port =>
            $"{BlockChecks.Text(port.Port)}\t{(port == main ? "/" : $"/{BlockChecks.Text(port.Port)}")}\t"
            + $"{(ProxiedUrlSuffixes.KeepsPrefix(port.ProxiedUrlSuffix) ? "keep" : port.ProxiedUrlSuffix)}\n"));
    }

    private static ImageFrame Frame(SeqeraStudioOptions options) => new(
        $"ARG CONNECT_CLIENT_VERSION={options.ConnectClient}\nFROM {ClientRepository}:${{CONNECT_CLIENT_VERSION}} AS connect\n",
        $"""
        # Seqera's part. connect-client runs as root, as in the vendor's images, and {StartName} leaves root where it can.
        USER root
        WORKDIR /workspace
        ARG CONNECT_CLIENT_VERSION
        LABEL io.seqera.connect.version="${"{"}CONNECT_CLIENT_VERSION{"}"}"
        COPY --from=connect /usr/bin/connect-client /usr/bin/connect-client
        RUN /usr/bin/connect-client --install{(options.Tool is { } tool ? $" \\\n && /usr/bin/connect-client --setToolIdentifier {tool}" : "")}
        RUN echo "deb http://deb.debian.org/debian bookworm-backports main" >/etc/apt/sources.list.d/backports.list \
         && apt-get update \
         && apt-get install -y --no-install-recommends --allow-downgrades btrfs-progs={CodeStudioPins.BtrfsProgs} \
         && rm -rf /var/lib/apt/lists/*
        ENTRYPOINT ["/usr/bin/connect-client", "--entrypoint"]
        CMD ["{CodeStudioImage.Bin}/{StartName}"]

        """.ReplaceLineEndings("\n"));

    // A text of JSON is one of YAML.
    private static string Text(string value) => JsonSerializer.Serialize(value);
}
