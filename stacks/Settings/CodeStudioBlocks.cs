using System.Collections.Immutable;
using Infra.CodeStudios;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A building block of a template.</summary>
[Kind<FileSynchronizationSettings>(FileSynchronization.KindName, "First of all, and once: which zones of files pods mount, and where.")]
[Kind<KubernetesParametersSettings>(KubernetesParameters.KindName, "Once: readiness, annotations and labels of pods.")]
[Kind<CodeEnvironmentSettings>(CodeEnvironment.KindName, "An environment of Python or R, offered by every editor of the template.")]
[Kind<VisualStudioCodeSettings>(VisualStudioCode.KindName, "VS Code in the browser.")]
[Kind<JupyterLabSettings>(JupyterLab.KindName, "JupyterLab.")]
[Kind<RStudioSettings>(RStudioServer.KindName, "RStudio Server, open source.")]
[Kind<StreamlitSettings>(Streamlit.KindName, "Streamlit, and the app that it runs.")]
[Kind<NginxSettings>(NginxServer.KindName, "NGINX: one port for folders and for several servers.")]
[Kind<AppendDockerfileSettings>(AppendDockerfile.KindName, "Statements of the Dockerfile.")]
[Kind<EntrypointSettings>(StudioEntrypoint.KindName, "A server that the template brings.")]
[Kind<CustomActionSettings>(CustomAction.KindName, "A command that users run in the pod.")]
[Kind<StarterFilesSettings>(AddStarterFiles.KindName, "Files that a Code Studio gets once, when it is created.")]
public abstract record CodeStudioBlockSettings
{
    private protected CodeStudioBlockSettings()
    {
    }

    /// <summary>The same in the words of the model.</summary>
    internal abstract CodeStudioBlock Block { get; }
}

/// <summary>File synchronization.</summary>
public sealed record FileSynchronizationSettings : CodeStudioBlockSettings
{
    [Setting("The zones that pods mount.", Absent = "every zone at its usual place below /home/dataiku/workspace, in both directions")]
    public ImmutableArray<SyncedZoneSettings>? Zones { get; init; }

    [Setting("Files that stay in the pod: patterns of gitignore without negation.", Example = "[node_modules/, __pycache__/]")]
    public ImmutableArray<string> Exclusions { get; init; } = [];

    internal override CodeStudioBlock Block => new FileSynchronization
    {
        Zones = Zones is { } zones ? [.. zones.Select(zone => zone.Synced)] : SyncedZone.All,
        Exclusions = Exclusions,
    };
}

/// <summary>A zone of files.</summary>
public sealed record SyncedZoneSettings
{
    [Setting("The zone.")]
    public required FileZone Zone { get; init; }

    [Setting("Where pods mount it.", Absent = "its usual place below /home/dataiku/workspace", Example = "/home/dataiku/workspace/app")]
    public string? Path { get; init; }

    [Setting("Folder of the zone that is mounted.", Absent = "the whole zone", Example = "app")]
    public string? Subpath { get; init; }

    [Setting("Whether pods read it only.")]
    public bool OneWay { get; init; }

    internal SyncedZone Synced => new(Zone, Path ?? FileZones.DefaultPath(Zone), Subpath ?? "", OneWay);
}

/// <summary>Kubernetes parameters.</summary>
public sealed record KubernetesParametersSettings : CodeStudioBlockSettings
{
    [Setting("Whether Kubernetes asks the first exposed port by TCP, and not the URL by HTTP.")]
    public bool UseTcpReadiness { get; init; } = KubernetesParameters.DefaultTcpReadiness;

    [Setting(
        "Address of the pod that answers once it is ready; ${baseUrl} and ${baseUrlPort<port>} stand for prefixes.",
        Absent = "that of the first block that brings one",
        Example = "http://localhost:8888${baseUrlPort8888}/api")]
    public string? ReadinessProbeUrl { get; init; }

    [Setting("Headers to ask it with.")]
    public ImmutableSortedDictionary<string, string> ReadinessProbeHeaders { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Ports beside those of entrypoints, where they had better be.")]
    public ImmutableArray<ExposedPortSettings> ExposedPorts { get; init; } = [];

    [Setting("Annotations of pods.", Example = "{ example.com/team: research }")]
    [Entry(Form.KubernetesKey)]
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Labels of pods.", Example = "{ team: research }")]
    [Entry(Form.KubernetesKey)]
    [Form(Form.KubernetesLabelValue)]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Minutes that the first copy of files into a pod may take.")]
    [Range(1, 1440)]
    public int InitialSyncTimeoutInMinutes { get; init; } = KubernetesParameters.DefaultInitialSyncMinutes;

    internal override CodeStudioBlock Block => new KubernetesParameters
    {
        UseTcpReadiness = UseTcpReadiness,
        ReadinessProbeUrl = ReadinessProbeUrl ?? "",
        ReadinessProbeHeaders = ReadinessProbeHeaders,
        ExposedPorts = [.. ExposedPorts.Select(port => port.Exposed)],
        Annotations = Annotations,
        Labels = Labels,
        InitialSyncTimeoutInMinutes = InitialSyncTimeoutInMinutes,
    };
}

/// <summary>A port that is reached from outside.</summary>
public sealed record ExposedPortSettings
{
    [Setting("Its number, from 1025 on.", Example = "9000")]
    public required int Port { get; init; }

