using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

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
