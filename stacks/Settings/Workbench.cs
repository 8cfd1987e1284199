using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Workbench;
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

    [Setting("Run the server without root. Needs signIn.oidc or signIn.saml, and home directories that exist (docs/workbench.md).")]
    public bool Rootless { get; init; }

    [Setting("The claims on platform:storage.")]
    public WorkbenchStorageSettings Storage { get; init; } = new();

    [Setting("How browsers reach it.", Absent = "by kubectl port-forward only")]
    public WorkbenchIngressSettings? Ingress { get; init; }

    [Setting("Images of server and sessions.")]
    public WorkbenchImageSettings Images { get; init; } = new();

    [Setting("What people work in.")]
    public WorkbenchIdeSettings Ides { get; init; } = new();

    [Setting("What starts sessions as jobs of the cluster.")]
    public WorkbenchLauncherSettings Launcher { get; init; } = new();

    [Setting("What the server logs.")]
    public WorkbenchLoggingSettings Logging { get; init; } = new();

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

    [Setting("Which traffic servers and sessions may exchange.")]
    public WorkbenchNetworkSettings Network { get; init; } = new();

    [Setting("ServiceMonitors for the Prometheus operator.", Absent = "none; pods have the annotations prometheus.io/scrape and prometheus.io/port")]
    public WorkbenchServiceMonitorSettings? ServiceMonitor { get; init; }

    [Setting("Pull the images of sessions to nodes beforehand.", Absent = "the first session on a node waits for them")]
    public WorkbenchPrePullSettings? PrePull { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        // What stands under another key and is read here: the reader has no rule of several keys beside the record.
        List<SettingsProblem> problems =
        [
            .. WorkbenchProfileRules.Check(this, platform, at),
            .. Storage.CheckBeside(platform, at[nameof(Storage)]),
            .. Images.Check(this, platform, at[nameof(Images)]),
            .. Ides.Check(this, at[nameof(Ides)]),
            .. Sessions.Check(Images, at[nameof(Sessions)]),
            .. WorkbenchChartRules.Check(this, platform),
        ];
        if (Replicas > 1 && Ingress is null)
        {
            problems.Add(new(
                at[nameof(Replicas)], "needs something that keeps a browser at one server pod, and there is no workbench.ingress", "1, or more beside ingress",
                "describe workbench.ingress, or remove replicas", $"{Replicas}"));
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

    [Setting(
        "Repository of R packages. Binaries must be those of the session image's Ubuntu, noble for 24.04 and jammy for 22.04.",
        Absent = "Posit Package Manager's binaries for images.os",
        Example = "https://packagemanager.posit.co/cran/__linux__/noble/latest")]
    [Form(Form.WebAddress)]
    public string? Cran { get; init; }

    [Setting("Save what R has in memory when a session ends: no, ask or yes.", Absent = "as the server has it", Example = "no")]
    public WorkbenchSave? SaveWorkspace { get; init; }

    [Setting("Address of Posit Connect that sessions publish to.", Absent = "users name one", Example = "https://connect.example.com")]
    [Form(Form.WebAddress)]
    public string? ConnectServer { get; init; }

    [Setting("Taints of nodes that session pods tolerate, as those of nodes with GPUs.", Absent = "none")]
    public ImmutableArray<TolerationSettings> Tolerations { get; init; } = [];

    /// <summary>What does not go together, but works.</summary>
    internal IEnumerable<SettingsProblem> Check(WorkbenchImageSettings images, SettingPath at)
    {
        // Posit Package Manager's own way to write a distribution.
        const string Binaries = "/__linux__/";
        var wanted = WorkbenchSessions.DistributionOf(images.Os);
        if (Cran?.Split(Binaries) is [_, var rest] && rest.Split('/')[0] is var given && given != wanted)
        {
            yield return SettingsProblem.Warning(
                at[nameof(Cran)], $"has binaries for {given}, and workbench.images.os says {SettingPath.KeyFor($"{images.Os}")}: packages would not load",
                $"binaries for {wanted}", $"cran: {Cran.Replace($"{Binaries}{given}", $"{Binaries}{wanted}", StringComparison.Ordinal)}, or images.os", Cran);
        }
    }

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchSessions SessionsOn(WorkbenchSystem system) => new()
    {
        TimeoutMinutes = TimeoutMinutes,
        SuspendOnTimeout = SuspendOnTimeout,
        QuitChildProcesses = QuitChildProcesses,
        JupyterCullMinutes = JupyterCullMinutes,
        JupyterShutdownMinutes = JupyterShutdownMinutes,
        ConnectServer = ConnectServer,
        SaveWorkspace = SaveWorkspace,
        Cran = Cran ?? WorkbenchSessions.CranFor(system),
        Tolerations = [.. Tolerations.Select(toleration => new Toleration(toleration.Key, toleration.Value, toleration.Effect, toleration.Seconds))],
    };
}