    [Setting("Caption of its tab.", Absent = "that of its block")]
    public string? Label { get; init; }

    [Setting("Whether it is shown as a tab; if not, it is reached by its address only.")]
    public bool ExposeHtml { get; init; } = true;

    [Setting("What a proxy appends to the address of the pod: / takes the prefix away, $request_uri leaves it.")]
    public string ProxiedUrlSuffix { get; init; } = ProxiedUrlSuffixes.WithoutPrefix;

    [Setting("How DSS exposes it in webapps.")]
    public string Exposition { get; init; } = StudioExposedPort.DefaultExposition;

    [Setting("Whether a project may choose another way.")]
    public bool AllowExpositionOverride { get; init; }

    [Setting("Port of DSS's relay in the pod; pods of ours have none.", Absent = "the one after port", Example = "9001")]
    public int? ContainerPort { get; init; }

    internal StudioExposedPort Exposed => new(Port)
    {
        Label = Label ?? "",
        ExposeHtml = ExposeHtml,
        ProxiedUrlSuffix = ProxiedUrlSuffix,
        Exposition = Exposition,
        AllowExpositionOverride = AllowExpositionOverride,
        ContainerPort = ContainerPort,
    };
}

/// <summary>Statements of a Dockerfile.</summary>
public sealed record AppendDockerfileSettings : CodeStudioBlockSettings
{
    [Setting("Statements without FROM.", Example = "RUN apt-get update && apt-get install -y --no-install-recommends jq")]
    public required string Dockerfile { get; init; }

    [Setting("What a list of blocks calls it.", Absent = "none")]
    public string? Label { get; init; }

    [Setting("Whether they run as root in /opt/dataiku, and not as dataiku in its home directory.")]
    public bool RunAsRoot { get; init; }

    [Setting("Files of the template's resources that lie beside the Dockerfile.")]
    public ImmutableArray<TemplateResourceSettings> Resources { get; init; } = [];

    internal override CodeStudioBlock Block => new AppendDockerfile
    {
        Dockerfile = Dockerfile,
        Label = Label ?? "",
        RunAsRoot = RunAsRoot,
        Resources = [.. Resources.Select(resource => resource.Resource)],
    };
}

/// <summary>A file or folder of the template's resources.</summary>
public sealed record TemplateResourceSettings
{
    [Setting("Where it comes from.", Example = "${template.resources}/app.py")]
    public required string Source { get; init; }

    [Setting("Where it goes, below the folder that the block says.", Example = "app.py")]
    public required string Destination { get; init; }

    internal TemplateResource Resource => new(Source, Destination);
}

/// <summary>An entrypoint.</summary>
public sealed record EntrypointSettings : CodeStudioBlockSettings
{
    [Setting("What a list of blocks calls it.", Absent = "none")]
    public string? Label { get; init; }

    [Setting("Command line: its program is an absolute path or on the PATH.", Absent = "the port alone is exposed", Example = "/home/dataiku/start.sh")]
    public string? Command { get; init; }

    [Setting("Files of the template's resources that are copied into /home/dataiku, executable.")]
    public ImmutableArray<TemplateResourceSettings> Scripts { get; init; } = [];

    [Setting("Whether webapps start it as well.")]
    public bool UseInWebapps { get; init; }

    [Setting("Where it answers.", Absent = "nowhere")]
    public ExposedPortSettings? ExposedPort { get; init; }

    internal override CodeStudioBlock Block => new StudioEntrypoint
    {
        Label = Label ?? "",
        Command = Command ?? "",
        Scripts = [.. Scripts.Select(script => script.Resource)],
        UseInWebapps = UseInWebapps,
        ExposedPort = ExposedPort?.Exposed,
    };
}

/// <summary>A custom action.</summary>
public sealed record CustomActionSettings : CodeStudioBlockSettings
{
    [Setting("Its name, unique in the template.", Example = "add-ssh-key")]
    public required string Name { get; init; }

    [Setting("Command line that runs in the pod, without arguments.", Example = "/home/dataiku/add-key.sh")]
    public required string Command { get; init; }

    [Setting("What its button says.", Absent = "its name")]
    public string? Label { get; init; }

    [Setting("What it does.", Absent = "none")]
    public string? Description { get; init; }

    [Setting("A class of Font Awesome 5.")]
    public string Icon { get; init; } = CustomAction.DefaultIcon;

    [Setting("Whether the user sees what it prints and waits.")]
    public ActionBehaviour Behaviour { get; init; } = ActionBehaviour.WaitForOutput;

    internal override CodeStudioBlock Block => new CustomAction
    {
        Name = Name,
        Command = Command,
        Label = Label ?? "",
        Description = Description ?? "",
        Icon = Icon,
        Behaviour = Behaviour,
    };
}

/// <summary>Starter files.</summary>
public sealed record StarterFilesSettings : CodeStudioBlockSettings
{
    [Setting("The zone that they go into.", Example = "codeStudioVersioned")]
    public required FileZone Zone { get; init; }

    [Setting("The files and folders.")]
    [Fewest(1)]
    public required ImmutableArray<TemplateResourceSettings> Files { get; init; }

    internal override CodeStudioBlock Block => new AddStarterFiles { Zone = Zone, Files = [.. Files.Select(file => file.Resource)] };
}
