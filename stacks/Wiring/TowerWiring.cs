using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Namespaces;
using Infra.Storage;
using Infra.Tower;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>One namespace, launcher and scratch claim for each compute environment.</summary>
internal static class TowerWiring
{
    public static ImmutableSortedDictionary<string, TowerEnvironmentOutputs> Define(
        TowerSettings settings, ICluster cluster, ISharedStorage? storage, StackContext stack) =>
        settings.Environments.ToImmutableSortedDictionary(
            environment => environment.Key,
            environment => Define(environment.Key, environment.Value, cluster, storage, stack),
            StringComparer.Ordinal);

    private static TowerEnvironmentOutputs Define(
        string environment, TowerEnvironmentSettings settings, ICluster cluster, ISharedStorage? storage, StackContext stack)
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

        var launcher = new TowerLauncher(
            $"{name}-launcher",
            new TowerLauncherArgs
            {
                Namespace = space.NamespaceName,
                ServiceAccountName = settings.ServiceAccount,
                Users = [.. settings.Users.Select(user => (Input<string>)user)],
                Groups = settings.Groups,
                TokenEnabled = settings.Token,
            },
            StackContext.On(cluster));

        var scratch = settings.Scratch is { } wanted ? Claim(environment, wanted, space, cluster, storage!, stack) : null;
        return new TowerEnvironmentOutputs(launcher.Namespace, launcher.ServiceAccountName, launcher.TokenReference?.SecretName, scratch?.ClaimName);
    }

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
