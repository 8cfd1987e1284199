using System.Collections.Immutable;
using Infra.Charts;
using Infra.Workbench;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>What people work in.</summary>
public sealed record WorkbenchIdeSettings
{
    [Setting("Environments that users can start; rstudio is always among them.", Example = "[rstudio, vscode]")]
    public ImmutableArray<WorkbenchIde> Enabled { get; init; } = WorkbenchIdes.DefaultEnabled;

    [Setting("How VS Code behaves.")]
    public WorkbenchEditorSettings Vscode { get; init; } = new();

    [Setting("How Positron behaves.")]
    public WorkbenchEditorSettings Positron { get; init; } = new();

    [Setting("Version of Positron that an init container brings.", Absent = "the one in the server's image", Example = "2026.08.0-10")]
    [Form(Form.PositronVersion)]
    public string? PositronVersion { get; init; }

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchIdes Ides => new()
    {
        Enabled = Enabled,
        Positron = Positron.Editor,
        PositronVersion = PositronVersion,
        Vscode = Vscode.Editor,
    };

    internal IEnumerable<SettingsProblem> Check(WorkbenchSettings workbench, SettingPath at)
    {
        if (!Enabled.Contains(WorkbenchIde.Rstudio))
        {
            yield return new(
                at[nameof(Enabled)], "leaves RStudio out, which no option of the server turns off", "rstudio, and what else there is", "add rstudio", Words());
        }

        foreach (var twice in Enabled.GroupBy(ide => ide).Where(same => same.Count() > 1))
        {
            yield return new(at[nameof(Enabled)], $"names {SettingPath.KeyFor($"{twice.Key}")} twice", "every one once", "remove one of them", Words());
        }

        var unread = new[]
        {
            (nameof(Vscode), WorkbenchIde.Vscode, Vscode != new WorkbenchEditorSettings()),
            (nameof(Positron), WorkbenchIde.Positron, Positron != new WorkbenchEditorSettings()),
            (nameof(PositronVersion), WorkbenchIde.Positron, PositronVersion is not null),
        };
        foreach (var (name, ide, _) in unread.Where(setting => setting.Item3 && !Enabled.Contains(setting.Item2)))
        {
            yield return new(
                at[name], $"is read by nothing: {SettingPath.KeyFor($"{ide}")} is not among the environments that users can start", "absent",
                $"add {SettingPath.KeyFor($"{ide}")} to enabled, or remove it");
        }

        if (PositronVersion is not null && !workbench.Images.SessionComponents)
        {
            yield return new(
                at[nameof(PositronVersion)], "comes by an init container, which images.sessionComponents: false leaves out", "absent",
                "remove it, or remove images.sessionComponents", PositronVersion);
        }
    }

    private string Words() => $"[{string.Join(", ", Enabled.Select(ide => SettingPath.KeyFor($"{ide}")))}]";
}

/// <summary>How VS Code or Positron behaves.</summary>
public sealed record WorkbenchEditorSettings
{
    [Setting("Hours without activity after which a session is ended; 0 for never.", Absent = "12, as the chart has it", Example = "24")]
    [Range(0, 8760)]
    public int? KillHours { get; init; }

    [Setting("Let users take files out of a session.", Absent = "yes", Example = "false")]
    public bool? AllowDownloads { get; init; }

    [Setting("Let users bring files into a session.", Absent = "yes", Example = "false")]
    public bool? AllowUploads { get; init; }

    [Setting("Extensions that every session has, in place of the chart's.", Absent = "the chart's", Example = "[quarto.quarto, posit.shiny]")]
    [Form(Form.ExtensionId)]
    public ImmutableArray<string> Extensions { get; init; } = [];

    [Setting("Settings of a user who starts for the first time, laid over the chart's.", Absent = "the chart's", Example = "{ editor.fontSize: 14 }")]
    public ValueTree UserSettings { get; init; } = ValueTree.Empty;

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchEditor Editor => new()
    {
        AllowDownloads = AllowDownloads,
        AllowUploads = AllowUploads,
        Extensions = Extensions,
        KillHours = KillHours,
        UserSettings = UserSettings,
    };

    public bool Equals(WorkbenchEditorSettings? other) => other is not null
        && (KillHours, AllowDownloads, AllowUploads, UserSettings) == (other.KillHours, other.AllowDownloads, other.AllowUploads, other.UserSettings)
        && Extensions.SequenceEqual(other.Extensions);

    public override int GetHashCode() => HashCode.Combine(KillHours, AllowDownloads, AllowUploads, UserSettings, Extensions.Length);
}

/// <summary>What starts sessions as jobs of the cluster.</summary>
public sealed record WorkbenchLauncherSettings
{
    [Setting("Hours after which the job of a session that has ended is removed, with its log.", Absent = "24, as the launcher has it", Example = "1")]
    [Range(1, 8760)]
    public int? JobExpiryHours { get; init; }

    [Setting("Threads that answer the server.", Absent = "4, as the chart has it", Example = "8")]
    [Range(1, 1024)]
    public int? ThreadPoolSize { get; init; }

    [Setting("Let the launcher log everything that it does.", Absent = "no", Example = "true")]
    public bool? DebugLogging { get; init; }

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchLauncher Launcher => new() { DebugLogging = DebugLogging, JobExpiryHours = JobExpiryHours, ThreadPoolSize = ThreadPoolSize };
}

/// <summary>What the server logs, to the container's standard error.</summary>
public sealed record WorkbenchLoggingSettings
{
    [Setting("How much.", Absent = "info, as the chart has it", Example = "warn")]
    public WorkbenchLogLevel? Level { get; init; }

    [Setting("How a line is written: for people, or as JSON for machines.", Absent = "pretty, as the server has it", Example = "json")]
    public WorkbenchLogFormat? Format { get; init; }

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchLogging Logging => new() { Format = Format, Level = Level };
}
