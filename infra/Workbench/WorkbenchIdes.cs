using System.Collections.Immutable;
using System.Text.Json;
using Infra.Charts;
using Infra.Routing;

namespace Infra.Workbench;

/// <summary>What people work in.</summary>
public enum WorkbenchIde
{
    Rstudio,
    Jupyter,
    Vscode,
    Positron,
}

/// <summary>Which environments a session can start, and how they behave; what is null is the chart's.</summary>
/// <remarks>
/// Posit Workbench administration guide, "VS Code configuration", "Positron Pro Configuration" and "Job Launcher, Configuration"; keys as Posit's own
/// team-operator has them (api/core/v1beta1/workbench_config.go); defaults of the files: rstudio/helm, charts/rstudio-workbench/values.yaml (read 2026-11-26).
/// </remarks>
public sealed record WorkbenchIdes
{
    public static readonly ImmutableArray<WorkbenchIde> DefaultEnabled = [.. Enum.GetValues<WorkbenchIde>()];

    // What the chart has in the two files: a text of ours takes the place of all of it.
    private static readonly ValueTree ChartVscode = new(
        """{"extensions.autoCheckUpdates":false,"extensions.autoUpdate":false,"terminal.integrated.defaultProfile.linux":"bash"}""");

    private static readonly ValueTree ChartPositron = ChartVscode.Under(new(
        """
        {
          "python.environmentProviders.enable": { "Conda": false },
          "python.interpreters.exclude": ["/usr/bin", "/bin"],
          "quarto.path": "/usr/lib/rstudio-server/bin/quarto/bin/quarto"
        }
        """));

    /// <summary>Those that users can start. Default all of them.</summary>
    public ImmutableArray<WorkbenchIde> Enabled { get; init; } = DefaultEnabled;

    public WorkbenchEditor Vscode { get; init; } = new();

    public WorkbenchEditor Positron { get; init; } = new();

    /// <summary>Version of Positron that an init container brings; null for the one in the server's image.</summary>
    public string? PositronVersion { get; init; }

    /// <summary>Files of the server, by name.</summary>
    internal ImmutableDictionary<string, object> ServerFiles => WorkbenchProfile.Given(
        ("vscode.conf", Some(Vscode.Options(Switch(WorkbenchIde.Vscode)))),
        ("vscode.extensions.conf", Vscode.ExtensionList),
        ("vscode-user-settings.json", Vscode.UserSettingsOver(ChartVscode)),
        ("positron.conf", Some(Positron.Options(Switch(WorkbenchIde.Positron)))),
        ("positron-user-settings.json", Positron.UserSettingsOver(ChartPositron)));

    /// <summary>Files that sessions read as well: there Posit's operator keeps the extensions of Positron, for which the chart has no file.</summary>
    internal ImmutableDictionary<string, object> SessionFiles => WorkbenchProfile.Given(("positron.extensions.conf", Positron.ExtensionList));

    /// <summary>Further lines of <c>jupyter.conf</c>.</summary>
    internal ImmutableDictionary<string, object> Jupyter => Enabled.Contains(WorkbenchIde.Jupyter)
        ? ImmutableDictionary<string, object>.Empty
        : Spec.From(("labs-enabled", "0"), ("notebooks-enabled", "0"));

    // The chart has both on.
    private string? Switch(WorkbenchIde ide) => Enabled.Contains(ide) ? null : "0";

    private static ImmutableDictionary<string, object>? Some(ImmutableDictionary<string, object> options) => options.IsEmpty ? null : options;
}

/// <summary>How VS Code or Positron behaves; what is null is the chart's.</summary>
public sealed record WorkbenchEditor
{
    /// <summary>Hours without activity after which a session is ended; 0 for never.</summary>
    public int? KillHours { get; init; }

    public bool? AllowDownloads { get; init; }

    public bool? AllowUploads { get; init; }

    /// <summary>Extensions that every session has, in place of the chart's.</summary>
    public ImmutableArray<string> Extensions { get; init; } = [];

    /// <summary>Settings of a user who starts for the first time, laid over the chart's.</summary>
    public ValueTree UserSettings { get; init; } = ValueTree.Empty;

    /// <summary>The extensions, one on each line; null without.</summary>
    internal string? ExtensionList => Extensions.IsEmpty ? null : string.Concat(Extensions.Select(extension => $"{extension}\n"));

    /// <summary>The file of user settings; null without.</summary>
    internal string? UserSettingsOver(ValueTree chart) =>
        UserSettings.IsEmpty ? null : JsonSerializer.Serialize(chart.Under(UserSettings).Root, Indented) + "\n";

    /// <summary>The lines of its file.</summary>
    /// <param name="isEnabled"><c>0</c>, or null to leave it as the chart has it.</param>
    internal ImmutableDictionary<string, object> Options(string? isEnabled) => WorkbenchProfile.Given(
        ("enabled", isEnabled),
        ("session-timeout-kill-hours", WorkbenchProfile.Text(KillHours)),
        ("allow-file-downloads", WorkbenchProfile.Text(AllowDownloads)),
        ("allow-file-uploads", WorkbenchProfile.Text(AllowUploads)));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };
}

/// <summary>The launcher, which starts sessions as jobs; what is null is the chart's or its own.</summary>
public sealed record WorkbenchLauncher
{
    /// <summary>Hours after which the job of a session that has ended is removed.</summary>
    public int? JobExpiryHours { get; init; }

    /// <summary>Threads that answer the server.</summary>
    public int? ThreadPoolSize { get; init; }

    public bool? DebugLogging { get; init; }

    /// <summary>Files of the server, by name.</summary>
    internal ImmutableDictionary<string, object> Files
    {
        get
        {
            var debug = WorkbenchProfile.Text(DebugLogging);
            var server = WorkbenchProfile.Given(("thread-pool-size", WorkbenchProfile.Text(ThreadPoolSize)), ("enable-debug-logging", debug));
            var kubernetes = WorkbenchProfile.Given(("job-expiry-hours", WorkbenchProfile.Text(JobExpiryHours)), ("enable-debug-logging", debug));
            return WorkbenchProfile.Given(
                ("launcher.conf", server.IsEmpty ? null : Spec.From(("server", server))),
                ("launcher.kubernetes.conf", kubernetes.IsEmpty ? null : kubernetes));
        }
    }
}

/// <summary>How much the server logs.</summary>
public enum WorkbenchLogLevel
{
    Debug,
    Info,
    Warn,
    Error,
}

/// <summary>How a line of the log is written.</summary>
public enum WorkbenchLogFormat
{
    Pretty,
    Json,
}

/// <summary>The server's log, which goes to the container's standard error; what is null is the chart's.</summary>
public sealed record WorkbenchLogging
{
    public WorkbenchLogLevel? Level { get; init; }

    public WorkbenchLogFormat? Format { get; init; }

    /// <summary>Files of the server, by name.</summary>
    internal ImmutableDictionary<string, object> Files
    {
        get
        {
            var lines = WorkbenchProfile.Given(
                ("log-level", Level?.ToString().ToLowerInvariant()), ("log-message-format", Format?.ToString().ToLowerInvariant()));
            return lines.IsEmpty ? lines : Spec.From(("logging.conf", Spec.From(("*", lines))));
        }
    }
}
