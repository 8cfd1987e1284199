using System.Collections.Immutable;
using Infra.Charts;
using Infra.Manifests;
using Infra.Routing;
using Infra.Versions;

namespace Infra.Workbench;

/// <summary>
/// The values of the chart <c>rstudio-workbench</c>. It has no schema and ignores a misspelt key without a word, so that every key that is ever written stands
/// here. No secret is among them: they name Secrets.
/// </summary>
/// <remarks>
/// Keys and effects: rstudio/helm, charts/rstudio-workbench, version 0.22.0. Whatever lands in a configuration file is a text: Helm writes a number of more
/// than six digits with an exponent.
/// </remarks>
public static class WorkbenchValues
{
    /// <summary>Name of the release. It holds the chart's name, so that it is that of the Deployment and the Service as well.</summary>
    public const string Release = "rstudio-workbench";

    /// <summary>Oldest version of the chart with the images that the values name: posit/* came with 0.20.0 (rstudio/helm, NEWS.md).</summary>
    public static readonly SemanticVersion OldestChart = SemanticVersion.Parse("0.20.0");

    /// <summary>Oldest version that runs the server without root (NEWS.md, 0.21.0).</summary>
    public static readonly SemanticVersion OldestRootless = SemanticVersion.Parse("0.21.0");

    /// <summary>Oldest version that copies files for SSSD from where they are mounted (NEWS.md, 0.21.3).</summary>
    public static readonly SemanticVersion OldestSssd = SemanticVersion.Parse("0.21.3");

    /// <summary>Key of the Secret with <c>database.conf</c>, which the chart prescribes.</summary>
    public const string DatabaseFile = "database.conf";

    /// <summary>Key and file of the client of an OpenID Connect provider.</summary>
    public const string OpenIdFile = "openid-client-secret";

    /// <summary>Where the authority of the database's certificate is mounted.</summary>
    public const string AuthorityDirectory = "/mnt/database-authority";

    /// <summary>The values.</summary>
    /// <param name="plan">What is wanted.</param>
    /// <param name="objects">The objects that the values name.</param>
    public static ImmutableDictionary<string, object> For(WorkbenchPlan plan, WorkbenchObjects objects) => Spec.From(
            ("replicas", plan.Replicas),
            // The release would delete claims of its own with itself, home directories included.
            ("homeStorage", Spec.From(("create", false), ("mount", true), ("name", objects.HomeClaim))),
            ("sharedStorage", Spec.From(("create", false), ("mount", true), ("name", objects.SharedClaim))),
            ("launcherPem", Spec.From(("existingSecret", objects.LauncherSecret))),
            ("secureCookieKey", Spec.From(("existingSecret", objects.CookieSecret))),
            // Without requests the node under pressure evicts the server first.
            ("resources", Spec.From(("requests", Spec.From(("enabled", true))))),
            ("launcher", Spec.From(("templateValues", Spec.From(("pod", SessionPod(plan)))))),
            ("pod", WorkbenchPod.Value(plan, objects)),
            ("config", WorkbenchConfigFiles.Value(plan, objects)))
        .AddRange(plan.Images.Values(plan.Ides.PositronVersion))
        .AddRange(License(plan, objects))
        .AddRange(Users(plan, objects))
        .AddRange(plan.Ingress?.Values ?? ImmutableDictionary<string, object>.Empty)
        .AddRange(plan.ServiceMonitor?.Values ?? ImmutableDictionary<string, object>.Empty)
        .AddRange(Availability(plan));

    private static ImmutableDictionary<string, object> SessionPod(WorkbenchPlan plan) => WorkbenchProfile.Given(
        // Annotations of pods can be read by many, and what a session reads from its standard input holds credentials.
        ("suppressStdinAnnotation", true),
        ("imagePullSecrets", plan.Images.PullSecrets.IsEmpty ? null : plan.Images.PullSecretNames),
        ("tolerations", plan.Sessions.Tolerations.IsEmpty ? null : plan.Sessions.Tolerations.Select(Written).ToImmutableArray<object>()));

