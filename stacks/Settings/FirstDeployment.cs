namespace Stacks.Settings;

/// <summary>What has to be there before something else can be: a stack file that is right and fails is worse than a wrong one.</summary>
public static class FirstDeployment
{
    /// <summary>What is allowed, and yet fails or does nothing at a first update.</summary>
    public static IEnumerable<string> Warnings(PlatformSettings settings)
    {
        if (settings is { Cluster.IsMade: true, Studios.Platform: { State: null } platform })
        {
            var absent = $"state: absent{(platform.CreateNamespace ? "" : " with createNamespace: true")}";
            yield return "platform:studios.platform.state: is not said, and this stack makes the cluster, so that its first update would patch a Platform "
                + $"that nobody has installed in {platform.Namespace} yet; say {absent} until it is installed (docs/first-deployment.md), "
                + "or state: installed once it is.";
        }

        if (settings is { Cluster.IsMade: true, Tower: { } tower })
        {
            foreach (var (name, environment) in tower.Environments.Where(entry => !entry.Value.CreateNamespace))
            {
                yield return $"platform:tower.environments.{name}.createNamespace: is false, and this stack makes the cluster, which has no namespace "
                    + $"{environment.Namespace} at its first update; remove createNamespace, or add the environment once somebody has made the namespace.";
            }
        }

        if (settings is { Studios: null, Redis: ExistingRedisSettings })
        {
            yield return "platform:redis.existing: nothing uses the server as long as platform:studios is not described; "
                + "describe it, or leave redis out until then.";
        }

        if (settings is { Studios: null, Dns: Route53Settings { CreateZone: false } })
        {
            yield return "platform:dns.route53: the zone exists, and without platform:studios there is no host that it would get; describe platform:studios, "
                + "with platform.state: absent if there is no Platform yet, or leave dns out until then.";
        }
    }

    /// <summary>Whether a server in the cluster has a namespace to run in.</summary>
    internal static IEnumerable<SettingsProblem> CheckRedis(InClusterRedisSettings redis, PlatformSettings platform, SettingPath at)
    {
        var here = at[nameof(redis.Namespace)];
        // The missing concept is what the problem is about: one that is there and malformed has problems of its own.
        var missing = SettingPath.Top(nameof(platform.Studios));
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
