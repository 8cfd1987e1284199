using System.Collections.Immutable;
using Infra.Workbench;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>How people sign in to Workbench: in one way, for the server knows no two at a time.</summary>
[Kind<TestUserSettings>("testUser", "One user with a generated password, to verify an installation; never in production.")]
[Kind<OidcSettings>("oidc", "An OpenID Connect provider.")]
[Kind<SamlSettings>("saml", "A SAML identity provider.")]
[Kind<PamSettings>("pam", "Accounts of the server's own image, or what PAM modules in it find.")]
[Kind<SssdSettings>("sssd", "An LDAP directory or Active Directory, which SSSD in the server's pod asks for accounts and passwords.")]
public abstract record WorkbenchSignInSettings
{
    private protected WorkbenchSignInSettings()
    {
    }

    [Setting("Group whose members see the administrator's pages.", Absent = "nobody", Example = "workbench-admins")]
    [Form(Form.LinuxName)]
    public string? AdminGroup { get; init; }

    [Setting("Group whose members may also end and suspend the sessions of others there.", Absent = "nobody", Example = "workbench-superusers")]
    [Form(Form.LinuxName)]
    public string? SuperuserGroup { get; init; }

    /// <summary>The same in the words of the component.</summary>
    /// <param name="host">Host of Workbench; null without one.</param>
    internal abstract WorkbenchSignIn SignIn(string? host);

    // What the server cannot do without root (rstudio/helm, values.yaml, pod.runAsRoot, and NEWS.md, 0.21.0).
    private protected static SettingsProblem? CheckRoot(PlatformSettings platform, string what) => platform.Workbench is not { Rootless: true }
        ? null
        : new(
            At.Workbench[nameof(WorkbenchSettings.Rootless)], $"does not go with {what}", "true beside signIn.oidc or signIn.saml",
            "describe signIn.oidc or signIn.saml, or remove rootless", "true");

    private protected static SettingsProblem? CheckAddress(PlatformSettings platform, SettingPath at, string given) =>
        platform.Workbench is not { Ingress: null } ? null : new(
            at, "sends people back to a host, and Workbench has none without workbench.ingress", "given beside workbench.ingress",
            "describe workbench.ingress", given);

    private protected static SettingsProblem? CheckRotation(WorkbenchAccounts accounts, int rotation, SettingPath at) =>
        accounts is WorkbenchAccounts.Scim || rotation == PositWorkbenchArgs.DefaultScimTokenRotation
            ? null
            : new(at, "makes a token anew that there is only with accounts: scim", "absent", "remove it, or accounts: scim", $"{rotation}");
}

/// <summary>The user who verifies an installation.</summary>
public sealed record TestUserSettings : WorkbenchSignInSettings, IChecked
{
    /// <summary>Name of the account: that of Posit's instructions.</summary>
    internal const string Name = "rstudio";

    internal override WorkbenchSignIn SignIn(string? host) => new WorkbenchSignIn.TestUser(Name);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Production)
        {
            yield return new(
                at, "is for verifying an installation, and this stack is a production stack", "oidc, saml, pam or sssd",
                "describe signIn.oidc, or set production: false", Name);
        }

        if (CheckRoot(platform, "a test user, whose account only root can make") is { } problem)
        {
            yield return problem;
        }
    }
}

/// <summary>An OpenID Connect provider.</summary>
public sealed record OidcSettings : WorkbenchSignInSettings, IChecked
{
    [Setting("Address of the issuer, under which .well-known/openid-configuration is found.", Example = "https://login.example.com/realms/research")]
    [Form(Form.WebAddress)]
    public required string Issuer { get; init; }

    [Setting("Claim that holds the name of the account.")]
    [Length(1, 128)]
    public string UsernameClaim { get; init; } = WorkbenchSignIn.OpenId.DefaultUsernameClaim;

    [Setting("Claim that holds a person's groups, of which Workbench makes groups.", Absent = "no groups", Example = "groups")]
    [Length(1, 128)]
    public string? GroupsClaim { get; init; }

    [Setting("Id of the client at the provider.", Absent = "clientSecretName holds it", Example = "workbench")]
    [Length(1, 256)]
    public string? ClientId { get; init; }

    [Setting("Secret of the client.")]
    [Secret("workbenchOidcSecret")]
    public SecretSetting? ClientSecret { get; init; }

    [Setting(
        "Secret of the namespace posit-workbench whose key openid-client-secret holds the two lines client-id=… and client-secret=….",
        Absent = "clientId and platform:workbenchOidcSecret are used",
        Example = "workbench-oidc")]
    [Form(Form.KubernetesSubdomain)]
    public string? ClientSecretName { get; init; }

