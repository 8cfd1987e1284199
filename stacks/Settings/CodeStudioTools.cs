using System.Collections.Immutable;
using Infra.CodeStudios;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A code environment.</summary>
public sealed record CodeEnvironmentSettings : CodeStudioBlockSettings
{
    [Setting("Its name.", Example = "analysis")]
    public required string Name { get; init; }

    [Setting("Its language.")]
    public CodeLanguage Language { get; init; } = CodeLanguage.Python;

    [Setting("Packages: requirements of pip, or names of CRAN.", Example = "[pandas==2.2.3]")]
    public ImmutableArray<string> Packages { get; init; } = [];

    [Setting("Build of the environment in DSS; kept for ./platform studio export.")]
    public string VersionId { get; init; } = CodeEnvironment.DefaultVersion;

    [Setting(
        "Its folder below /opt/dataiku/python-code-envs, or r-code-envs.",
        Absent = "its name, with an underscore for what is no letter, digit, hyphen or underscore",
        Example = "analysis")]
    public string? Directory { get; init; }

    internal override CodeStudioBlock Block => new CodeEnvironment
    {
        Name = Name,
        Language = Language,
        Packages = Packages,
        VersionId = VersionId,
        Directory = Directory ?? "",
    };
}

/// <summary>VS Code.</summary>
public sealed record VisualStudioCodeSettings : CodeStudioBlockSettings
{
    [Setting("Whether webapps start the editor as well.")]
    public bool UseInWebapps { get; init; }

    [Setting("Where the settings of its user are kept.")]
    public string SettingsPath { get; init; } = VisualStudioCode.DefaultSettingsPath;

    [Setting("Where extensions that users add are kept.")]
    public string ExtensionsPath { get; init; } = VisualStudioCode.DefaultExtensionsPath;

    [Setting("Where the settings of this Code Studio are kept.")]
    public string MachineSettingsPath { get; init; } = VisualStudioCode.DefaultMachineSettingsPath;

    [Setting("The folder that it opens.")]
    public string OpenInPath { get; init; } = VisualStudioCode.DefaultOpenInPath;

    [Setting("Where it answers, from 1025 on.")]
    public int Port { get; init; } = VisualStudioCode.DefaultPort;

    [Setting("Folder of the script that starts it.")]
    public string StartScript { get; init; } = VisualStudioCode.DefaultStartScript;

    [Setting("Whether DSS adds its own extension, which only a DSS node has; kept for ./platform studio export.")]
    public bool InstallCodeAssistant { get; init; }

    [Setting("Whether DSS shows its advanced fields; kept for ./platform studio export.")]
    public bool ShowAdvancedParams { get; init; }

    [Setting("Version of code-server.")]
    public string CodeServerVersion { get; init; } = CodeStudioPins.CodeServer;

    [Setting("Version of the extension ms-python.python.")]
    public string PythonExtensionVersion { get; init; } = CodeStudioPins.PythonExtension;

    [Setting("Version of the extension ms-toolsai.jupyter.")]
    public string JupyterExtensionVersion { get; init; } = CodeStudioPins.JupyterExtension;

    [Setting("Further extensions.", Example = "[REditorSupport.r@2.8.6]")]
    public ImmutableArray<string> AdditionalExtensions { get; init; } = [];

    internal override CodeStudioBlock Block => new VisualStudioCode
    {
        UseInWebapps = UseInWebapps,
        SettingsPath = SettingsPath,
        ExtensionsPath = ExtensionsPath,
        MachineSettingsPath = MachineSettingsPath,
        OpenInPath = OpenInPath,
        Port = Port,
        StartScript = StartScript,
        InstallCodeAssistant = InstallCodeAssistant,
        ShowAdvancedParams = ShowAdvancedParams,
        CodeServerVersion = CodeServerVersion,
        PythonExtensionVersion = PythonExtensionVersion,
        JupyterExtensionVersion = JupyterExtensionVersion,
        AdditionalExtensions = AdditionalExtensions,
    };
}

/// <summary>JupyterLab.</summary>
public sealed record JupyterLabSettings : CodeStudioBlockSettings
{
    [Setting("Where it answers, from 1025 on.")]
    public int Port { get; init; } = JupyterLab.DefaultPort;

    [Setting("Whether webapps start it as well.")]
    public bool UseInWebapps { get; init; }

    [Setting("Python packages beside it, such as its extensions.", Example = "[jupyter-resource-usage==1.3.0]")]
    public ImmutableArray<string> Modules { get; init; } = [];

    [Setting("Where the settings of its user are kept.")]
    public string SettingsPath { get; init; } = JupyterLab.DefaultSettingsPath;

    internal override CodeStudioBlock Block => new JupyterLab { Port = Port, UseInWebapps = UseInWebapps, Modules = Modules, SettingsPath = SettingsPath };
}

/// <summary>RStudio.</summary>
public sealed record RStudioSettings : CodeStudioBlockSettings
{
    [Setting("Where it answers, from 1025 on.")]
    public int Port { get; init; } = RStudioServer.DefaultPort;

    [Setting("Whether webapps start it as well.")]
    public bool UseInWebapps { get; init; }

