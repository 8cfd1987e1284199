using System.Collections.Immutable;

namespace Infra.CodeStudios;

/// <summary>What the blocks of a template have made so far; each block turns one state into the next.</summary>
public sealed record CodeStudioState
{
    /// <summary>The state before the first block.</summary>
    public static readonly CodeStudioState Empty = new();

    /// <summary>Statements of the image, in order, each with the user that they run as.</summary>
    public ImmutableArray<ImageLayer> Layers { get; init; } = [];

    /// <summary>Files beside the Dockerfile, by their path there.</summary>
    public ImmutableSortedDictionary<string, ContextFile> Context { get; init; } =
        ImmutableSortedDictionary.Create<string, ContextFile>(StringComparer.Ordinal);

    /// <summary>What package managers are told besides.</summary>
    public PackageOptions Options { get; init; } = PackageOptions.None;

    /// <summary>Packages of Debian that the layers install.</summary>
    public ImmutableSortedSet<string> Packages { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Code environments, in the order in which they were added.</summary>
    public ImmutableArray<CodeEnvironment> CodeEnvironments { get; init; } = [];

    /// <summary>Tools that show every code environment, whichever of the two comes first.</summary>
    public ImmutableArray<IShowsCodeEnvironments> Viewers { get; init; } = [];

    /// <summary>What the supervisor starts, in order.</summary>
    public ImmutableArray<StudioProcess> Processes { get; init; } = [];

    /// <summary>Ports that are reached from outside, in the order of their blocks: the first one is what a TCP probe asks.</summary>
    public ImmutableArray<StudioPort> Ports { get; init; } = [];

    /// <summary>How it is found out that a pod is ready.</summary>
    public StudioReadiness Readiness { get; init; } = new();

    /// <summary>Environment variables of the image.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>File zones that pods mount.</summary>
    public ImmutableArray<SyncedZone> Zones { get; init; } = [];

    /// <summary>Patterns of gitignore for files that are never copied out of a pod.</summary>
    public ImmutableArray<string> Exclusions { get; init; } = [];

    /// <summary>Files that a Code Studio gets once, when it is created; in the image they lie below <see cref="CodeStudioImage.Starter"/>.</summary>
    public ImmutableArray<StarterFile> StarterFiles { get; init; } = [];

    /// <summary>What users may run in a pod that is up.</summary>
    public ImmutableArray<CustomAction> Actions { get; init; } = [];

    /// <summary>Annotations of pods.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Labels of pods.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Minutes that the first copy of files into a pod may take.</summary>
    public int InitialSyncMinutes { get; init; } = KubernetesParameters.DefaultInitialSyncMinutes;

    /// <summary>What a webapp of the template starts.</summary>
    public ImmutableArray<StudioProcess> WebappProcesses => [.. Processes.Where(process => process.UseInWebapps)];

    /// <summary>Where a webapp of the template answers: ports whose server it starts.</summary>
    public ImmutableArray<StudioPort> WebappPorts => [.. Ports.Where(port => port.UseInWebapps)];

    /// <summary>A path with the tokens of zones replaced by where they are mounted; tokens of zones that are not synced stay.</summary>
    public string Resolve(string path) => Zones.Aggregate(path, (text, zone) => text.Replace(FileZones.Token(zone.Zone), zone.Path, StringComparison.Ordinal));

    internal CodeStudioState With(ImageLayer layer) => this with { Layers = Layers.Add(layer) };

    internal CodeStudioState With(string path, ContextFile file) => this with { Context = Context.SetItem(path, file) };

    internal CodeStudioState With(StudioPort port) => this with
    {
        Ports = Ports.Add(port),
        // Servers bind all interfaces where their port is public, and in a pod of ours every exposed port is.
        Environment = Environment.SetItem($"DKU_CODE_STUDIO_IS_PUBLIC_PORT_{port.Port}", "1"),
    };

    internal CodeStudioState With(StudioProcess process) => this with { Processes = Processes.Add(process) };

    /// <summary>The readiness URL, unless an earlier block has set it.</summary>
    internal CodeStudioState WithReadiness(string url) =>
        Readiness.Url.Length > 0 ? this : this with { Readiness = Readiness with { Url = url } };
}

/// <summary>Statements of a Dockerfile.</summary>
/// <param name="Statements">The statements, without a line end after the last.</param>
/// <param name="AsRoot">Whether they run as root in /opt/dataiku, or as dataiku in its home directory.</param>
public sealed record ImageLayer(string Statements, bool AsRoot)
{
    /// <summary>Whether an operator wrote them, so that they may leave another user and folder behind.</summary>
    public bool IsForeign { get; init; }
}

/// <summary>A file beside the Dockerfile.</summary>
/// <param name="Text">What is in it; null for a file that <paramref name="Source"/> names.</param>
/// <param name="Source">Path of a file or folder among the template's resources.</param>
/// <param name="IsExecutable">Whether it is a program.</param>
public sealed record ContextFile(string? Text, string? Source = null, bool IsExecutable = false);

/// <summary>Something that the supervisor starts and keeps running.</summary>
/// <param name="Name">Its name in messages: lower-case letters, digits and hyphens.</param>
/// <param name="Command">The command line, as a shell reads it.</param>
/// <param name="UseInWebapps">Whether webapps of the template start it as well.</param>
/// <param name="Port">The port that it binds; null for none.</param>
public sealed record StudioProcess(string Name, string Command, bool UseInWebapps, int? Port);

/// <summary>A port that is reached from outside.</summary>
/// <param name="Port">Its number.</param>
/// <param name="Label">Caption of its tab.</param>
public sealed record StudioPort(int Port, string Label)
{
    /// <summary>Whether it is shown as a tab; if not, it is reached by its address only.</summary>
    public bool ExposeHtml { get; init; } = true;

    /// <summary>What a proxy appends to the address of the pod: <c>/</c> takes the prefix away, <c>$request_uri</c> leaves it.</summary>
    public string ProxiedUrlSuffix { get; init; } = ProxiedUrlSuffixes.WithoutPrefix;

    /// <summary>How webapps expose it.</summary>
    public string Exposition { get; init; } = StudioExposedPort.DefaultExposition;

    /// <summary>Whether a project may choose another way.</summary>
    public bool AllowExpositionOverride { get; init; }

    /// <summary>Whether webapps start its server.</summary>
    public bool UseInWebapps { get; init; }

    /// <summary>Whether the server answers below <c>DKU_CODE_STUDIO_BROWSER_PATH_&lt;port&gt;</c> only.</summary>
    public bool IsPrefixBound { get; init; }
}

/// <summary>How it is found out that a pod is ready.</summary>
public sealed record StudioReadiness
{
    /// <summary>Whether Kubernetes asks the first port by TCP.</summary>
    public bool Tcp { get; init; } = KubernetesParameters.DefaultTcpReadiness;

    /// <summary>Address to ask by HTTP, with <c>${baseUrl}</c> or <c>${baseUrlPort&lt;port&gt;}</c>; empty for none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Headers to ask it with.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
