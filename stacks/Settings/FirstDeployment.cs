using Stacks.Settings.Crossing;

namespace Stacks.Settings;

/// <summary>What has to be there before something else can be: a stack file that is right and fails is worse than a wrong one.</summary>
public static class FirstDeployment
{
    /// <summary>What is allowed, and yet fails or does nothing at a first update.</summary>
    internal static IEnumerable<SettingsProblem> Check(PlatformSettings settings)
    {
        if (settings is { Cluster.IsMade: true, Studios.Platform: { State: null } platform })
        {
            yield return SettingsProblem.Warning(
                At.Platform[nameof(platform.State)],
                $"is not said, and this stack makes the cluster: its first update would patch a Platform that nobody has installed in {platform.Namespace} yet",
                "absent, then installed",
                $"say state: absent{(platform.CreateNamespace ? "" : " with createNamespace: true")} until it is installed (docs/first-deployment.md), "
                + "and state: installed once it is");
        }

        if (settings is { Cluster.IsMade: true, Tower: { } tower })
        {
            foreach (var (name, environment) in tower.Environments.Where(entry => !entry.Value.CreateNamespace))
            {
                yield return SettingsProblem.Warning(
                    At.Environment(name)[nameof(environment.CreateNamespace)],
                    $"is false, and the cluster that this stack makes has no namespace {environment.Namespace} at its first update",
                    "true, or false once somebody has made the namespace",
                    "remove createNamespace, or add the environment later",
                    "false");
            }
        }

        if (settings is { Studios: null, Redis: ExistingRedisSettings })
        {
            yield return SettingsProblem.Warning(
                SettingPath.Top(nameof(settings.Redis))["existing"], "nothing uses the server as long as platform:studios is not described",
                "given beside platform:studios", "describe platform:studios, or leave redis out until then");
        }

        if (settings is { Studios: null, Compose: null or { Host: null }, Dns: Route53Settings { CreateZone: false } }
            && settings.Workbench?.Ingress?.HasRecord(settings) != true)
        {
            yield return SettingsProblem.Warning(
                At.Dns["route53"],
                "the zone exists, and without platform:studios there is no host that it would get",
                "given beside platform:studios or a host of platform:workbench, or with createZone: true",
                "describe platform:studios, with platform.state: absent if there is no Platform yet, or leave dns out until then");
        }
    }


    /// <summary>Whether a server in the cluster has a namespace to run in.</summary>
    internal static IEnumerable<SettingsProblem> CheckRedis(InClusterRedisSettings redis, PlatformSettings platform, SettingPath at)
    {
        var here = at[nameof(redis.Namespace)];
        // The missing concept is what the problem is about: one that is there and malformed has problems of its own.
        var missing = At.Studios;
        switch (platform.Studios, redis.Namespace)
        {
            case ({ Platform.Namespace: var studios }, { } own) when own != studios:
                yield return new(
                    here, $"is another namespace than {studios}, that of Studios, which reads its Secrets there", studios.Text, "remove namespace", own.Text);
                break;
            case (null, _) when platform.Cluster is { IsMade: true }:
                yield return new(
                    missing, $"is missing, and {at} needs the namespace that it makes: the new cluster has none", "Seqera Studios beside the server",
                    $"describe platform:studios with platform: {{ state: absent, createNamespace: true }}, or remove {at}");
                break;
            case (null, null):
                yield return new(
                    missing, $"is missing, and {at} needs the namespace of Studios", "Seqera Studios beside the server, or its namespace there",
                    $"describe platform:studios, or say where it is going to be: {here}: seqera-platform");
                break;
            default:
                break;
        }
    }
}
