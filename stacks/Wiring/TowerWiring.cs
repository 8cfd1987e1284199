using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Namespaces;
using Infra.Naming;
using Infra.Storage;
using Infra.Tower;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>One namespace, launcher and scratch claim for each compute environment.</summary>
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
            environment => Define(environment.Key, environment.Value, access, cluster, storage, stack),
            StringComparer.Ordinal);
    }

    private static EksLauncherAccess Access(TowerEksSettings settings, TowerSettings tower, IEksCluster cluster, StackContext stack) => new(
        "tower-access",
        new EksLauncherAccessArgs
        {
            Cluster = cluster,
            ExternalId = settings.ExternalId is { } externalId ? (Input<string>)externalId : null,
            GrantPermissions = settings.GrantPermissions,
            Group = settings.Group,
            PrincipalArn = settings.Principal,
            WorkBuckets = [.. tower.Environments.Values.SelectMany(environment => environment.Fusion?.Buckets ?? []).Distinct().Order(StringComparer.Ordinal)],
        },
        stack.Aws!.Options(cluster));

    private static GkeLauncherAccess Access(TowerGkeSettings settings, IGkeCluster cluster, StackContext stack) => new(
        "tower-access",
        new GkeLauncherAccessArgs { Cluster = cluster, GrantPermissions = settings.GrantPermissions, ServiceAccount = settings.ServiceAccount },
        stack.Gcp!.Options());

    private static TowerEnvironmentOutputs Define(
        string environment, TowerEnvironmentSettings settings, ILauncherAccess? access, ICluster cluster, ISharedStorage? storage, StackContext stack)
    {
        var name = $"tower-{environment}";
        var space = new PlatformNamespace(
            $"{name}-namespace",
            new PlatformNamespaceArgs
            {
                NamespaceName = settings.Namespace,
                Enforce = settings.PodSecurity,
                Warn = settings.PodSecurity,
                Protected = stack.Protected,
            },
            StackContext.On(cluster));

        var annotations = settings.Fusion is { } fusion ? Fusion($"{name}-fusion", fusion, settings, cluster, stack) : new InputMap<string>();
        var launcher = new TowerLauncher(
            $"{name}-launcher",
            new TowerLauncherArgs
            {
                Namespace = space.NamespaceName,
                ServiceAccountName = settings.ServiceAccount,
                ServiceAccountAnnotations = annotations,
                Users = [.. settings.Users.Select(user => (Input<string>)user), .. access?.Users ?? []],
                Groups = [.. settings.Groups, .. access?.Groups ?? []],
                TokenEnabled = settings.Token,
            },
            StackContext.On(cluster));

        var scratch = settings.Scratch is { } wanted ? Claim(environment, wanted, space, cluster, storage!, stack) : null;
        return new TowerEnvironmentOutputs(launcher.Namespace, launcher.ServiceAccountName, launcher.TokenReference?.SecretName, scratch?.ClaimName);
    }

    private static InputMap<string> Fusion(string name, FusionSettings fusion, TowerEnvironmentSettings settings, ICluster cluster, StackContext stack) =>
        cluster is IGkeCluster gke ? Fusion(name, fusion, settings, gke, stack).Annotations : Fusion(name, fusion, settings, (IEksCluster)cluster, stack).Annotations;

    private static EksFusionRole Fusion(string name, FusionSettings fusion, TowerEnvironmentSettings settings, IEksCluster cluster, StackContext stack) => new(
        name,
        new EksFusionRoleArgs
        {
            Cluster = cluster,
            Identity = fusion.Identity,
            Namespace = settings.Namespace.Text,
            ServiceAccount = settings.ServiceAccount,
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
            ServiceAccounts = [settings.ServiceAccount],
        },
        stack.Gcp.Options());

    private static SharedClaim Claim(
        string environment, TowerScratchSettings settings, PlatformNamespace space, ICluster cluster, ISharedStorage storage, StackContext stack) => storage.Claim(
        $"tower-{environment}-scratch",
        new SharedClaimArgs
        {
            ClaimName = settings.ClaimName,
            Namespace = space.NamespaceName,
            Size = settings.Size,
            Directory = settings.DirectoryOn(stack.Settings.Storage!, environment),
            Protected = stack.Protected,
        },
        StackContext.On(cluster));
}
