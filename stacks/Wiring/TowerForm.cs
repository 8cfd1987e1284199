using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Tower;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Problems;

namespace Stacks.Wiring;

/// <summary>The Platform's form of one compute environment, filled in.</summary>
internal static class TowerForm
{
    public static TowerEnvironmentOutputs Of(TowerSettings tower, TowerEnvironmentSettings settings, TowerComputeEnvironment made, ICluster cluster, StackContext stack)
    {
        var location = (cluster as IRegional)?.Location ?? (tower.Location is { } given ? Output.Create(given) : null);
        var platform = location is null ? ICluster.PlainKubernetes : cluster.ComputePlatform;
        var launch = settings.Launch;
        var form = new TowerEnvironmentOutputs
        {
            Platform = platform,
            Token = made.AccountToken?.Value,
            TokenSecret = made.AccountToken?.Reference.SecretName,
            Namespace = made.Namespace,
            HeadServiceAccount = made.HeadServiceAccount,
            ComputeServiceAccount = made.ComputeServiceAccount,
            StorageClaimName = made.Scratch?.ClaimName,
            StorageMountPath = settings.Scratch?.MountPath,
            WorkDir = settings.WorkDirOn(stack.Settings.Cluster)!,
            // Fusion reads container images through Wave.
            Fusion2Enabled = settings.Fusion is null ? null : true,
            WaveEnabled = settings.Fusion is null ? null : true,
            PodCleanup = launch.PodCleanup switch
            {
                PodCleanup.Always => "always",
                PodCleanup.Never => "never",
                _ => "on_success",
            },
            HeadJobCpus = launch.HeadJobCpus,
            HeadJobMemoryMb = launch.HeadJobMemoryMb,
            HeadPodSpec = launch.HeadPodSpec,
            ServicePodSpec = launch.ServicePodSpec,
            Environment = [.. launch.Environment.Select(variable => Variable(variable.Key, variable.Value))],
            PreRunScript = launch.PreRunScript,
            PostRunScript = launch.PostRunScript,
            NextflowConfig = launch.NextflowConfig,
            Warning = made.Scratch is { SingleNodeDemo: true } ? "Demo: the storage is a folder of the only node, and its files may be lost." : null,
        };
        return platform == ICluster.PlainKubernetes ? Reached(form, tower, made, cluster) : form with { Region = location, ClusterName = cluster.Name };
    }

    private static TowerEnvironmentOutputs Reached(TowerEnvironmentOutputs form, TowerSettings tower, TowerComputeEnvironment made, ICluster cluster)
    {
        var api = cluster as IApiServer;
        var server = tower.Server is { } given ? Output.Create(given.Text) : api?.Server;
        return form with
        {
            Server = server is null ? null : Output.CreateSecret(server),
            SslCert = (api?.CertificateAuthority ?? made.AccountToken?.CertificateAuthority) is { } authority ? Output.CreateSecret(authority) : null,
        };
    }

    private static ImmutableDictionary<string, object> Variable(string name, TowerVariableSettings variable) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["name"] = name,
        [SettingPath.KeyOf(nameof(variable.Value))] = variable.Value,
        [SettingPath.KeyOf(nameof(variable.Head))] = variable.Head,
        [SettingPath.KeyOf(nameof(variable.Compute))] = variable.Compute,
    }.ToImmutableDictionary(StringComparer.Ordinal);
}
