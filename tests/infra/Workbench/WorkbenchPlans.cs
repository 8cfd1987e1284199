using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Dns;
using Infra.Manifests;
using Infra.Routing;
using Infra.Workbench;
using Tests.Support;

namespace Tests.Infra.Workbench;

/// <summary>Plans of Workbench, and the values that come of them.</summary>
internal static class WorkbenchPlans
{
    /// <summary>The objects that they name.</summary>
    public static readonly WorkbenchObjects Objects = new()
    {
        HomeClaim = "workbench-user-pvc",
        SharedClaim = "workbench-shared-pvc",
        LauncherSecret = "launcher",
        CookieSecret = "cookie",
        DatabaseFile = "database",
        DatabasePassword = new("database-password", "password"),
        LicenseKey = new("license", "license-key"),
        TestUserSecret = "test-user",
    };

    /// <summary>The vendor document's example.</summary>
    public static WorkbenchPlan Document() => new()
    {
        SignIn = new WorkbenchSignIn.TestUser("rstudio"),
        Sessions = new() { Cran = "https://packagemanager.posit.co/cran/__linux__/jammy/latest" },
        Profiles = ImmutableSortedDictionary<string, WorkbenchProfile>.Empty.Add(WorkbenchProfile.Everybody, new()
        {
            DefaultCpus = "1.0",
            DefaultMemMb = 2048,
            MaxCpus = "4.0",
            MaxMemMb = 8192,
            DefaultContainerImage = "yourprivateregistry.com/r-session-complete:ubuntu2204-2023.03.1",
            ContainerImages =
            [
                "yourprivateregistry.com/r-session-complete:ubuntu2204-2023.03.1",
                "yourprivateregistry.com/r-session-complete:ubuntu2204-2023.03.1-old-versions",
                "yourprivateregistry.com/r-session-complete:ubuntu2204-2023.03.1-ml-dep",
            ],
        }),
        ResourceProfiles = ImmutableSortedDictionary<string, WorkbenchResourceProfile>.Empty
            .Add("small", new("Small", "1.0", 512)).Add("medium", new("Medium", "2.0", 4096)).Add("large", new("Large", "3.0", 8192)),
    };

    // As texts: several tests read them at a time.
    private static readonly Lazy<ImmutableArray<string>> Combined = new(() => [.. Combinations()]);

    /// <summary>The values of every combination of what is chosen.</summary>
    public static IEnumerable<JsonObject> All() => Combined.Value.Select(text => Completed(JsonNode.Parse(text)!.AsObject()));

    private static IEnumerable<string> Combinations() =>
        from replicas in new[] { 1, 3 }
        from license in new[] { "key", "file", "server" }
        from signIn in SignIns
        from ingress in new WorkbenchIngress?[]
        {
            null, new WorkbenchIngress.Traefik(DomainName.Parse("workbench.example.com"), "tls", "issuer", "traefik", "websecure"),
            new WorkbenchIngress.Nginx(DomainName.Parse("workbench.example.com"), "tls", null, "nginx"),
            WorkbenchIngress.Routed.By(new IngressController.Gce(), DomainName.Parse("workbench.example.com")),
        }
        from profiles in new[] { true, false }
        from authority in new[] { true, false }
        select Text(WorkbenchValues.For(
            Plan(replicas, license, signIn, ingress, profiles),
            Objects with
            {
                DatabaseAuthority = authority ? new("authority", "ca.crt") : null,
                LicenseKey = license == "key" ? Objects.LicenseKey : null,
                LicenseFile = license == "file" ? new("license", "license.lic") : null,
                OpenIdSecret = signIn is WorkbenchSignIn.OpenId ? new("oidc", "client") : null,
                TestUserSecret = signIn is WorkbenchSignIn.TestUser ? "test-user" : null,
                Directory = signIn is WorkbenchSignIn.Sssd ? new("directory", "sssd.conf") : null,
                ScimToken = signIn is WorkbenchSignIn.Provider { Accounts: WorkbenchAccounts.Scim } ? new("scim", "token") : null,
            }));

