using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Naming;
using Infra.Storage;
using Infra.Tower;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Crossing;

namespace Stacks.Wiring;

/// <summary>The compute environments, each with what goes into the Platform's form for it.</summary>
internal static class TowerWiring
{
    public static ImmutableSortedDictionary<string, TowerEnvironmentOutputs> Create(TowerSettings settings, ISharedStorage? storage, StackContext stack)
    {
        ILauncherAccess? access = settings switch
        {
            { Eks: { } eks } => Access(eks, settings, stack),
            { Gke: { } gke } => Access(gke, stack),
            _ => null,
        };
        return settings.Environments.ToImmutableSortedDictionary(
            environment => environment.Key,
            environment => TowerForm.Fill(settings, environment.Value, Make(environment.Key, environment.Value, settings, access, storage, stack), stack) with
            {
                AssumeRoleArn = (access as EksLauncherAccess)?.AssumedRoleArn,
            },
            StringComparer.Ordinal);
    }

    private static EksLauncherAccess Access(TowerEksSettings settings, TowerSettings tower, StackContext stack) => new(
        "tower-access",
        new EksLauncherAccessArgs
        {
            Cluster = stack.Eks,
            ExternalId = settings.ExternalId is { } externalId ? (Input<string>)externalId : null,
            GrantPermissions = settings.GrantPermissions,
            PrincipalArn = settings.Principal.Arn,
            AccessMethods = settings.AccessTo(stack.Settings.Cluster),
            WorkBuckets = [.. tower.Environments.Values.SelectMany(environment => environment.Fusion?.Buckets ?? []).Distinct().Order(StringComparer.Ordinal)],
        },
        stack.Aws.Options(stack.Eks));

    private static GkeLauncherAccess Access(TowerGkeSettings settings, StackContext stack) => new(
        "tower-access",
        new GkeLauncherAccessArgs { Cluster = stack.Gke, GrantPermissions = settings.GrantPermissions, ServiceAccount = settings.ServiceAccount },
        stack.Gcp.Options());

    private static TowerComputeEnvironment Make(
        string environment,
        TowerEnvironmentSettings settings,
        TowerSettings tower,
        ILauncherAccess? access,
        ISharedStorage? storage,
        StackContext stack) => new(
        $"tower-{environment}",
        new TowerComputeEnvironmentArgs
        {
            Namespace = settings.Namespace,
            CreatesNamespace = settings.CreateNamespace,
            PodSecurity = settings.EffectivePodSecurity,
            RoleName = settings.Role,
            HeadServiceAccount = settings.HeadServiceAccount,
            ComputeServiceAccount = settings.ComputeServiceAccount,
            IdentityAnnotations = settings.Fusion is { } fusion ? FusionIdentity($"tower-{environment}-fusion", fusion, settings, stack) : null,
            Users = [.. settings.Users.Select(user => (Input<string>)user), .. access?.Users ?? []],
            Groups = [.. settings.Groups, .. access?.Groups ?? []],
            TokenEnabled = settings.Token,
            Scratch = settings.Scratch is { } scratch ? Scratch(environment, scratch, storage, stack) : null,
            Quota = settings.Limits is { } limits
                ? new NamespaceAmounts { Pods = limits.Pods, Cpu = limits.Cpu, Memory = limits.Memory, Storage = limits.Storage, Gpus = limits.Gpus }
                : null,
            ContainerDefaults = Amounts(settings.Limits?.ContainerDefaults),
            ContainerMaximum = Amounts(settings.Limits?.ContainerMaximum),
            Isolated = settings.NetworkPolicy,
            MetadataServiceAllowed = stack.Cluster.IdentityFromMetadataServer,
            ApiServerPorts = tower.Server is { } server ? [server.Port] : [],
            FurtherEgress = [.. settings.Egress.Select(rule => rule.Egress)],
            Protected = stack.Protects(ProtectedParts.Environment(environment)),
        },
        stack.OnCluster());

    private static InputMap<string> FusionIdentity(string name, FusionSettings fusion, TowerEnvironmentSettings settings, StackContext stack) =>
        stack.Cluster is IGkeCluster gke
            ? Fusion(name, fusion, settings, gke, stack).Annotations
            : Fusion(name, fusion, settings, stack.Eks, stack).Annotations;

