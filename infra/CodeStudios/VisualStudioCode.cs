using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.CodeStudios;

/// <summary>VS Code in the browser: code-server, with the interpreter and a run configuration of each Python environment.</summary>
public sealed partial record VisualStudioCode : CodeStudioBlock, IShowsCodeEnvironments
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "visualStudioCode";

    public const int DefaultPort = 8080;
    public const string DefaultSettingsPath = "__USER_VERSIONED__/settings/code-server";
    public const string DefaultExtensionsPath = "__CODE_STUDIO_RESOURCES__/vscode-extensions/";
    public const string DefaultMachineSettingsPath = "__CODE_STUDIO_VERSIONED__/vscode-machine-settings";
    public const string DefaultOpenInPath = FileZones.Workspace;
    public const string DefaultStartScript = CodeStudioImage.Root;

    private const string Context = "vscode";
    private const string Place = $"{CodeStudioImage.Root}/vscode";
    private const string LaunchFile = $"{Context}/launch.json";
    private const string MachineFile = $"{Context}/machine-settings.json";

    /// <summary>Whether webapps start the editor as well.</summary>
    public bool UseInWebapps { get; init; }

    /// <summary>Where the settings of its user are kept.</summary>
    public string SettingsPath { get; init; } = DefaultSettingsPath;

    /// <summary>Where extensions that users add are kept.</summary>
    public string ExtensionsPath { get; init; } = DefaultExtensionsPath;

    /// <summary>Where the settings of this Code Studio are kept.</summary>
    public string MachineSettingsPath { get; init; } = DefaultMachineSettingsPath;

    /// <summary>The folder that it opens.</summary>
    public string OpenInPath { get; init; } = DefaultOpenInPath;

    /// <summary>Where it answers.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Folder of the script that starts it.</summary>
    public string StartScript { get; init; } = DefaultStartScript;

    /// <summary>Whether DSS adds its own extension, which only a DSS node has: kept for exports.</summary>
    public bool InstallCodeAssistant { get; init; }

    /// <summary>Whether DSS shows the fields below: kept for exports.</summary>
    public bool ShowAdvancedParams { get; init; }

    /// <summary>Version of code-server.</summary>
    public string CodeServerVersion { get; init; } = CodeStudioPins.CodeServer;

    /// <summary>Version of ms-python.python.</summary>
    public string PythonExtensionVersion { get; init; } = CodeStudioPins.PythonExtension;

    /// <summary>Version of ms-toolsai.jupyter.</summary>
    public string JupyterExtensionVersion { get; init; } = CodeStudioPins.JupyterExtension;

    /// <summary>Further extensions, as publisher.name@version.</summary>
    public ImmutableArray<string> AdditionalExtensions { get; init; } = [];

    public override string Kind => KindName;

    public override bool IsUnique => true;

    public override bool IsLaunched => true;

    private string StartPath(CodeStudioState state) => $"{state.Resolve(StartScript).TrimEnd('/')}/start-vscode";

    public override CodeStudioState Apply(CodeStudioState before)
    {
        var extensions = new[] { $"ms-python.python@{PythonExtensionVersion}", $"ms-toolsai.jupyter@{JupyterExtensionVersion}" }.Concat(AdditionalExtensions);
        var install = string.Concat(extensions
            .Select(extension => $" \\\n && code-server --extensions-dir {Place}/extensions --install-extension {extension}"));
        var command = string.Join(' ', new[]
        {
            StartPath(before), BlockChecks.Text(Port), before.Resolve(SettingsPath), before.Resolve(ExtensionsPath), before.Resolve(MachineSettingsPath),
            before.Resolve(OpenInPath),
        }.Select(StudioPath.Quoted));
        var state = CodeStudioImage.Install(before, ["curl"])
            .With("bin/start-vscode", CodeStudioImage.Script("start-vscode"))
            .With(new ImageLayer(
                $"""
                RUN curl --fail --silent --show-error --location --output /tmp/code-server.deb \
                    https://github.com/coder/code-server/releases/download/v{CodeServerVersion}/code-server_{CodeServerVersion}_amd64.deb \
                 && dpkg --install /tmp/code-server.deb \
                 && rm /tmp/code-server.deb \
                 && mkdir -p {Place}/extensions{install}
                """,
                AsRoot: true))
            .With(ImageStatements.Copy("bin/start-vscode", StartPath(before)))
            .With(ImageStatements.Copy(LaunchFile, $"{Place}/launch.json"))
            .With(ImageStatements.Copy(MachineFile, $"{Place}/machine-settings.json"))
            .With(new StudioPort(Port, "VS Code") { UseInWebapps = UseInWebapps })
            .WithReadiness($"http://localhost:{BlockChecks.Text(Port)}/healthz");
        return Show(StudioProcesses.Add(state with { Viewers = state.Viewers.Add(this) }, "vscode", command, UseInWebapps, Port));
    }

    public CodeStudioState Show(CodeStudioState state)
    {
        var python = state.CodeEnvironments.Where(environment => environment.Language == CodeLanguage.Python).ToList();
        var launch = new JsonObject
        {
            ["version"] = "0.2.0",
            ["configurations"] = new JsonArray([.. python.Select(environment => (JsonNode)new JsonObject
            {
                ["name"] = $"Python: current file ({environment.Name})",
                ["type"] = "debugpy",
                ["request"] = "launch",
                ["program"] = "${file}",
                ["console"] = "integratedTerminal",
                ["python"] = environment.Interpreter,
            })]),
        };
        var machine = new JsonObject
        {
            ["telemetry.telemetryLevel"] = "off",
            ["python.venvFolders"] = new JsonArray($"{CodeStudioImage.Root}/python-code-envs")
        };
        if (python.Count > 0)
        {
            machine["python.defaultInterpreterPath"] = python[0].Interpreter;
        }

        if (state.CodeEnvironments.FirstOrDefault(environment => environment.Language == CodeLanguage.R) is { } r)
        {
            machine["r.rpath.linux"] = r.Interpreter;
            machine["r.libPaths"] = new JsonArray([.. state.CodeEnvironments.Where(other => other.Language == CodeLanguage.R)
                .Select(other => (JsonNode)other.Path)]);
        }

        return state.With(LaunchFile, new ContextFile(StudioJson.Text(launch))).With(MachineFile, new ContextFile(StudioJson.Text(machine)));
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        (string Field, string Path)[] paths =
        [
            ("settingsPath", SettingsPath), ("extensionsPath", ExtensionsPath), ("machineSettingsPath", MachineSettingsPath), ("openInPath", OpenInPath),
            ("startScript", StartScript),
        ];
        (string Field, string Version)[] versions =
        [
            ("codeServerVersion", CodeServerVersion), ("pythonExtensionVersion", PythonExtensionVersion), ("jupyterExtensionVersion", JupyterExtensionVersion),
        ];
        return
        [
            .. BlockChecks.Port(Port, "port", before),
            .. FileSynchronization.Hiding(before.Resolve(StartScript), before) is { } zone
                ? (BlockFault[])[new(
                    "startScript", $"lies in the zone {FileZones.Key(zone.Zone)}, which hides the script in pods", "a folder outside of zones",
                    $"startScript: {DefaultStartScript}", StartScript)]
                : [],
            .. paths.SelectMany(path => BlockChecks.Path(path.Path, path.Field, before)),
            .. versions.Where(version => !VersionShape().IsMatch(version.Version)).Select(version => new BlockFault(
                version.Field, "is no version", "numbers with dots between them", $"for example {CodeStudioPins.CodeServer}", version.Version)),
            .. AdditionalExtensions.Select((extension, index) => (extension, index)).Where(entry => !ExtensionShape().IsMatch(entry.extension)).Select(entry =>
                new BlockFault(
                    $"additionalExtensions[{BlockChecks.Text(entry.index)}]", "does not say which version of which extension it is",
                    "publisher.name@version, so that an image is the same every time it is built", "for example REditorSupport.r@2.8.6", entry.extension)),
        ];
    }

    [GeneratedRegex(@"\A[0-9]+(\.[0-9]+){1,3}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionShape();

    // "ms-python.python@2024.8.1"; not "ms-python.python".
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]*\.[A-Za-z0-9][A-Za-z0-9._-]*@[0-9]+(\.[0-9]+){1,3}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExtensionShape();
}
