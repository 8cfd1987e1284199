using System.Collections.Immutable;
using Infra.CodeStudios;
using Stacks.Settings.Crossing;

namespace Stacks.Settings;

/// <summary>Whether the Code Studios of a stack can run where it puts them, and stay apart from each other and from everything else.</summary>
internal static class CodeStudioRules
{
    public static IEnumerable<SettingsProblem> Check(CodeStudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        List<SettingsProblem> problems = [.. CheckFoundation(settings, platform, at), .. CheckNamespaces(settings, platform, at)];
        if (settings.Ingress is { } ingress)
        {
            problems.AddRange(CodeStudioIngressRules.Check(ingress, settings, platform, at));
        }

        foreach (var (name, template) in settings.Templates)
        {
            var here = at[nameof(settings.Templates)].Entry(name);
            if (template.Kubernetes is { } kubernetes)
            {
                var plan = template.Template(name).Build();
                problems.AddRange(CheckTemplate(kubernetes, template, plan, platform, here));
                foreach (var (studio, chosen) in kubernetes.Studios)
                {
                    problems.AddRange(
                        CheckStudio(chosen, kubernetes, plan, platform, here[nameof(template.Kubernetes)][nameof(kubernetes.Studios)].Entry(studio)));
                }
            }
        }

        return problems;
    }

    /// <summary>Every Code Studio with its template.</summary>
    internal static IEnumerable<(string Template, string Name, CodeStudioSettings Studio, SettingPath At)> All(CodeStudiosSettings settings, SettingPath at) =>
        from template in settings.Templates
        where template.Value.Kubernetes is not null
        from studio in template.Value.Kubernetes!.Studios
        select (
            template.Key,
            studio.Key,
            studio.Value,
            at[nameof(settings.Templates)]
                .Entry(template.Key)[nameof(template.Value.Kubernetes)][nameof(CodeStudioKubernetesSettings.Studios)]
                .Entry(studio.Key));

