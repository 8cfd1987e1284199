using Infra.Versions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Crossing;

/// <summary>What a stack file says and nothing in it reads: allowed, and hardly what its author meant.</summary>
internal static class UnreadSettings
{
    /// <summary>All of it, of settings that are valid.</summary>
    public static IEnumerable<SettingsProblem> Check(PlatformSettings settings) =>
    [
        .. CheckConcepts(settings),
        .. settings.Studios is { } studios ? [.. CheckPlatform(studios), .. CheckStudios(studios)] : (IEnumerable<SettingsProblem>)[],
    ];

    private static IEnumerable<SettingsProblem> CheckConcepts(PlatformSettings settings)
    {
        if (RecordDeclaration.For(typeof(PlatformSettings)).Settings.All(concept => concept.Shape.Kind != ShapeKind.Record || concept.Read(settings) is null))
        {
            yield return SettingsProblem.Warning(
                new SettingPath("config"), "describes nothing, so nothing would be deployed", "one concept or more, platform:cluster first",
                "see docs/configuration.md; `config: {}` destroys what the stack has made");
            yield break;
        }

        if (settings.Aws is not null && !settings.UsesAws)
        {
            yield return SettingsProblem.Warning(
                At.Aws, "is read by nothing in this stack", "given beside what stands in AWS", "describe what stands there, or remove it");
        }

        if (settings.Gcp is not null && !settings.UsesGoogle)
        {
            yield return SettingsProblem.Warning(
                At.Gcp, "is read by nothing in this stack", "given beside what stands in Google Cloud", "describe what stands there, or remove it");
        }

        if (settings is { Storage: not null, Workbench: null } && !RunsCodeStudios(settings)
            && settings.Tower?.Environments.Values.Any(environment => environment.Scratch is { Volume: null }) != true)
        {
            yield return SettingsProblem.Warning(
                At.Storage, "is read by no environment of platform:tower", "given beside an environment with scratch", "add scratch: {} to one, or remove it");
        }

        if (settings is
            {
                Cluster: ExistingClusterSettings, Tower: null, Studios: null, Redis: null, CertManager: null, ExternalDns: null, Traefik: null, Workbench: null,
            } && !RunsCodeStudios(settings))
        {
            yield return SettingsProblem.Warning(
                At.Cluster,
                "exists already, and nothing in this stack runs on it",
                "given beside what runs on it",
                "describe platform:tower or platform:studios");
        }
    }

    private static bool RunsCodeStudios(PlatformSettings settings) =>
        settings.CodeStudios?.Templates.Values.Any(template => template.Kubernetes is not null) == true;

    private static IEnumerable<SettingsProblem> CheckPlatform(StudiosSettings studios)
    {
        var platform = studios.Platform;
        if (platform is { TakeOver: true, Install: PlatformInstall.None })
        {
            yield return SettingsProblem.Warning(
                At.Platform[nameof(platform.TakeOver)], "has no meaning with install: none, which changes nothing on the Platform", "false", "remove takeOver",
                "true");
        }

        var choices = StudiosChoices.For(studios);
        var byDefault = VersionMatrix.Current.Has(StudiosFeature.EnabledByDefault, platform.Version, choices.Connect);
        if (platform.KeepTowerYaml && !byDefault)
        {
            yield return SettingsProblem.Warning(
                At.Platform[nameof(platform.KeepTowerYaml)],
                $"has no meaning before Platform 26.1: {platform.Version} reads tower.yml, which is always written",
                "false, or Platform 26.1 or newer",
                "remove keepTowerYaml",
                "true");
        }

        if (platform.Names.TowerYamlConfigMap is { } name && byDefault && !platform.KeepTowerYaml)
        {
            yield return SettingsProblem.Warning(
                At.Platform[nameof(platform.Names)][nameof(platform.Names.TowerYamlConfigMap)],
                "names an object that is neither read nor written: from 26.1 on variables decide", "given with keepTowerYaml, or before Platform 26.1",
                "remove towerYamlConfigMap, or set keepTowerYaml: true", name);
        }
    }

    private static IEnumerable<SettingsProblem> CheckStudios(StudiosSettings studios)
    {
        if (!studios.DefaultTemplates && studios.Templates.IsEmpty)
        {
            yield return SettingsProblem.Warning(
                At.Studios[nameof(studios.DefaultTemplates)],
                "is false, and there are no templates: nobody can start a session",
                "true, or templates beside it",
                "remove defaultTemplates, or add templates",
                "false");
        }

        if (studios.Ssh is { UserKeys: false, KeyTypes.IsEmpty: false } ssh)
        {
            yield return SettingsProblem.Warning(
                At.Studios[nameof(studios.Ssh)][nameof(ssh.KeyTypes)], "has no meaning with userKeys: false", "absent", "remove keyTypes, or userKeys",
                $"[{string.Join(", ", ssh.KeyTypes)}]");
        }
    }
}
