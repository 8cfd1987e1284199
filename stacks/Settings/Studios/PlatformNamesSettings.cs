using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Names of the Platform's objects where somebody renamed them.</summary>
public sealed record PlatformNamesSettings
{
    [Setting("ConfigMap with the backend's variables.", Absent = "tower-backend-cfg, or <release>-platform-backend with Helm", Example = "tower-backend-cfg")]
    [KubernetesSubdomain]
    public string? BackendConfigMap { get; init; }

    [Setting("ConfigMap with tower.yml.", Absent = "tower-yml, or <release>-platform-tower-yml with Helm", Example = "tower-yml")]
    [KubernetesSubdomain]
    public string? TowerYamlConfigMap { get; init; }

    [Setting("Deployment of the backend.", Absent = "backend, or <release>-platform-backend with Helm", Example = "backend")]
    [KubernetesSubdomain]
    public string? BackendDeployment { get; init; }

    [Setting("Container of the backend.", Absent = "backend", Example = "backend")]
    [KubernetesSubdomain]
    public string? BackendContainer { get; init; }

    [Setting("Deployment of cron.", Absent = "cron, or <release>-platform-cron with Helm", Example = "cron")]
    [KubernetesSubdomain]
    public string? CronDeployment { get; init; }

    [Setting("Container of cron.", Absent = "backend, or cron with Helm", Example = "backend")]
    [KubernetesSubdomain]
    public string? CronContainer { get; init; }
}
