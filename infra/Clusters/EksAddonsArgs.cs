using System.Collections.Immutable;
using Infra.Accounts;
using Pulumi;

namespace Infra.Clusters;

/// <summary>Which add-ons a cluster gets.</summary>
public sealed class EksAddonsArgs : ResourceArgs
{
    public required AwsAccount Account { get; init; }

    public required Input<string> ClusterName { get; init; }

    public required Input<string> ClusterArn { get; init; }

    public required ImmutableArray<EksAddon> Addons { get; init; }

    /// <summary>Key of the volumes that add-ons write.</summary>
    public required Input<string> KeyArn { get; init; }
}