    private static ImmutableDictionary<string, object> Written(Toleration toleration) => WorkbenchProfile.Given(
        ("key", toleration.Key),
        ("operator", toleration.Value is null ? "Exists" : "Equal"),
        ("value", toleration.Value),
        ("effect", toleration.Effect?.ToString()),
        ("tolerationSeconds", toleration.Seconds));

    private static ImmutableDictionary<string, object> License(WorkbenchPlan plan, WorkbenchObjects objects) => (plan.LicenseServer, objects.LicenseFile) switch
    {
        ({ } server, _) => Spec.From(("license", Spec.From(("server", server)))),
        (_, { } file) => Spec.From(("license", Spec.From(("file", Spec.From(("secret", file.Name), ("secretKey", file.Key)))))),
        // Every pod activates a key for itself: a second one beside the first would need a second activation.
        _ => Spec.From(("strategy", Spec.From(("type", "Recreate")))),
    };

    private static ImmutableDictionary<string, object> Users(WorkbenchPlan plan, WorkbenchObjects objects) =>
        plan.SignIn is not WorkbenchSignIn.TestUser user || objects.TestUserSecret is not { } password
            ? Spec.From(("userCreate", false))
            : Spec.From(("userCreate", true), ("userName", user.Name), ("userPassword", Spec.From(("existingSecret", password))));

    private static ImmutableDictionary<string, object> Availability(WorkbenchPlan plan) => plan.Replicas < 2
        ? ImmutableDictionary<string, object>.Empty
        : Spec.From(
            ("podDisruptionBudget", Spec.From(("maxUnavailable", 1))),
            ("topologySpreadConstraints", Spec.List(Spec.From(
                ("maxSkew", 1),
                ("topologyKey", "kubernetes.io/hostname"),
                ("whenUnsatisfiable", "ScheduleAnyway"),
                ("labelSelector", Spec.From(("matchLabels", Spec.From(
                    ("app.kubernetes.io/name", HelmCharts.PositWorkbench.Name), ("app.kubernetes.io/instance", Release)))))))));
}

/// <summary>What is wanted of Workbench.</summary>
public sealed record WorkbenchPlan
{
    /// <summary>Server pods. Default 1.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Address of the licence server; null for a key or a file.</summary>
    public string? LicenseServer { get; init; }

    /// <summary>How people sign in; null for the accounts of the server's image.</summary>
    public WorkbenchSignIn? SignIn { get; init; }

    /// <summary>Group whose members see the administrator's pages; null for nobody.</summary>
    public string? AdminGroup { get; init; }

    /// <summary>Group whose members may end and suspend other people's sessions there; null for nobody.</summary>
    public string? SuperuserGroup { get; init; }

    /// <summary>Run the server without root. Default false.</summary>
    public bool Rootless { get; init; }

    public WorkbenchImages Images { get; init; } = new();

    public WorkbenchIdes Ides { get; init; } = new();

    public WorkbenchLauncher Launcher { get; init; } = new();

    public WorkbenchLogging Logging { get; init; } = new();

    public WorkbenchSessions Sessions { get; init; } = new();

    /// <summary>By section: everybody, <c>@group</c> or user.</summary>
    public ImmutableSortedDictionary<string, WorkbenchProfile> Profiles { get; init; } = ImmutableSortedDictionary<string, WorkbenchProfile>.Empty;

    /// <summary>By id.</summary>
    public ImmutableSortedDictionary<string, WorkbenchResourceProfile> ResourceProfiles { get; init; } =
        ImmutableSortedDictionary<string, WorkbenchResourceProfile>.Empty;

    /// <summary>Null where nothing reaches it but <c>kubectl port-forward</c>.</summary>
    public WorkbenchIngress? Ingress { get; init; }

    /// <summary>Null without a Prometheus operator.</summary>
    public WorkbenchServiceMonitor? ServiceMonitor { get; init; }
}

/// <summary>What holds for all sessions.</summary>
public sealed record WorkbenchSessions
{
    public const int DefaultTimeoutMinutes = 60;
    public const bool DefaultSuspendOnTimeout = true;
    public const bool DefaultQuitChildProcesses = true;
    public const int DefaultJupyterCullMinutes = 60;
    public const int DefaultJupyterShutdownMinutes = 5;