    [Setting("Where the settings of its user are kept.")]
    public string SettingsPath { get; init; } = RStudioServer.DefaultSettingsPath;

    internal override CodeStudioBlock Block => new RStudioServer { Port = Port, UseInWebapps = UseInWebapps, SettingsPath = SettingsPath };
}

/// <summary>Streamlit.</summary>
public sealed record StreamlitSettings : CodeStudioBlockSettings
{
    [Setting("Its environment: generate for one of its own, dss for one of the template's blocks, user for one at a path.")]
    public CodeEnvironmentMode CodeEnvMode { get; init; } = CodeEnvironmentMode.Generate;

    [Setting("Python of a generated environment.")]
    public string PythonVersion { get; init; } = Streamlit.DefaultPythonVersion;

    [Setting("What a generated environment starts from beside Streamlit.", Example = "[streamlit==1.48.0]")]
    public ImmutableArray<string> PythonPackages { get; init; } = [];

    [Setting("What it holds besides; it wins over pythonPackages.", Example = "[pandas==2.2.3]")]
    public ImmutableArray<string> PythonModules { get; init; } = [];

    [Setting("Name of the environment of mode dss.", Absent = "the first Python environment of an earlier block", Example = "analysis")]
    public string? DssCodeEnv { get; init; }

    [Setting("Path of the environment of mode user.", Absent = "none", Example = "/opt/venv")]
    public string? UserCodeEnvPath { get; init; }

    [Setting("Where it answers, from 1025 on.")]
    public int Port { get; init; } = Streamlit.DefaultPort;

    [Setting("The app; one is put there when a Code Studio is created.")]
    public string StartingFile { get; init; } = Streamlit.DefaultStartingFile;

    [Setting("Whether webapps start it as well.")]
    public bool UseInWebapps { get; init; } = Streamlit.DefaultUseInWebapps;

    internal override CodeStudioBlock Block => new Streamlit
    {
        CodeEnvMode = CodeEnvMode,
        PythonVersion = PythonVersion,
        PythonPackages = PythonPackages,
        PythonModules = PythonModules,
        DssCodeEnv = DssCodeEnv ?? "",
        UserCodeEnvPath = UserCodeEnvPath ?? "",
        Port = Port,
        StartingFile = StartingFile,
        UseInWebapps = UseInWebapps,
    };
}

/// <summary>NGINX.</summary>
public sealed record NginxSettings : CodeStudioBlockSettings
{
    [Setting("What it does at which path; one location is /.")]
    [Fewest(1)]
    public required ImmutableArray<NginxLocationSettings> Locations { get; init; }

    [Setting("Where it answers, from 1025 on.")]
    public int Port { get; init; } = NginxServer.DefaultPort;

    [Setting("Whether webapps start it as well.")]
    public bool UseInWebapps { get; init; }

    [Setting("Files that stand for their folder.")]
    public ImmutableArray<string> IndexFiles { get; init; } = NginxServer.DefaultIndexFiles;

    internal override CodeStudioBlock Block => new NginxServer
    {
        Port = Port,
        UseInWebapps = UseInWebapps,
        IndexFiles = IndexFiles,
        Locations = [.. Locations.Select(location => location.Location)],
    };
}

/// <summary>A location of NGINX.</summary>
public sealed record NginxLocationSettings
{
    [Setting("What the path of a request is compared with.", Example = "/")]
    public required string Path { get; init; }

    [Setting("How it is compared.")]
    public LocationMatch Match { get; init; } = LocationMatch.Prefix;

    [Setting("What happens there: proxy asks another server of the pod, folder gives files, custom is written here.")]
    public LocationMode Mode { get; init; } = LocationMode.Folder;

    [Setting("Port of the server of mode proxy.", Absent = "none", Example = "8080")]
    public int? ProxyPort { get; init; }

    [Setting("What mode proxy appends to its address.", Absent = "the path of the request", Example = "/")]
    public string? ProxyPath { get; init; }

    [Setting("Whether mode proxy lets connections become WebSockets.")]
    public bool Websocket { get; init; }

    [Setting("Texts that mode proxy replaces in answers.")]
    public ImmutableArray<SubFilterSettings> SubFilters { get; init; } = [];

    [Setting("The folder of mode folder.", Absent = "none", Example = "__CODE_STUDIO_VERSIONED__/site")]
    public string? Folder { get; init; }

    [Setting("Lines of mode custom.", Absent = "none", Example = "return 204;")]
    public string? Custom { get; init; }

    internal NginxLocation Location => new(Path)
    {
        Match = Match,
        Mode = Mode,
        ProxyPort = ProxyPort ?? 0,
        ProxyPath = ProxyPath ?? "",
        Websocket = Websocket,
        SubFilters = [.. SubFilters.Select(filter => new SubFilter(filter.From, filter.To))],
        Folder = Folder ?? "",
        Custom = Custom ?? "",
    };
}

/// <summary>A text of answers and what stands there instead.</summary>
public sealed record SubFilterSettings
{
    [Setting("The text.", Example = "href=\"/")]
    [Length(1, 1000)]
    public required string From { get; init; }

    [Setting("What replaces it.", Example = "href=\"")]
    [Length(0, 1000)]
    public required string To { get; init; }
}
