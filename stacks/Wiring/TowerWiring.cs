using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Naming;
using Infra.Storage;
using Infra.Tower;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>The compute environments, each with what goes into the Platform's form for it.</summary>
internal static class TowerWiring
{
    public static ImmutableSortedDictionary<string, TowerEnvironmentOutputs> Define(
        TowerSettings settings, ICluster cluster, ISharedStorage? storage, StackContext stack)
    {
        ILauncherAccess? access = settings switch
        {
            { Eks: { } eks } => Access(eks, settings, (IEksCluster)cluster, stack),
            { Gke: { } gke } => Access(gke, (IGkeCluster)cluster, stack),
            _ => null,
        };
        return settings.Environments.ToImmutableSortedDictionary(
            environment => environment.Key,
            environment => TowerForm.Of(settings, environment.Value, Make(environment.Key, environment.Value, access, cluster, storage, stack), cluster, stack) with
            {
                AssumeRoleArn = (access as EksLauncherAccess)?.AssumedRoleArn,
            },
            StringComparer.Ordinal);
    }

    private static EksLauncherAccess Access(TowerEksSettings settings, TowerSettings tower, IEksCluster cluster, StackContext stack) => new(
        "tower-access",
        new EksLauncherAccessArgs
        {
            Cluster = cluster,
            ExternalId = settings.ExternalId is { } externalId ? (Input<string>)externalId : null,
            GrantPermissions = settings.GrantPermissions,
            PrincipalArn = settings.Principal,
            AccessMethods = settings.WaysIn(stack.Settings.Cluster!),
            WorkBuckets = [.. tower.Environments.Values.SelectMany(environment => environment.Fusion?.Buckets ?? []).Distinct().Order(StringComparer.Ordinal)],
        },
        stack.Aws!.Options(cluster));

    private static GkeLauncherAccess Access(TowerGkeSettings settings, IGkeCluster cluster, StackContext stack) => new(
        "tower-access",
        new GkeLauncherAccessArgs { Cluster = cluster, GrantPermissions = settings.GrantPermissions, ServiceAccount = settings.ServiceAccount },
        stack.Gcp!.Options());

    private static TowerComputeEnvironment Make(
        string environment, TowerEnvironmentSettings settings, ILauncherAccess? access, ICluster cluster, ISharedStorage? storage, StackContext stack) => new(
        $"tower-{environment}",
        new TowerComputeEnvironmentArgs
        {
            Namespace = settings.Namespace,
            PodSecurity = settings.EffectivePodSecurity,
            RoleName = settings.Role,
            HeadServiceAccount = settings.HeadServiceAccount,
            ComputeServiceAccount = settings.ComputeServiceAccount,
            IdentityAnnotations = settings.Fusion is { } fusion ? Fusion($"tower-{environment}-fusion", fusion, settings, cluster, stack) : null,
            Users = [.. settings.Users.Select(user => (Input<string>)user), .. access?.Users ?? []],
            Groups = [.. settings.Groups, .. access?.Groups ?? []],
            TokenEnabled = settings.Token,
            Scratch = settings.Scratch is { } scratch ? Scratch(environment, scratch, storage, stack) : null,
            Quota = settings.Limits is { } limits ? new NamespaceAmounts { Pods = limits.Pods, Cpu = limits.Cpu, Memory = limits.Memory, Storage = limits.Storage } : null,
            ContainerDefaults = Amounts(settings.Limits?.ContainerDefaults),
            ContainerMaximum = Amounts(settings.Limits?.ContainerMaximum),
            Isolated = settings.NetworkPolicy,
            MetadataServiceAllowed = cluster.IdentityFromMetadataServer,
            Protected = stack.Protected,
        },
        StackContext.On(cluster));

    private static InputMap<string> Fusion(string name, FusionSettings fusion, TowerEnvironmentSettings settings, ICluster cluster, StackContext stack) =>
        cluster is IGkeCluster gke ? Fusion(name, fusion, settings, gke, stack).Annotations : Fusion(name, fusion, settings, (IEksCluster)cluster, stack).Annotations;

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
        stack.Aws!.Options());

    private static WorkloadServiceAccount Fusion(string name, FusionSettings fusion, TowerEnvironmentSettings settings, IGkeCluster cluster, StackContext stack) => new(
        name,
        new WorkloadServiceAccountArgs
        {
            AccountId = stack.Gcp!.Name(GcpNameRule.ServiceAccount, name),
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
