using Infra.Clusters;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Declaring;

namespace Stacks.Wiring;

/// <summary>What every concept's wiring may need: the whole settings, and the way to a secret's value.</summary>
internal sealed record StackContext(PlatformSettings Settings, Func<SecretSetting, Output<string>> Secret)
{
    /// <summary>Whether stateful resources refuse to be deleted.</summary>
    public bool Protected => Settings.Production;

    /// <summary>The AWS account; null in a stack that makes nothing there.</summary>
    public AwsWiring? Aws { get; init; }

    /// <summary>The Google Cloud project; null in a stack that makes nothing there.</summary>
    public GcpWiring? Gcp { get; init; }

    /// <summary>Options of a component whose objects live on the cluster.</summary>
    public static ComponentResourceOptions On(ICluster cluster) => new() { Providers = { cluster.Provider } };
}
