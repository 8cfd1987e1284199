using Infra.Dns;
using Infra.Manifests;
using Infra.Versions;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>The Seqera Platform that exists beside Studios.</summary>
public sealed record StudiosPlatformSettings : IChecked
{
    [Setting("Its address, exactly as TOWER_SERVER_URL has it.", Example = "https://platform.example.com")]
    [HttpsUrl]
    public required WebOrigin Url { get; init; }

    [Setting("Its version. Decides which connect-proxy and connect-server run, which templates are offered and which features there are.")]
    public required SemanticVersion Version { get; init; }

    [Setting("Its namespace. Studios runs in the same one, because Secrets are mounted on both sides.")]
    [KubernetesNamespace]
    public KubernetesName Namespace { get; init; } = KubernetesName.Parse("seqera-platform");

    [Setting("Make the namespace. Leave it where the installation of the Platform has made it.")]
    public bool CreateNamespace { get; init; }

    [Setting("How it was installed, which gives the names of its objects; none changes nothing on it and exports the changes as files instead.")]
    public PlatformInstall Install { get; init; } = PlatformInstall.Manifests;

    [Setting("Name of the Helm release of the chart platform.", Absent = "none; needed with install: helm", Example = "seqera")]
    [KubernetesSubdomain]
    public string? HelmRelease { get; init; }

    [Setting("Names that differ from those of the installation.")]
    public PlatformNamesSettings Names { get; init; } = new();

    [Setting("Take over fields that somebody else set to another value, as with kubectl edit, instead of failing.")]
    public bool TakeOver { get; init; }

    [Setting("Go on writing allowed-workspaces into tower.yml from 26.1 on. Useful in the upgrade from an older version, which may have left another answer there.")]
    public bool KeepTowerYaml { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Install == PlatformInstall.Helm && HelmRelease is null)
        {
            yield return new(
                at[nameof(HelmRelease)],
                "is missing with install: helm, so the Platform's objects have no names",
                "the name of the Helm release",
                "add helmRelease: <name>; helm list --namespace <namespace> shows it");
        }
        else if (Install != PlatformInstall.Helm && HelmRelease is not null)
        {
            yield return new(at[nameof(HelmRelease)], "has no meaning without install: helm", "absent", "set install: helm, or remove helmRelease", HelmRelease);
        }
    }
}
