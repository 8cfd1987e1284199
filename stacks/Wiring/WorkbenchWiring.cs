using System.Collections.Immutable;
using Infra.Charts;
using Infra.Manifests;
using Infra.Namespaces;
using Infra.Storage;
using Infra.Workbench;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Declaring;

namespace Stacks.Wiring;

/// <summary>Makes Posit Workbench: namespace, database, server.</summary>
internal static class WorkbenchWiring
{
    private const string Name = "workbench";

    public static WorkbenchOutputs Create(WorkbenchSettings settings, ISharedStorage storage, StackContext stack)
    {
        var home = Namespace(settings, stack);
        WorkbenchIngressWiring.MakeSecret(settings.Ingress, home, stack);
        var ingress = settings.Ingress?.Ingress(stack.Settings);
        var (homeClaim, sharedClaim) = settings.Storage.Claims(stack.Settings.Storage);
        var made = new PositWorkbench(
            Name,
            new PositWorkbenchArgs
            {
                Chart = ControllersWiring.Chart(HelmCharts.PositWorkbench, stack),
                Database = PostgresWiring.Create(settings.Database, stack, new PostgresClient($"{Name}-database", home, Name, ProtectedParts.Workbench)),
                CookieKeyRotation = settings.CookieKeyRotation,
                DirectoryAuthority = settings.SignIn is SssdSettings { AuthoritySecret: { } authority } ? new(authority, SssdSettings.AuthorityKey) : null,
                DirectoryBind = settings.SignIn is SssdSettings { BindDn: not null } directory
                    ? Source(directory.BindPassword, directory.BindSecret, WorkbenchDirectory.BindFile, stack)
                    : null,
                Home = homeClaim,
                LauncherKeyRotation = settings.LauncherKeyRotation,
                LicenseFile = settings.License is LicenseFileSettings file ? Source(file.Contents, file.ExistingSecret, "license.lic", stack) : null,
                LicenseKey = settings.License is LicenseKeySettings key ? Source(key.Key, key.ExistingSecret, "license-key", stack) : null,
                Namespace = home,
                Network = settings.Network.Network(stack.Cluster.IdentityFromMetadataServer),
                OpenIdClient = settings.SignIn is OidcSettings provider ? Client(provider, stack) : null,
                Plan = Plan(settings, ingress),
                PrePull = settings.PrePull?.PrePull(stack.Settings),
                Protected = stack.Protects(ProtectedParts.Workbench),
                ScimTokenRotation = settings.SignIn switch
                {
                    OidcSettings oidc => oidc.ScimTokenRotation,
                    SamlSettings saml => saml.ScimTokenRotation,
                    _ => PositWorkbenchArgs.DefaultScimTokenRotation,
                },
                Shared = sharedClaim,
                Storage = storage,
            },
            stack.OnCluster());
        return new WorkbenchOutputs
        {
            LoadBalancer = settings.Ingress is { } reached && ingress is not null
                ? new WorkbenchIngressWiring(reached, ingress, home, stack).Create(made.ServiceName)
                : null,
            Namespace = home.ToOutput(),
            ScimTokenSecret = made.ScimTokenSecret,
            ServiceName = made.ServiceName,
            TestUserSecret = made.TestUserSecret,
            Url = settings.Ingress is { Host: var host } ? $"https://{host}" : null,
        };
    }

    private static WorkbenchPlan Plan(WorkbenchSettings settings, WorkbenchIngress? ingress) => new()
    {
        AdminGroup = settings.SignIn.AdminGroup,
        Ides = settings.Ides.Ides,
        Images = settings.Images.Images,
        Ingress = ingress,
        Launcher = settings.Launcher.Launcher,
        LicenseServer = (settings.License as LicenseServerSettings)?.Address.ToString(),
        Logging = settings.Logging.Logging,
        Profiles = settings.Profiles.ToImmutableSortedDictionary(profile => profile.Key, profile => profile.Value.Profile, StringComparer.Ordinal),
        Replicas = settings.Replicas,
        ResourceProfiles = settings.ResourceProfiles.ToImmutableSortedDictionary(
            profile => profile.Key, profile => profile.Value.Profile, StringComparer.Ordinal),
        Rootless = settings.Rootless,
        ServiceMonitor = settings.ServiceMonitor?.Monitor,
        Sessions = settings.Sessions.SessionsOn(settings.Images.Os),
        SignIn = settings.SignIn.SignIn(settings.Ingress?.Host.Text),
        SuperuserGroup = settings.SignIn.SuperuserGroup,
    };

    // Baseline: the server starts as root, to become each of its users.
    private static Input<string> Namespace(WorkbenchSettings settings, StackContext stack) => settings.CreateNamespace
        ? new PlatformNamespace(
            $"{Name}-namespace",
            new PlatformNamespaceArgs
            {
                NamespaceName = KubernetesName.Parse(HelmCharts.PositWorkbench.Namespace),
                Enforce = PodSecurityLevel.Baseline,
                Labels = EdgeWiring.ReadinessLabels(settings.Ingress is AlbWorkbenchSettings, stack),
                Warn = PodSecurityLevel.Baseline,
                Protected = stack.Protects(ProtectedParts.Workbench),
            },
            stack.OnCluster()).NamespaceName
        : HelmCharts.PositWorkbench.Namespace;

    private static WorkbenchSecret Source(SecretSetting? secret, string? existing, string key, StackContext stack) =>
        secret is { } given ? new WorkbenchSecret.Value(stack.Secret(given)) : new WorkbenchSecret.Existing(existing!, key);

    private static WorkbenchSecret Client(OidcSettings settings, StackContext stack) => settings.ClientSecret is { } given
        ? new WorkbenchSecret.Value(stack.Secret(given).Apply(secret => $"client-id={settings.ClientId}\nclient-secret={secret}\n"))
        : new WorkbenchSecret.Existing(settings.ClientSecretName!, WorkbenchValues.OpenIdFile);
}
