namespace Infra.InstalledPlatform;

/// <summary>The names under which an installed Seqera Platform can be found in its namespace.</summary>
/// <param name="BackendConfigMap">ConfigMap with the variables that the backend reads.</param>
/// <param name="TowerYamlConfigMap">ConfigMap whose key <c>tower.yml</c> is the Platform's configuration file.</param>
/// <param name="BackendDeployment">Deployment of the backend.</param>
/// <param name="BackendContainer">Its container.</param>
/// <param name="CronDeployment">Deployment of cron.</param>
/// <param name="CronContainer">Its container.</param>
/// <param name="PemDirectory">Directory in both containers that the signing key is mounted at; nothing else is.</param>
/// <param name="CronReadsBackendConfigMap">Whether cron reads <paramref name="BackendConfigMap"/> too, so that a change of it concerns both.</param>
public sealed record InstallLayout(
    string BackendConfigMap,
    string TowerYamlConfigMap,
    string BackendDeployment,
    string BackendContainer,
    string CronDeployment,
    string CronContainer,
    string PemDirectory,
    bool CronReadsBackendConfigMap)
{
    // The chart mounts the backend's whole Secret at /data/certs itself, and would take that path back at every upgrade.
    private const string BesideTheCharts = "/data/studio-platform-certs";

    /// <summary>Path of the signing key in both containers, for <c>TOWER_OIDC_PEM_PATH</c>.</summary>
    public string PemPath => $"{PemDirectory}/oidc.pem";

    /// <summary>Names of the vendor's Kubernetes manifests, the same from 24.1 to 26.1. The guides' <c>platform-backend-cfg</c> exists in none of them.</summary>
    public static InstallLayout Manifests { get; } = new("tower-backend-cfg", "tower-yml", "backend", "backend", "cron", "backend", "/data/certs", CronReadsBackendConfigMap: true);

    /// <summary>Names of the Helm chart <c>platform</c> (0.37.0) for a release.</summary>
    public static InstallLayout Helm(string release)
    {
        var fullName = release.Contains("platform", StringComparison.Ordinal) ? release : $"{release}-platform";
        return new($"{fullName}-backend", $"{fullName}-tower-yml", $"{fullName}-backend", "backend", $"{fullName}-cron", "cron", BesideTheCharts, CronReadsBackendConfigMap: false);
    }
}
