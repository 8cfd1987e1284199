using Infra.Workbench;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>How people sign in to Workbench.</summary>
[Kind<TestUserSettings>("testUser", "One user with a generated password, to verify an installation; never in production.")]
[Kind<OidcSettings>("oidc", "An OpenID Connect provider; an account is made for everybody who signs in for the first time.")]
public abstract record WorkbenchSignInSettings
{
    private protected WorkbenchSignInSettings()
    {
    }
}

/// <summary>The user who verifies an installation.</summary>
public sealed record TestUserSettings : WorkbenchSignInSettings, IChecked
{
    /// <summary>Name of the account: that of Posit's instructions.</summary>
    internal const string Name = "rstudio";

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (platform.Production)
        {
            yield return new(
                at, "is for verifying an installation, and this stack is a production stack", "oidc", "describe signIn.oidc, or set production: false", Name);
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
    public string UsernameClaim { get; init; } = OpenIdProvider.DefaultUsernameClaim;

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

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
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

        if (platform.Workbench is { Ingress: null })
        {
            yield return new(
                at[nameof(Issuer)], "sends people back to a host, and Workbench has none without workbench.ingress", "given beside workbench.ingress",
                "describe workbench.ingress", Issuer);
        }
    }
}

/// <summary>The licence of Workbench: exactly one of the three.</summary>
[Kind<LicenseServerSettings>("server")]
[Kind<LicenseKeySettings>("key", "A product key; every pod activates it for itself, so that an update stops the old pod before the new one starts.")]
[Kind<LicenseFileSettings>("file", "A licence file.")]
public abstract record WorkbenchLicenseSettings
{
    private protected WorkbenchLicenseSettings()
    {
    }
}

/// <summary>A licence server.</summary>
public sealed record LicenseServerSettings : WorkbenchLicenseSettings
{
    [Setting("Address of a floating licence server.", Example = "license.example.com:8989")]
    public required HostAndPort Address { get; init; }
}

/// <summary>A product key.</summary>
public sealed record LicenseKeySettings : WorkbenchLicenseSettings, IChecked
{
    [Setting("The key.")]
    [Secret("workbenchLicenseKey", Text = SecretText.LicenseKey)]
    public SecretSetting? Key { get; init; }

    [Setting(
        "Secret of the namespace posit-workbench whose key license-key holds it.",
        Absent = "platform:workbenchLicenseKey does",
        Example = "workbench-license")]
    [Form(Form.KubernetesSubdomain)]
    public string? ExistingSecret { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        WorkbenchSecretRules.CheckOne(Key, ExistingSecret, "workbenchLicenseKey", at[nameof(ExistingSecret)], platform) is { } problem ? [problem] : [];
}

/// <summary>A licence file.</summary>
public sealed record LicenseFileSettings : WorkbenchLicenseSettings, IChecked
{
    [Setting("What is in the file: pulumi config set --secret platform:workbenchLicenseFile < license.lic.")]
    [Secret("workbenchLicenseFile", Text = SecretText.LicenseFile)]
    public SecretSetting? Contents { get; init; }

    [Setting(
        "Secret of the namespace posit-workbench whose key license.lic holds it.",
        Absent = "platform:workbenchLicenseFile does",
        Example = "workbench-license")]
    [Form(Form.KubernetesSubdomain)]
    public string? ExistingSecret { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        WorkbenchSecretRules.CheckOne(Contents, ExistingSecret, "workbenchLicenseFile", at[nameof(ExistingSecret)], platform) is { } problem ? [problem] : [];
}
