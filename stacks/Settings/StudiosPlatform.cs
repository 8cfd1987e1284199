using Infra.Manifests;
using Infra.Versions;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Settings;

/// <summary>The Seqera Platform that exists beside Studios.</summary>
public sealed record StudiosPlatformSettings : IChecked
{
    [Setting("Its address, exactly as TOWER_SERVER_URL has it.", Example = "https://platform.example.com")]
    public required HttpsUrl Url { get; init; }

    [Setting("Its version. Decides which connect-proxy and connect-server run, which templates are offered and which features there are.")]
    public required SemanticVersion Version { get; init; }

    [Setting("Its namespace. Studios runs in the same one, because Secrets are mounted on both sides.")]
    [Form(Form.KubernetesNamespace)]
    public KubernetesName Namespace { get; init; } = KubernetesName.Parse("seqera-platform");

    [Setting("Make the namespace. Leave it where the installation of the Platform has made it.")]
    public bool CreateNamespace { get; init; }

    [Setting("How it was installed, which gives the names of its objects; none changes nothing on it and exports the changes as files instead.")]
    public PlatformInstall Install { get; init; } = PlatformInstall.Manifests;

    [Setting("Name of the Helm release of the chart platform.", Absent = "none; needed with install: helm", Example = "seqera")]
    [Form(Form.KubernetesSubdomain)]
    public string? HelmRelease { get; init; }

    [Setting("Names that differ from those of the installation.")]
    public PlatformNamesSettings Names { get; init; } = new();

    [Setting("Take over fields that were set to another value by other means, as with kubectl edit, instead of failing.")]
    public bool TakeOver { get; init; }

    [Setting("Go on writing allowed-workspaces into tower.yml from 26.1 on, for the upgrade from an older version that left another answer there.")]
    public bool KeepTowerYaml { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Install == PlatformInstall.Helm && HelmRelease is null)
        {
            yield return new(
                at[nameof(HelmRelease)],
                "is missing with install: helm, so the Platform's objects have no names",
                "the name of the Helm release",
                "add helmRelease: <name>; helm list --namespace <namespace> shows it");
        }
        else if (Install != PlatformInstall.Helm && HelmRelease is not null)
        {
            yield return new(
                at[nameof(HelmRelease)], "has no meaning without install: helm", "absent", "set install: helm, or remove helmRelease", HelmRelease);
        }
    }
}

/// <summary>How the Seqera Platform came into its namespace.</summary>
public enum PlatformInstall
{
    /// <summary>With the vendor's Kubernetes manifests.</summary>
    Manifests,

    /// <summary>With the vendor's Helm chart.</summary>
    Helm,

    /// <summary>This program may not touch it: the operator applies the exported files.</summary>
    None,
}

/// <summary>Names of the Platform's objects where they were renamed.</summary>
public sealed record PlatformNamesSettings
{
    [Setting("ConfigMap with the backend's variables.", Absent = "tower-backend-cfg, or <release>-platform-backend with Helm", Example = "tower-backend-cfg")]
    [Form(Form.KubernetesSubdomain)]
    public string? BackendConfigMap { get; init; }

    [Setting("ConfigMap with tower.yml.", Absent = "tower-yml, or <release>-platform-tower-yml with Helm", Example = "tower-yml")]
    [Form(Form.KubernetesSubdomain)]
    public string? TowerYamlConfigMap { get; init; }

    [Setting("Deployment of the backend.", Absent = "backend, or <release>-platform-backend with Helm", Example = "backend")]
    [Form(Form.KubernetesSubdomain)]
    public string? BackendDeployment { get; init; }

    [Setting("Container of the backend.", Absent = "backend", Example = "backend")]
    [Form(Form.KubernetesSubdomain)]
    public string? BackendContainer { get; init; }

    [Setting("Deployment of cron.", Absent = "cron, or <release>-platform-cron with Helm", Example = "cron")]
    [Form(Form.KubernetesSubdomain)]
    public string? CronDeployment { get; init; }

    [Setting("Container of cron.", Absent = "backend, or cron with Helm", Example = "backend")]
    [Form(Form.KubernetesSubdomain)]
    public string? CronContainer { get; init; }
}

/// <summary>What the Platform assumes of sessions.</summary>
public sealed record StudioSessionSettings
{
    [Setting("Hours after which a session stops.", Absent = "8", Example = "12")]
    [Range(1, 8760)]
    public int? LifespanHours { get; init; }

    [Setting("Whether new studios are private to who made them.", Absent = "false", Example = "true")]
    public bool? PrivateByDefault { get; init; }

    [Setting("How long a session may take to stop before it is forced.", Absent = "10m", Example = "5m")]
    public TimeSpan? ForceStopThreshold { get; init; }

    [Setting("Workspaces whose sessions show in a frame of the Platform's pages.", Absent = "none", Example = "all")]
    public AllowList? IframeWorkspaces { get; init; }

    [Setting("Workspaces whose sessions report metrics.", Absent = "none", Example = "all")]
    public AllowList? MetricsWorkspaces { get; init; }

    [Setting("Days that metrics are kept.", Absent = "90", Example = "30")]
    [Range(1, 3650)]
    public int? MetricsRetentionDays { get; init; }
}

/// <summary>Where Wave puts the session images it builds for users.</summary>
public sealed record CustomImageSettings
{
    [Setting("Registry host.", Example = "123456789012.dkr.ecr.eu-central-1.amazonaws.com")]
    [Form(Form.ImageRegistry)]
    public required string Registry { get; init; }

    [Setting("Repository in it.", Absent = "data-studios/<tool>", Example = "studios")]
    [Form(Form.ImageRepository)]
    public string? Repository { get; init; }

    [Setting("How images are told apart.", Absent = "tagPrefix", Example = "imageSuffix")]
    [OneOf("none", "tagPrefix", "imageSuffix")]
    public string? NameStrategy { get; init; }
}
