using System.Collections.Immutable;
using Infra.Charts;
using Infra.Versions;
using Infra.Workbench;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Posit Workbench in the namespace posit-workbench.</summary>
[Needs(nameof(PlatformSettings.Cluster), nameof(PlatformSettings.Storage))]
public sealed record WorkbenchSettings : IChecked
{
    public const bool DefaultCreateNamespace = true;

    [Setting("Make the namespace posit-workbench. False where it exists, with Secrets in it that this stack file names.")]
    public bool CreateNamespace { get; init; } = DefaultCreateNamespace;

    [Setting("Server pods. Two or more share the load, and a browser stays at one of them.")]
    [Range(1, 20)]
    public int Replicas { get; init; } = 1;

    [Setting("The licence.")]
    public required WorkbenchLicenseSettings License { get; init; }

    [Setting("The database of the server.")]
    public required PostgresSettings Database { get; init; }

    [Setting("How people sign in.")]
    public required WorkbenchSignInSettings SignIn { get; init; }

    [Setting("The claims on platform:storage.")]
    public WorkbenchStorageSettings Storage { get; init; } = new();

    [Setting("How browsers reach it.", Absent = "by kubectl port-forward only")]
    public WorkbenchIngressSettings? Ingress { get; init; }

    [Setting("What holds for all sessions.")]
    public WorkbenchSessionSettings Sessions { get; init; } = new();

    [Setting(
        "What sessions may have, by section: '*' for everybody, @group for a group, and the name of a user; the later win.",
        Absent = "what nodes have",
        Example = "{ '*': { defaultCpus: '1.0', maxCpus: '4.0' } }")]
    [Entry(Form.ProfileSection)]
    public ImmutableSortedDictionary<string, WorkbenchProfileSettings> Profiles { get; init; } =
        ImmutableSortedDictionary<string, WorkbenchProfileSettings>.Empty;

    [Setting("Amounts of resources that users choose by name, each under an id of its own.", Absent = "users name numbers")]
    [Entry(Form.KubernetesEntry)]
    public ImmutableSortedDictionary<string, WorkbenchResourceProfileSettings> ResourceProfiles { get; init; } =
        ImmutableSortedDictionary<string, WorkbenchResourceProfileSettings>.Empty;

    [Setting("Raise it by one to have another key of the launcher; server pods restart, sessions stay.")]
    [Range(1, int.MaxValue)]
    public int LauncherKeyRotation { get; init; } = WorkbenchKeysArgs.DefaultLauncherRotation;

    [Setting("Raise it by one to have another key of cookies; server pods restart, everybody signs in again, sessions stay.")]
    [Range(1, int.MaxValue)]
    public int CookieKeyRotation { get; init; } = WorkbenchKeysArgs.DefaultCookieRotation;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        // What stands under another key and is read here: the reader has no rule of several keys beside the record.
        List<SettingsProblem> problems =
        [
            .. WorkbenchProfileRules.Check(this, at[nameof(Profiles)]),
            .. Storage.CheckBeside(platform, at[nameof(Storage)]),
        ];
        if (Replicas > 1 && Ingress is null)
        {
            problems.Add(new(
                at[nameof(Replicas)], "needs something that keeps a browser at one server pod, and there is no workbench.ingress", "1, or more beside ingress",
                "describe workbench.ingress, or remove replicas", $"{Replicas}"));
        }

        var chart = platform.Charts?.Releases.GetValueOrDefault(HelmCharts.PositWorkbench.Name);
        if (SemanticVersion.TryParse(chart?.Version, out var version) && version < WorkbenchValues.OldestChart)
        {
            problems.Add(new(
                At.Charts[nameof(ChartsSettings.Releases)].Entry(HelmCharts.PositWorkbench.Name)[nameof(ChartSettings.Version)],
                "is older than the images posit/*, which sessions and server are made of here, and spells some values in another way",
                $"{WorkbenchValues.OldestChart} or newer", $"version: {HelmCharts.PositWorkbench.Version}", chart!.Version));
        }

        return problems;
    }
}

/// <summary>What holds for all sessions of Workbench.</summary>
public sealed record WorkbenchSessionSettings
{
    [Setting("Minutes without activity after which an R session ends; 0 for never. Idle sessions keep their nodes.")]
    [Range(0, 100_000)]
    public int TimeoutMinutes { get; init; } = WorkbenchSessions.DefaultTimeoutMinutes;

    [Setting("Keep what a session that ends so has in memory, to be resumed.")]
    public bool SuspendOnTimeout { get; init; } = WorkbenchSessions.DefaultSuspendOnTimeout;

    [Setting("End child processes with their session.")]
    public bool QuitChildProcesses { get; init; } = WorkbenchSessions.DefaultQuitChildProcesses;

    [Setting("Minutes without activity after which a kernel of Jupyter ends.")]
    [Range(1, 100_000)]
    public int JupyterCullMinutes { get; init; } = WorkbenchSessions.DefaultJupyterCullMinutes;

    [Setting("Minutes without a kernel after which a Jupyter session ends.")]
    [Range(1, 100_000)]
    public int JupyterShutdownMinutes { get; init; } = WorkbenchSessions.DefaultJupyterShutdownMinutes;

    [Setting("Repository of R packages. Binaries must be those of the session image's Ubuntu, noble for 24.04.")]
    [Form(Form.WebAddress)]
    public string Cran { get; init; } = WorkbenchSessions.DefaultCran;

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchSessions Sessions => new()
    {
        TimeoutMinutes = TimeoutMinutes,
        SuspendOnTimeout = SuspendOnTimeout,
        QuitChildProcesses = QuitChildProcesses,
        JupyterCullMinutes = JupyterCullMinutes,
        JupyterShutdownMinutes = JupyterShutdownMinutes,
        Cran = Cran,
    };
}