    private static IEnumerable<SettingsProblem> CheckFoundation(CodeStudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        var first = All(settings, at).FirstOrDefault();
        if (first.Studio is null)
        {
            yield break;
        }

        if (platform.Cluster is null)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Cluster)),
                $"is missing, and {first.At} runs on it",
                "a cluster",
                "describe platform:cluster in the stack file");
        }

        if (!All(settings, at).Any(studio => MakesClaims(settings.Templates[studio.Template], studio.Template, studio.Studio)))
        {
            yield break;
        }

        switch (platform.Storage)
        {
            case null:
                yield return new(
                    SettingPath.Top(nameof(platform.Storage)),
                    $"is missing, and {first.At} keeps its zones there",
                    "efs, filestore, nfs or another kind of storage",
                    "describe platform:storage in the stack file, or name existingClaim for every zone");
                break;
            case FsxLustreStorageSettings:
                yield return new(
                    At.Storage["fsxLustre"], "gives every claim the whole file system, so that zones and Code Studios would see each other's files",
                    "efs, filestore, nfs or existingClass", "describe one of them beside codeStudios");
                break;
            case FilestoreStorageSettings { InstancePerClaim: false }:
                yield return new(
                    At.Storage["filestore"][nameof(FilestoreStorageSettings.InstancePerClaim)],
                    "leaves all zones and Code Studios one share, so that each sees the others' files",
                    "true beside codeStudios",
                    "instancePerClaim: true",
                    "false");
                break;
            default:
                break;
        }

        foreach (var environment in platform.Tower?.Environments ?? ImmutableSortedDictionary<string, TowerEnvironmentSettings>.Empty)
        {
            if (platform.Storage is { HasDirectories: true } && environment.Value.Scratch is { Volume: null } scratch
                && scratch.DirectoryOn(platform.Storage, environment.Key) is var directory
                && (directory.Length == 0 || directory.Split('/')[0] == CodeStudioPlaces.Root))
            {
                yield return new(
                    At.Environment(environment.Key)[nameof(environment.Value.Scratch)][nameof(scratch.Directory)],
                    $"holds {CodeStudioPlaces.Root}, where the zones of Code Studios are kept, so that runs could read them", "a directory of its own",
                    $"for example directory: tower/{environment.Key}", directory);
            }
        }
    }

    private static bool MakesClaims(CodeStudioTemplateSettings template, string name, CodeStudioSettings studio) =>
        template.Template(name).Build().State.Zones.Any(zone => studio.Claims.All(claim => claim.Zone != zone.Zone || claim.ExistingClaim is null));

    private static IEnumerable<SettingsProblem> CheckNamespaces(CodeStudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        var taken = NamespaceOwners.Names(platform);
        foreach (var (template, name, studio, here) in All(settings, at))
        {
            var text = studio.NamespaceIn(template, name).Text;
            if ((taken.GetValueOrDefault(text) ?? NamespaceOwners.Owner(text)) is { } owner)
            {
                yield return new(
                    here[nameof(studio.Namespace)], $"belongs to {owner}, whose pods whoever may open this Code Studio could open as well",
                    "a namespace of its own for each Code Studio", $"for example namespace: code-studio-{name}", text);
            }

            taken = taken.SetItem(text, $"{here}");
        }
    }

    private static IEnumerable<SettingsProblem> CheckTemplate(
        CodeStudioKubernetesSettings kubernetes, CodeStudioTemplateSettings template, CodeStudioPlan plan, PlatformSettings platform, SettingPath at)
    {
        var here = at[nameof(template.Kubernetes)];
        if (kubernetes.Image.Digest is null)
        {
            yield return new(
                here[nameof(kubernetes.Image)],
                "has no digest, so that the same tag could become another image under running pods",
                "registry/repository:tag@sha256: and 64 hexadecimal digits",
                "docker buildx imagetools inspect prints the digest of what was pushed",
                $"{kubernetes.Image}");
        }

        if (kubernetes.Studios.IsEmpty)
        {
            yield return new(
                here[nameof(kubernetes.Studios)],
                "is empty, so that the image runs nowhere",
                "one Code Studio or more",
                "studios: { team: {} }, or remove kubernetes",
                "{}");
        }

        if (template.Permissions is EveryoneSettings && platform.Cluster is { } cluster && CloudControllers.IsOn(cluster, CloudControllers.Gke)
            && kubernetes.Studios.Values.Any(studio => studio.Owner is null))
        {
            // GKE hardening guide, "Restrict access to system:authenticated": every Google account is in that group.
            yield return new(
                at[nameof(template.Permissions)]["everyone"],
                "is whoever the cluster has authenticated, which on GKE is everybody with a Google account", "groups, or an owner for each Code Studio",
                "permissions: { groups: [data-scientists@example.com] }", "true");
        }

        foreach (var problem in EgressSettings.CheckUse(
            kubernetes.Egress, kubernetes.NetworkPolicy, SettingPath.KeyFor(nameof(kubernetes.NetworkPolicy)), here[nameof(kubernetes.Egress)]))
        {
            yield return problem;
        }

        string[] owned = ["GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_VALUE_0", CodeStudioImage.LaunchVariable];
        foreach (var variable in kubernetes.Environment.Where(variable =>
            owned.Contains(variable.Key) || variable.Key.StartsWith("DKU_CODE_STUDIO_", StringComparison.Ordinal)
            || PodVariables.Fields.Any(field => field.Name == variable.Key)))
        {
            yield return new(
                here[nameof(kubernetes.Environment)].Entry(variable.Key), "is set by the platform itself", "names that neither DSS nor this program gives",
                $"remove {variable.Key}", variable.Value);
        }

        foreach (var (key, labels) in new[] { ("annotations", plan.State.Annotations), ("labels", plan.State.Labels) })
        {
            var position = template.Blocks.ToList().FindIndex(block => block is KubernetesParametersSettings);
            foreach (var entry in labels.Where(entry => PodSettings.OwnPrefixes.Any(prefix => entry.Key.StartsWith(prefix, StringComparison.Ordinal))))
            {
                yield return new(
                    at[nameof(template.Blocks)][position][KubernetesParameters.KindName][key].Entry(entry.Key), "is set by the platform itself",
                    $"keys that do not start with {string.Join(" or ", PodSettings.OwnPrefixes)}", $"remove {entry.Key}", entry.Value);
            }
        }
    }

    private static IEnumerable<SettingsProblem> CheckStudio(
        CodeStudioSettings studio, CodeStudioKubernetesSettings kubernetes, CodeStudioPlan plan, PlatformSettings platform, SettingPath at)
    {
        foreach (var (index, claim) in studio.Claims.Index())
        {
            var here = at[nameof(studio.Claims)][index];
            if (plan.State.Zones.All(zone => zone.Zone != claim.Zone))
            {
                yield return new(
                    here[nameof(claim.Zone)],
                    "is not synced by the template, so that no pod would mount the claim",
                    string.Join(", ", plan.State.Zones.Select(zone => SettingPath.KeyFor($"{zone.Zone}"))),
                    "remove it, or sync the zone in fileSynchronization",
                    SettingPath.KeyFor($"{claim.Zone}"));
            }

            if (studio.Claims[..index].Any(earlier => earlier.Zone == claim.Zone))
            {
                yield return new(
                    here[nameof(claim.Zone)],
                    "has a claim already",
                    "each zone once",
                    "remove one of the two",
                    SettingPath.KeyFor($"{claim.Zone}"));
            }

            if (claim is { Size: { } size, ExistingClaim: not null })
            {
                yield return new(
                    here[nameof(claim.Size)],
                    "is given beside existingClaim, which has its own",
                    "size or existingClaim",
                    "remove one of the two",
                    size.Text);
            }

            if (claim.ExistingClaim is not null && studio.CreateNamespace)
            {
                yield return new(
                    here[nameof(claim.ExistingClaim)],
                    "is in a namespace that this stack makes, where nothing exists before",
                    "given with createNamespace: false",
                    "createNamespace: false, and make namespace and claim beforehand",
                    claim.ExistingClaim);
            }
        }

        if (studio.Webapp is { } webapp && plan.WebappFault is { } fault)
        {
            yield return new(
                at[nameof(studio.Webapp)],
                $"cannot run: the {fault.Field} {fault.What}",
                fault.Allowed,
                fault.Fix,
                $"replicas: {webapp.Replicas}");
        }

        if (platform.Production && studio.Webapp is { Replicas: 1 })
        {
            yield return SettingsProblem.Warning(
                at[nameof(studio.Webapp)][nameof(studio.Webapp.Replicas)],
                "leaves a production stack without the webapp while its one pod moves to another node",
                "2 or more",
                "replicas: 2",
                "1");
        }

        // Fixed addresses in a probe, and paths that differ from pod to pod.
        if (studio.PathPrefix is { } prefix && PodVariables.AreIn(prefix) && plan.State.Readiness is { Tcp: false, Url: var url }
            && url.Contains("${baseUrl", StringComparison.Ordinal))
        {
            yield return new(
                at[nameof(studio.PathPrefix)],
                "differs from pod to pod, and the template is asked by HTTP whether it is ready, at an address that nobody knows then",
                "a prefix without variables, or useTcpReadiness: true",
                "remove the variable, or set useTcpReadiness: true in kubernetesParameters",
                prefix);
        }
    }
}

/// <summary>Where the zones of Code Studios lie on storage with directories.</summary>
internal static class CodeStudioPlaces
{
    /// <summary>The directory above all of them.</summary>
    public const string Root = "code-studios";

    /// <summary>That of one Code Studio; empty where every claim is a volume of its own.</summary>
    public static string DirectoryOn(StorageSettings? storage, string template, string name) =>
        storage is { HasDirectories: true } ? $"{Root}/{template}/{name}" : "";
}
