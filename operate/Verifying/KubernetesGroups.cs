using System.Collections.Immutable;
using Infra.Charts;
using Operate.Clusters;
using Operate.Deployed;
using Stacks;
using Stacks.Settings;

namespace Operate.Verifying;

/// <summary>The groups of checks that ask the cluster, and what they need of settings and outputs.</summary>
public static class KubernetesGroups
{
    private const string OwnKubeconfig = "kubeconfig";

    /// <summary>Their names, for <c>--only</c> and <c>--skip</c>.</summary>
    public static ImmutableArray<string> Names { get; } =
        [KubernetesServer.GroupName, "rollouts", "claims", "addresses", "events", "secrets", "workbench-server", "permissions"];

    /// <summary>The groups of one run of <c>verify</c>, which look at the cluster together.</summary>
    public static ImmutableArray<ICheckGroup> All(VerifyContext context)
    {
        var access = new ClusterAccess
        {
            File = context.Kubeconfig,
            Context = context.KubeContext,
            Settings = context.Settings.Cluster,
            OwnKubeconfig = context.Secrets.GetValueOrDefault(OwnKubeconfig),
            DeployedName = context.Outputs.Cluster?.Text(nameof(ClusterOutputs.Name)),
            Environment = context.Environment,
        };
        return All(new ClusterSight(access.OpenAsync, StackParts.For(context.Settings)), context.Settings, context.Outputs, context.Time);
    }

    /// <summary>The groups.</summary>
    /// <param name="sight">What can be seen of the stack on its cluster.</param>
    /// <param name="settings">What the stack file says.</param>
    /// <param name="outputs">What the stack exports; null where that is not known.</param>
    /// <param name="time">The clock.</param>
    public static ImmutableArray<ICheckGroup> All(ClusterSight sight, PlatformSettings settings, DeployedOutputs? outputs, TimeProvider time) =>
    [
        new KubernetesServer(sight),
        new KubernetesRollouts(sight),
        new KubernetesClaims(sight),
        new KubernetesAddresses(sight, Addresses(settings, outputs)),
        new KubernetesTroubles(sight, time),
        new KubernetesSecrets(sight, Secrets(settings, outputs)),
        new KubernetesWorkbench(sight, settings.Workbench, outputs?.Workbench?.Text(nameof(WorkbenchOutputs.ServiceName))),
        new KubernetesPermissions(sight, Launchers(settings)),
    ];

    private static ImmutableArray<ExportedAddress> Addresses(PlatformSettings settings, DeployedOutputs? outputs)
    {
        var studios = settings.Studios?.Platform.Namespace.Text;
        (string Output, string? Namespace, string? Value)[] all =
        [
            ("studios.loadBalancer", studios, outputs?.Studios?.Text(nameof(StudiosOutputs.LoadBalancer))),
            ("studios.sshLoadBalancer", studios, outputs?.Studios?.Text(nameof(StudiosOutputs.SshLoadBalancer))),
            ("workbench.loadBalancer", HelmCharts.PositWorkbench.Namespace, outputs?.Workbench?.Text(nameof(WorkbenchOutputs.LoadBalancer))),
        ];
        return
        [
            .. all.Where(entry => entry is { Namespace: not null, Value.Length: > 0 })
                .Select(entry => new ExportedAddress(entry.Output, entry.Namespace!, entry.Value!)),
        ];
    }

    private static ImmutableArray<ExportedSecret> Secrets(PlatformSettings settings, DeployedOutputs? outputs)
    {
        var studios = settings.Studios?.Platform.Namespace.Text;
        var (deployed, coming, workbench) = (outputs?.Studios, outputs?.PlatformInstallation, outputs?.Workbench);
        List<(string Output, string? Namespace, string? Name)> all =
        [
            ("studios.registrationTokenSecret", studios, deployed?.Text(nameof(StudiosOutputs.RegistrationTokenSecret))),
            ("studios.signingKeySecret", studios, deployed?.Text(nameof(StudiosOutputs.SigningKeySecret))),
            ("studios.sshHostKeySecret", studios, deployed?.Text(nameof(StudiosOutputs.SshHostKeySecret))),
            ("platformInstallation.registrationTokenSecret", studios, coming?.Text(nameof(PlatformInstallationOutputs.RegistrationTokenSecret))),
            ("platformInstallation.signingKeySecret", studios, coming?.Text(nameof(PlatformInstallationOutputs.SigningKeySecret))),
            ("workbench.testUserSecret", HelmCharts.PositWorkbench.Namespace, workbench?.Text(nameof(WorkbenchOutputs.TestUserSecret))),
            ("workbench.scimTokenSecret", HelmCharts.PositWorkbench.Namespace, workbench?.Text(nameof(WorkbenchOutputs.ScimTokenSecret))),
        ];
        foreach (var (name, environment) in outputs?.TowerEnvironments ?? ImmutableSortedDictionary<string, ExportedPart<TowerEnvironmentOutputs>>.Empty)
        {
            all.Add((
                $"towerEnvironments.{name}.tokenSecret", environment.Text(nameof(TowerEnvironmentOutputs.Namespace)),
                environment.Text(nameof(TowerEnvironmentOutputs.TokenSecret))));
        }

        return
        [
            .. all.Where(entry => entry is { Namespace: not null, Name.Length: > 0 })
                .Select(entry => new ExportedSecret(entry.Output, entry.Namespace!, entry.Name!)),
        ];
    }

    private static ImmutableArray<LauncherAccount> Launchers(PlatformSettings settings) =>
    [
        .. (settings.Tower?.Environments ?? ImmutableSortedDictionary<string, TowerEnvironmentSettings>.Empty).Select(
            entry => new LauncherAccount($"tower.environments.{entry.Key}", entry.Value.Namespace.Text, entry.Value.HeadServiceAccount.Text)),
    ];
}
