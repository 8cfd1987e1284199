using System.Collections.Immutable;
using Infra.InstalledPlatform;
using Infra.Secrets;
using Infra.Studios;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Declaring;
using Stacks.Settings.Values;

namespace Stacks.Wiring;

/// <summary>What the installed Platform must know: patched into it, or given to its operator as files.</summary>
internal static class StudiosPlatformWiring
{
    /// <summary>Patches the Platform; what it returns are the files for the operator, null where there is nothing left to do.</summary>
    public static Output<ImmutableDictionary<string, string>>? Create(
        StudiosSettings settings,
        StudiosChoices choices,
        PlatformSecrets secrets,
        ComponentResourceOptions options)
    {
        var platform = settings.Platform;
        var studios = Studios(settings, choices);
        var layout = Layout(platform);
        var args = new StudiosPatchArgs
        {
            Namespace = secrets.Namespace,
            Layout = layout,
            Studios = studios,
            RegistrationToken = secrets.RegistrationToken,
            SigningKey = secrets.SigningKey,
            SshFingerprint = secrets.SshFingerprint,
            TakeOver = platform.TakeOver,
        };
        if (platform.Install != PlatformInstall.None)
        {
            new StudiosPatch("platform", args, options);
            return null;
        }

        return ManualChanges.Files(args, platform.Namespace.Text);
    }

    /// <summary>What the Platform must know of Studios.</summary>
    public static PlatformStudios Studios(StudiosSettings settings, StudiosChoices choices) => new(
        settings.Platform.Version,
        choices.Address,
        Access(settings.AllowedWorkspaces),
        choices.Templates,
        settings.Platform.KeepTowerYaml,
        settings.Ssh is { } ssh ? new PlatformSsh(Access(ssh.Workspaces), ssh.Port, ssh.OwnHost?.Host, ssh.UserKeys, ssh.KeyTypes) : null,
        settings.Sessions is { } sessions
            ? new SessionDefaults(
                sessions.LifespanHours,
                sessions.PrivateByDefault,
                sessions.ForceStopThreshold is { } threshold ? GoDuration.Text(threshold) : null,
                sessions.IframeWorkspaces is { } iframe ? Access(iframe) : null,
                sessions.MetricsWorkspaces is { } metrics ? Access(metrics) : null,
                sessions.MetricsRetentionDays)
            : null,
        settings.CustomImages is { } images ? new CustomImageRegistry(images.Registry, images.Repository, images.NameStrategy) : null);

    internal static WorkspaceAccess Access(AllowList list) => list switch
    {
        { All: true } => WorkspaceAccess.Everyone,
        { Items: [] } => WorkspaceAccess.Nobody,
        _ => WorkspaceAccess.Only(list.Items),
    };

    /// <summary>The names of the Platform's objects.</summary>
    internal static InstallLayout Layout(StudiosPlatformSettings platform)
    {
        var layout = platform.Install == PlatformInstall.Helm ? InstallLayout.Helm(platform.HelmRelease!) : InstallLayout.Manifests;
        var names = platform.Names;
        return layout with
        {
            BackendConfigMap = names.BackendConfigMap ?? layout.BackendConfigMap,
            TowerYamlConfigMap = names.TowerYamlConfigMap ?? layout.TowerYamlConfigMap,
            BackendDeployment = names.BackendDeployment ?? layout.BackendDeployment,
            BackendContainer = names.BackendContainer ?? layout.BackendContainer,
            CronDeployment = names.CronDeployment ?? layout.CronDeployment,
            CronContainer = names.CronContainer ?? layout.CronContainer,
        };
    }
}

/// <summary>What Studios and Platform share, and where.</summary>
internal sealed record PlatformSecrets(Input<string> Namespace, SecretKeyRef RegistrationToken, SecretKeyRef SigningKey, Output<string>? SshFingerprint);