    [Setting("Where accounts come from: made when somebody signs in for the first time, or made and locked by the provider at https://<host>/scim/v2.")]
    public WorkbenchAccounts Accounts { get; init; } = WorkbenchAccounts.FirstSignIn;

    [Setting("With accounts: scim, raise it by one to have another token; server pods restart, and the provider has to be given it.")]
    [Range(1, int.MaxValue)]
    public int ScimTokenRotation { get; init; } = PositWorkbenchArgs.DefaultScimTokenRotation;

    internal override WorkbenchSignIn SignIn(string? host) => new WorkbenchSignIn.OpenId(Issuer, UsernameClaim, Accounts) { GroupsClaim = GroupsClaim };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => Problems(platform, at).OfType<SettingsProblem>();

    private IEnumerable<SettingsProblem?> Problems(PlatformSettings platform, SettingPath at)
    {
        if (WorkbenchSecretRules.CheckOne(ClientSecret, ClientSecretName, "workbenchOidcSecret", at[nameof(ClientSecretName)], platform) is { } problem)
        {
            yield return problem;
        }
        else if (ClientSecret is null != ClientId is null)
        {
            yield return ClientId is null
                ? new(at[nameof(ClientId)], "is missing beside platform:workbenchOidcSecret", "the id of the client", "clientId: workbench")
                : new(
                    at[nameof(ClientId)], "is read from the Secret that clientSecretName names", "absent beside clientSecretName", "remove clientId", ClientId);
        }

        yield return CheckAddress(platform, at[nameof(Issuer)], Issuer);
        yield return CheckRotation(Accounts, ScimTokenRotation, at[nameof(ScimTokenRotation)]);
    }
}

/// <summary>A SAML identity provider.</summary>
public sealed record SamlSettings : WorkbenchSignInSettings, IChecked
{
    [Setting("Where the provider describes itself.", Example = "https://login.example.com/realms/research/protocol/saml/descriptor")]
    [Form(Form.MetadataAddress)]
    public required string MetadataUrl { get; init; }

    [Setting("Attribute of the assertion that holds the name of the account; NameID for its subject.", Example = "Username")]
    [Length(1, 256)]
    public required string UsernameAttribute { get; init; }

    [Setting("Attribute that holds a person's groups, of which Workbench makes groups.", Absent = "no groups", Example = "groups")]
    [Length(1, 256)]
    public string? GroupsAttribute { get; init; }

    [Setting("Where accounts come from: made when somebody signs in for the first time, or made and locked by the provider at https://<host>/scim/v2.")]
    public WorkbenchAccounts Accounts { get; init; } = WorkbenchAccounts.FirstSignIn;

    [Setting("With accounts: scim, raise it by one to have another token; server pods restart, and the provider has to be given it.")]
    [Range(1, int.MaxValue)]
    public int ScimTokenRotation { get; init; } = PositWorkbenchArgs.DefaultScimTokenRotation;

    internal override WorkbenchSignIn SignIn(string? host) => new WorkbenchSignIn.Saml(MetadataUrl, UsernameAttribute, $"https://{host}", Accounts)
    {
        GroupsAttribute = GroupsAttribute,
    };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) => new[]
    {
        CheckAddress(platform, at[nameof(MetadataUrl)], MetadataUrl),
        CheckRotation(Accounts, ScimTokenRotation, at[nameof(ScimTokenRotation)]),
    }.OfType<SettingsProblem>();
}

/// <summary>Accounts of the server's image.</summary>
public sealed record PamSettings : WorkbenchSignInSettings, IChecked
{
    [Setting(
        "Files of /etc/pam.d in place of the image's, by name. They are in a ConfigMap: nothing secret may be in them.",
        Absent = "the image's, and a common-session that makes home directories",
        Example = "{ rstudio: \"auth required pam_unix.so\\naccount required pam_unix.so\\n\" }")]
    [Entry(Form.PamFile)]
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    internal override WorkbenchSignIn SignIn(string? host) => new WorkbenchSignIn.Local(Files);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        foreach (var (name, text) in Files.Where(file => file.Value.Trim().Length == 0))
        {
            yield return new(
                at[nameof(Files)].Entry(name), "is empty, and without a line PAM lets nobody in", "the lines of the file", "remove it to have the image's",
                text);
        }

        if (CheckRoot(platform, "PAM, which only root may ask about other people's passwords") is { } problem)
        {
            yield return problem;
        }
    }
}
