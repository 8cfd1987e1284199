using System.Collections.Immutable;
using Infra.Charts;
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

    /// <summary>Key of the Secret with <c>database.conf</c>, which the chart prescribes.</summary>
    public const string DatabaseFile = "database.conf";

    /// <summary>Key and file of the client of an OpenID Connect provider.</summary>
    public const string OpenIdFile = "openid-client-secret";

    /// <summary>Where the authority of the database's certificate is mounted.</summary>
    public const string AuthorityDirectory = "/mnt/database-authority";

    private const string AuthorityVolume = "database-authority";

    // Debian's own file (libpam-runtime), and the line that makes the home directory of somebody who signs in for the first time.
    private const string CommonSession = """
        session [default=1]   pam_permit.so
        session requisite     pam_deny.so
        session required      pam_permit.so
        session optional      pam_umask.so
        session required      pam_unix.so
        session required      pam_mkhomedir.so skel=/etc/skel umask=0077

        """;

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
            // Annotations of pods can be read by many, and what a session reads from its standard input holds credentials.
            ("launcher", Spec.From(("templateValues", Spec.From(("pod", Spec.From(("suppressStdinAnnotation", true))))))),
            ("pod", Pod(objects)),
            ("config", Config(plan, objects)))
        .AddRange(License(plan, objects))
        .AddRange(Users(plan, objects))
        .AddRange(plan.Ingress?.Values ?? ImmutableDictionary<string, object>.Empty)
        .AddRange(Availability(plan));

    private static ImmutableDictionary<string, object> Pod(WorkbenchObjects objects)
    {
        var environment = ImmutableArray.Create<object>(FromSecret("WORKBENCH_POSTGRES_PASSWORD", objects.DatabasePassword));
        if (objects.LicenseKey is { } key)
        {
            environment = environment.Add(FromSecret("RSW_LICENSE", key));
        }

        var pod = Spec.From(("env", environment));
        return objects.DatabaseAuthority is not { } authority
            ? pod
            : pod.AddRange(Spec.From(
                ("volumes", Spec.List(Spec.From(("name", AuthorityVolume), ("secret", Spec.From(("secretName", authority.Name)))))),
                ("volumeMounts", Spec.List(Spec.From(("name", AuthorityVolume), ("mountPath", AuthorityDirectory), ("readOnly", true))))));
    }

    private static ImmutableDictionary<string, object> FromSecret(string variable, SecretKeyName secret) => Spec.From(
        ("name", variable),
        ("valueFrom", Spec.From(("secretKeyRef", Spec.From(("name", secret.Name), ("key", secret.Key))))));

    private static ImmutableDictionary<string, object> Config(WorkbenchPlan plan, WorkbenchObjects objects)
    {
        var config = Spec.From(
            ("database", Spec.From(("conf", Spec.From(("existingSecret", objects.DatabaseFile))))),
            ("server", Server(plan)),
            ("session", Session(plan.Sessions)));
        if (!plan.Profiles.IsEmpty)
        {
            config = config.Add("profiles", Spec.From(("launcher.kubernetes.profiles.conf", Sections(plan.Profiles, profile => profile.Section))));
        }

        return plan.OpenId is null || objects.OpenIdSecret is not { } client
            ? config
            : config
                .Add("existingSecrets", Spec.List(Spec.From(
                    ("name", client.Name), ("items", Spec.List(Spec.From(("key", client.Key), ("path", OpenIdFile)))))))
                .Add("pam", Spec.From(("common-session", CommonSession)));
    }

    private static ImmutableDictionary<string, object> Server(WorkbenchPlan plan)
    {
        // The chart's annotations say that there are metrics, and its own file turns them off.
        var server = Spec.From(("metrics-enabled", "1"));
        if (plan.OpenId is { } provider)
        {
            server = server.AddRange(Spec.From(
                ("auth-openid", "1"),
                ("auth-openid-issuer", provider.Issuer),
                ("auth-openid-username-claim", provider.UsernameClaim),
                ("user-provisioning-enabled", "1"),
                ("user-provisioning-register-on-first-login", "1")));
        }

        var files = Spec.From(
            ("rserver.conf", server),
            ("jupyter.conf", Spec.From(
                ("session-cull-minutes", WorkbenchProfile.Text(plan.Sessions.JupyterCullMinutes)!),
                ("session-shutdown-minutes", WorkbenchProfile.Text(plan.Sessions.JupyterShutdownMinutes)!))));
        return plan.ResourceProfiles.IsEmpty
            ? files
            : files.Add("launcher.kubernetes.resources.conf", Sections(plan.ResourceProfiles, profile => profile.Section));
    }

    private static ImmutableDictionary<string, object> Session(WorkbenchSessions sessions) => Spec.From(
        ("rsession.conf", Spec.From(
            ("session-timeout-minutes", WorkbenchProfile.Text(sessions.TimeoutMinutes)!),
            ("session-timeout-suspend", sessions.SuspendOnTimeout ? "1" : "0"),
            ("session-quit-child-processes-on-exit", sessions.QuitChildProcesses ? "1" : "0"))),
        ("repos.conf", Spec.From(("CRAN", sessions.Cran))));

    private static ImmutableDictionary<string, object> Sections<T>(
        ImmutableSortedDictionary<string, T> sections, Func<T, ImmutableDictionary<string, object>> write) =>
        sections.ToImmutableDictionary(section => section.Key, section => (object)write(section.Value), StringComparer.Ordinal);

    private static ImmutableDictionary<string, object> License(WorkbenchPlan plan, WorkbenchObjects objects) => (plan.LicenseServer, objects.LicenseFile) switch
    {
        ({ } server, _) => Spec.From(("license", Spec.From(("server", server)))),
        (_, { } file) => Spec.From(("license", Spec.From(("file", Spec.From(("secret", file.Name), ("secretKey", file.Key)))))),
        // Every pod activates a key for itself: a second one beside the first would need a second activation.
        _ => Spec.From(("strategy", Spec.From(("type", "Recreate")))),
    };

    private static ImmutableDictionary<string, object> Users(WorkbenchPlan plan, WorkbenchObjects objects) =>
        plan.TestUser is not { } user || objects.TestUserSecret is not { } password
            ? Spec.From(("userCreate", false))
            : Spec.From(("userCreate", true), ("userName", user), ("userPassword", Spec.From(("existingSecret", password))));

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

    /// <summary>Name of the user who verifies an installation; null for none.</summary>
    public string? TestUser { get; init; }

    /// <summary>Who signs people in; null for the accounts of the server itself.</summary>
    public OpenIdProvider? OpenId { get; init; }

    public WorkbenchSessions Sessions { get; init; } = new();

    /// <summary>By section: everybody, <c>@group</c> or user.</summary>
    public ImmutableSortedDictionary<string, WorkbenchProfile> Profiles { get; init; } = ImmutableSortedDictionary<string, WorkbenchProfile>.Empty;

    /// <summary>By id.</summary>
    public ImmutableSortedDictionary<string, WorkbenchResourceProfile> ResourceProfiles { get; init; } =
        ImmutableSortedDictionary<string, WorkbenchResourceProfile>.Empty;

    /// <summary>Null where nothing reaches it but <c>kubectl port-forward</c>.</summary>
    public WorkbenchIngress? Ingress { get; init; }
}

/// <summary>An OpenID Connect provider.</summary>
/// <param name="Issuer">Its address.</param>
/// <param name="UsernameClaim">The claim that holds the name of the account.</param>
public sealed record OpenIdProvider(string Issuer, string UsernameClaim)
{
    public const string DefaultUsernameClaim = "preferred_username";
}

/// <summary>What holds for all sessions.</summary>
public sealed record WorkbenchSessions
{
    public const int DefaultTimeoutMinutes = 60;
    public const bool DefaultSuspendOnTimeout = true;
    public const bool DefaultQuitChildProcesses = true;
    public const int DefaultJupyterCullMinutes = 60;
    public const int DefaultJupyterShutdownMinutes = 5;

    // Binaries for Ubuntu 24.04, which is what the images of the pinned chart are: those of the chart's own default, for 22.04, do not load there.
    public const string DefaultCran = "https://packagemanager.posit.co/cran/__linux__/noble/latest";

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
    public string Cran { get; init; } = DefaultCran;
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

    /// <summary>Secret whose key <c>password</c> holds the test user's.</summary>
    public object? TestUserSecret { get; init; }
}