    /// <summary>The repository of binaries for an Ubuntu: the chart's own default, for 22.04, does not load on 24.04.</summary>
    public static string CranFor(WorkbenchSystem system) => $"https://packagemanager.posit.co/cran/__linux__/{DistributionOf(system)}/latest";

    /// <summary>The name by which Posit Package Manager knows an Ubuntu.</summary>
    public static string DistributionOf(WorkbenchSystem system) => system is WorkbenchSystem.Ubuntu2204 ? "jammy" : "noble";

    /// <summary>Minutes without activity after which an R session ends; 0 for never. Default 60.</summary>
    public int TimeoutMinutes { get; init; } = DefaultTimeoutMinutes;

    /// <summary>Whether a session that ends so is kept to be resumed. Default true.</summary>
    public bool SuspendOnTimeout { get; init; } = DefaultSuspendOnTimeout;

    /// <summary>Whether a session takes its child processes with it. Default true.</summary>
    public bool QuitChildProcesses { get; init; } = DefaultQuitChildProcesses;

    /// <summary>Minutes without activity after which a kernel of Jupyter ends. Default 60.</summary>
    public int JupyterCullMinutes { get; init; } = DefaultJupyterCullMinutes;

    /// <summary>Minutes without a kernel after which a Jupyter session ends. Default 5.</summary>
    public int JupyterShutdownMinutes { get; init; } = DefaultJupyterShutdownMinutes;

    /// <summary>Repository of R packages.</summary>
    public string Cran { get; init; } = CranFor(WorkbenchImages.DefaultSystem);

    /// <summary>Whether R saves what is in memory when a session ends; null for the server's own.</summary>
    public WorkbenchSave? SaveWorkspace { get; init; }

    /// <summary>Address of Posit Connect that sessions publish to; null for none.</summary>
    public string? ConnectServer { get; init; }

    /// <summary>Taints of nodes that session pods tolerate.</summary>
    public ImmutableArray<Toleration> Tolerations { get; init; } = [];
}

/// <summary>Whether R saves what is in memory when a session ends (<c>session-save-action-default</c>).</summary>
public enum WorkbenchSave
{
    No,
    Ask,
    Yes,
}

/// <summary>A key of a Secret.</summary>
/// <param name="Name">Name of the Secret: a text, or an output of one.</param>
/// <param name="Key">Key inside its data.</param>
public sealed record SecretKeyName(object Name, string Key);

/// <summary>The objects that the values name, each by a text or an output of one.</summary>
public sealed record WorkbenchObjects
{
    public required object HomeClaim { get; init; }

    public required object SharedClaim { get; init; }

    public required object LauncherSecret { get; init; }

    public required object CookieSecret { get; init; }

    /// <summary>Secret whose key is <see cref="WorkbenchValues.DatabaseFile"/>.</summary>
    public required object DatabaseFile { get; init; }

    public required SecretKeyName DatabasePassword { get; init; }

    /// <summary>Authority of the database's certificate; null where it is not checked.</summary>
    public SecretKeyName? DatabaseAuthority { get; init; }

    public SecretKeyName? LicenseKey { get; init; }

    public SecretKeyName? LicenseFile { get; init; }

    /// <summary>Id and secret of the client at the OpenID Connect provider.</summary>
    public SecretKeyName? OpenIdSecret { get; init; }

    /// <summary>The file for SSSD.</summary>
    public SecretKeyName? Directory { get; init; }

    /// <summary>A file beside it with the password that SSSD binds with, where others look after it.</summary>
    public SecretKeyName? DirectoryBind { get; init; }

    /// <summary>Authority of the directory's certificate; null where the image knows it.</summary>
    public SecretKeyName? DirectoryAuthority { get; init; }

    /// <summary>The token with which a provider manages accounts.</summary>
    public SecretKeyName? ScimToken { get; init; }

    /// <summary>Secret whose key <c>password</c> holds the test user's.</summary>
    public object? TestUserSecret { get; init; }
}
