using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Planning;

/// <summary>Says what goes down for a moment, though the plan calls it an update: pods that roll, nodes that are drained, services that fail over.</summary>
/// <remarks>Pure: it reads a step. Only what the vendors document is here, each rule with its source; a change without a rule is not known to restart
/// anything.</remarks>
internal static class Restarts
{
    private const string Rolls = "its pods are replaced one after another";

    private static readonly FrozenDictionary<string, ImmutableArray<Restart>> ByType = new Dictionary<string, ImmutableArray<Restart>>(StringComparer.Ordinal)
    {
        // kubernetes.io, Deployments: "a rollout is triggered if and only if the Pod template is changed"; the same of the other two
        ["kubernetes:apps/v1:Deployment"] =
            [new(Rolls, "spec.template") { Otherwise = ("spec.strategy.type", "Recreate", "all its pods stop before new ones start") }],
        ["kubernetes:apps/v1:StatefulSet"] = [new(Rolls, "spec.template") { Unless = ("spec.updateStrategy.type", "OnDelete") }],
        ["kubernetes:apps/v1:DaemonSet"] = [new(Rolls, "spec.template") { Unless = ("spec.updateStrategy.type", "OnDelete") }],
        // docs.aws.amazon.com, ElastiCache, Scaling replication groups and Modifying: a new node takes over, connections end
        ["aws:elasticache/replicationGroup:ReplicationGroup"] = [new("its nodes are replaced and connections end", "nodeType", "engineVersion", "engine",
            "transitEncryptionEnabled", "transitEncryptionMode")],
        // docs.aws.amazon.com, RDS, Settings for DB instances: downtime occurs during this change
        ["aws:rds/instance:Instance"] = [new("the database restarts", "instanceClass", "engineVersion", "caCertIdentifier", "dbSubnetGroupName",
            "dedicatedLogVolume", "port", "networkType")],
        // docs.aws.amazon.com, EKS, Update a managed node group: each node is drained and replaced
        ["aws:eks/nodeGroup:NodeGroup"] = [new("its nodes are drained and replaced", "version", "releaseVersion", "launchTemplate.version")
        {
            // The provider computes both where they are not given, and keeps what it knows
            OnlyGiven = ["version", "releaseVersion"],
        }],
        // docs.aws.amazon.com, EC2, Change the instance type: the instance is stopped
        ["aws:ec2/instance:Instance"] = [new("the instance is stopped and started", "instanceType", "userData", "userDataBase64", "ebsOptimized")],
        // cloud.google.com, Memorystore, Scaling and Upgrading: a failover, or without a replica an empty cache
        ["gcp:redis/instance:Instance"] =
            [new("the cache fails over, or without a replica begins empty", "memorySizeGb", "redisVersion", "maintenanceVersion")],
        // cloud.google.com, Cloud SQL, Edit instances: these restart it
        ["gcp:sql/databaseInstance:DatabaseInstance"] = [new("the database restarts", "databaseVersion", "maintenanceVersion", "settings.tier",
            "settings.edition", "settings.availabilityType", "settings.databaseFlags", "settings.locationPreference")],
        // cloud.google.com, GKE, Node upgrade strategies and node pools: each node is drained and created anew
        ["gcp:container/nodePool:NodePool"] = [new("its nodes are drained and replaced", "version", "nodeConfig.imageType", "nodeConfig.machineType",
            "nodeConfig.diskType", "nodeConfig.diskSizeGb")],
        // cloud.google.com, GKE, Cluster availability: a zonal cluster has one control plane
        ["gcp:container/cluster:Cluster"] = [new("the control plane of a zonal cluster does not answer for some minutes", "minMasterVersion")],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an update in place restarts, in words; null when nothing is known to.</summary>
    public static string? Of(PlanStep step)
    {
        if (step is not { Operation: Operation.Update, Old: { } old, New: { } @new } || !ByType.TryGetValue(step.Type, out var rules))
        {
            return null;
        }
        var changed = Differ.Compare(old.Inputs, @new.Inputs).Keys.Select(PropertyPath.Parse).OfType<PropertyPath>().ToArray();
        return rules.FirstOrDefault(rule => rule.Applies(changed, @new))?.Words(@new);
    }
}

/// <summary>A rule of what restarts when one of some properties changes.</summary>
internal sealed record Restart(string Effect, params string[] Properties)
{
    /// <summary>A property and its value with which nothing restarts by itself.</summary>
    public (string Property, string Value)? Unless { get; init; }

    /// <summary>Properties that restart nothing when they go.</summary>
    public ImmutableArray<string> OnlyGiven { get; init; } = [];

    /// <summary>A property and its value with which something else happens.</summary>
    public (string Property, string Value, string Effect)? Otherwise { get; init; }

    public bool Applies(PropertyPath[] changed, ResourceState @new)
        => Properties.Where(property => !OnlyGiven.Contains(property) || @new.Inputs.ContainsKey(property)).Select(PropertyPath.Parse)
            .Any(property => Array.Exists(changed, path => property!.Contains(path) || path.Contains(property)))
            && !(Unless is { } unless && Text(@new, unless.Property) == unless.Value);

    public string Words(ResourceState @new) => Otherwise is { } other && Text(@new, other.Property) == other.Value ? other.Effect : Effect;

    private static string? Text(ResourceState state, string path)
        => PropertyPath.Parse(path)!.Parts.Aggregate((PropertyValue?)new ObjectProperty(state.Inputs), (value, part)
            => Differ.Opened(value) is ObjectProperty map ? map.Properties.Find(part) : null) is { } found
            && Differ.Opened(found) is StringProperty text ? text.Value : null;
}
