using Infra.Clusters;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Declaring;
using Stacks.Wiring;

namespace Stacks;

/// <summary>The wiring: which components a platform is made of, in the order in which they need each other.</summary>
public static class Platform
{
    /// <summary>Declares everything that the settings ask for. A function and not a Stack class, so that tests run it in parallel with settings of their own.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="secret">Gives the value of a secret that the settings name.</param>
    public static PlatformOutputs Define(PlatformSettings settings, Func<SecretSetting, Output<string>> secret)
    {
        var stack = new StackContext(settings, secret);
        stack = settings.Aws is { } aws ? stack with { Aws = AwsWiring.Define(aws, stack) } : stack;
        stack = settings.Gcp is { } gcp ? stack with { Gcp = GcpWiring.Define(gcp, stack) } : stack;
        var cluster = settings.Cluster is { } clusterSettings ? ClusterWiring.Define(clusterSettings, stack) : null;
        var storage = settings.Storage is { } storageSettings ? StorageWiring.Define(storageSettings, cluster, stack) : null;

        // A settings object is valid: whatever needs a cluster has one.
        var outputs = new PlatformOutputs();
        if (settings.Tower is { } tower)
        {
            outputs = outputs with { TowerEnvironments = TowerWiring.Define(tower, cluster!, storage, stack) };
        }

        if (settings.Studios is { } studios)
        {
            var route53 = settings.Dns?.Route53 is { } zone ? Route53Wiring.Define(zone, studios, (IEksCluster)cluster!, stack) : null;
            var cloudDns = settings.Dns?.CloudDns is { } managed ? CloudDnsWiring.Define(managed, studios, (IGkeCluster)cluster!, stack) : null;
            outputs = outputs with { Studios = StudiosWiring.Define(studios, cluster!, route53?.Domain, cloudDns?.WayIn, stack) };
            route53?.Lead(outputs.Studios);
            cloudDns?.Lead(outputs.Studios);
        }

        return outputs;
    }
}