    private static WorkbenchPlan Plan(int replicas, string license, WorkbenchSignIn signIn, WorkbenchIngress? ingress, bool profiles)
    {
        var everything = new WorkbenchProfile
        {
            AllowCustomResources = false,
            AllowUnknownImages = false,
            CpuRequestRatio = "0.6",
            DefaultCpusRequest = "0.5",
            DefaultMemMbRequest = 1_048_576,
            DefaultNvidiaGpus = 0,
            MaxCpusRequest = "2.0",
            MaxMemMbRequest = 2_097_152,
            MaxNvidiaGpus = 1,
            MemoryRequestRatio = "0.8",
            PlacementConstraints = ["workload:research"],
            ResourceProfiles = ["small"],
        };
        var document = Document();
        return new()
        {
            AdminGroup = profiles ? "admins" : null,
            Ides = profiles ? Ides : new(),
            Images = profiles ? Images : new(),
            ServiceMonitor = profiles ? new("monitoring", ImmutableSortedDictionary<string, string>.Empty.Add("release", "prometheus")) : null,
            Ingress = ingress,
            Launcher = profiles ? new() { DebugLogging = true, JobExpiryHours = 1_000_000, ThreadPoolSize = 8 } : new(),
            LicenseServer = license == "server" ? "license.example.com:8989" : null,
            Profiles = profiles ? document.Profiles.Add("@group", everything).Add("user", new() { MaxMemMb = 1_048_576 }) : WorkbenchNone,
            Replicas = replicas,
            ResourceProfiles = profiles
                ? document.ResourceProfiles.Add(
                    "gpu", new("GPU", "8.0", 1_048_576)
                    {
                        AmdGpus = 1,
                        CpusRequest = "4.0",
                        MemMbRequest = 1_048_575,
                        NvidiaGpus = 1,
                        PlacementConstraints = ["a:b"],
                    })
                : document.ResourceProfiles.Clear(),
            Logging = profiles ? new() { Format = WorkbenchLogFormat.Json, Level = WorkbenchLogLevel.Warn } : new(),
            Rootless = signIn is WorkbenchSignIn.Provider && !profiles,
            Sessions = profiles
                ? new() { ConnectServer = "https://connect.example.com", SaveWorkspace = WorkbenchSave.No, Tolerations = [new("nvidia.com/gpu")] }
                : new(),
            SignIn = signIn,
            SuperuserGroup = profiles ? "superusers" : null,
        };
    }

    /// <summary>Every option that a plan has.</summary>
    public static WorkbenchPlan Everything(WorkbenchSignIn? signIn) =>
        Plan(2, "key", signIn!, new WorkbenchIngress.Nginx(DomainName.Parse("workbench.example.com"), "tls", null, "nginx"), profiles: true);

    private static readonly WorkbenchImages Images = new()
    {
        PositronInit = ImageReference.Parse("registry.example.com/positron-init:2026.08.0-10"),
        PullSecrets = ["registry"],
        Server = ImageReference.Parse("registry.example.com/workbench:2026.08.1"),
        Session = ImageReference.Parse("registry.example.com/session:1"),
        SessionInit = ImageReference.Parse("registry.example.com/session-init:2026.08.1"),
        System = WorkbenchSystem.Ubuntu2204,
        Version = "2026.08.1",
    };

    private static readonly WorkbenchIdes Ides = new()
    {
        Enabled = [WorkbenchIde.Rstudio, WorkbenchIde.Positron],
        Positron = new()
        {
            AllowDownloads = false,
            AllowUploads = false,
            Extensions = ["quarto.quarto"],
            KillHours = 24,
            UserSettings = new("""{"editor.fontSize":14}"""),
        },
        PositronVersion = "2026.08.0-10",
        Vscode = new() { Extensions = ["quarto.quarto"], KillHours = 0 },
    };

    private static readonly WorkbenchSignIn[] SignIns =
    [
        new WorkbenchSignIn.TestUser("rstudio"),
        new WorkbenchSignIn.OpenId("https://login.example.com", "email") { GroupsClaim = "groups" },
        new WorkbenchSignIn.Saml("https://login.example.com/metadata", "NameID", "https://workbench.example.com", WorkbenchAccounts.Scim)
        {
            GroupsAttribute = "groups",
        },
        new WorkbenchSignIn.Local(ImmutableSortedDictionary<string, string>.Empty.Add("rstudio", "auth required pam_unix.so\n")),
        new WorkbenchSignIn.Sssd(new("ldaps://ldap.example.com", "dc=example,dc=com")),
    ];

    private static readonly ImmutableSortedDictionary<string, WorkbenchProfile> WorkbenchNone = ImmutableSortedDictionary<string, WorkbenchProfile>.Empty;

    // A licence key has no value of its own: an empty map stands for it, so that all plans are asked alike.
    private static JsonObject Completed(JsonObject values)
    {
        values["license"] ??= new JsonObject();
        return values;
    }

    /// <summary>Values as JSON, keys in order.</summary>
    public static string Text(ImmutableDictionary<string, object> values) => Deployed.Json(JsonSerializer.Serialize(values));
}