    private static EksFusionRole Fusion(string name, FusionSettings fusion, TowerEnvironmentSettings settings, IEksCluster cluster, StackContext stack) => new(
        name,
        new EksFusionRoleArgs
        {
            Cluster = cluster,
            Identity = fusion.Identity,
            Namespace = settings.Namespace.Text,
            ServiceAccounts = [settings.HeadServiceAccount, settings.ComputeServiceAccount],
            WorkBuckets = fusion.Buckets,
        },
        stack.Aws.Options());

    private static WorkloadServiceAccount Fusion(
        string name, FusionSettings fusion, TowerEnvironmentSettings settings, IGkeCluster cluster, StackContext stack) => new(
        name,
        new WorkloadServiceAccountArgs
        {
            AccountId = stack.Gcp.Name(GcpNameRule.ServiceAccount, name),
            Buckets = fusion.Buckets,
            Cluster = cluster,
            Description = $"Fusion in namespace {settings.Namespace}",
            Namespace = settings.Namespace.Text,
            ServiceAccounts = [settings.HeadServiceAccount, settings.ComputeServiceAccount],
        },
        stack.Gcp.Options());

    private static TowerScratch Scratch(string environment, TowerScratchSettings settings, ISharedStorage? storage, StackContext stack) => new(
        settings.Volume is { } volume ? new ExistingVolumeStorage(volume.Name, volume.StorageClassName ?? "") : storage!,
        settings.ClaimName,
        settings.Size,
        settings.DirectoryOn(stack.Settings.Storage, environment));

    private static ContainerAmounts? Amounts(ContainerAmountsSettings? settings) => settings is null ? null : new(settings.Cpu, settings.Memory);
}

/// <summary>The Platform's form of one compute environment, filled in.</summary>
internal static class TowerForm
{
    public static TowerEnvironmentOutputs Fill(TowerSettings tower, TowerEnvironmentSettings settings, TowerComputeEnvironment made, StackContext stack)
    {
        var cluster = stack.Cluster;
        var location = (cluster as IRegional)?.Location ?? (tower.Location is { } given ? Output.Create(given) : null);
        var platform = location is null ? ICluster.PlainKubernetes : cluster.ComputePlatform;
        var launch = settings.Launch;
        var nodes = EnvironmentNodes.Of(settings, stack.Settings.Cluster);
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
            HeadPodSpec = nodes?.HeadPodSpec(launch.HeadPodSpec) ?? launch.HeadPodSpec,
            ServicePodSpec = launch.ServicePodSpec,
            Environment = launch.Environment.IsEmpty ? null : [.. launch.Environment.Select(variable => Variable(variable.Key, variable.Value))],
            PreRunScript = launch.PreRunScript,
            PostRunScript = launch.PostRunScript,
            NextflowConfig = nodes?.NextflowConfig(launch.NextflowConfig) ?? launch.NextflowConfig,
            Warning = made.Scratch is { SingleNodeDemo: true } ? "Demo: the storage is a folder of the only node, and its files may be lost." : null,
        };
        return platform == ICluster.PlainKubernetes ? Reached(form, tower, made, cluster) : form with { Region = location, ClusterName = Name(tower, stack) };
    }

    // The name of an existing cluster is the operator's, and the form wants the cloud's.
    private static Output<string> Name(TowerSettings tower, StackContext stack) => stack.Settings.Cluster is ExistingClusterSettings existing
        ? Output.Create(tower.NameOf(existing)!)
        : stack.Cluster.Name;

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

    private static ImmutableDictionary<string, object> Variable(string name, TowerVariableSettings variable) => new Dictionary<string, object>
    {
        ["name"] = name,
        [SettingPath.KeyFor(nameof(variable.Value))] = variable.Value,
        [SettingPath.KeyFor(nameof(variable.Head))] = variable.Head,
        [SettingPath.KeyFor(nameof(variable.Compute))] = variable.Compute,
    }.ToImmutableDictionary(StringComparer.Ordinal);
}
