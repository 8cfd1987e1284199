using System.Collections.Immutable;
using Pulumi;
using Pulumi.Gcp.Container.Inputs;

namespace Infra.Clusters;

/// <summary>Node auto-provisioning: GKE makes node pools for pods that no pool has room for, and removes them again.</summary>
/// <param name="Cpus">Most virtual processors of all nodes together, those of the pools of this stack included.</param>
/// <param name="MemoryGiB">Most memory of the same nodes.</param>
public sealed record GkeAutoProvisioning(int Cpus, int MemoryGiB)
{
    /// <summary>Off keeps nothing but the statement that it is off: the provider leaves on what a program only stops to mention.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Most GPUs of the same nodes, by type. Default none, so that no node with GPUs is made.</summary>
    public ImmutableSortedDictionary<string, int> Gpus { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Size of the new nodes' disks in GiB.</summary>
    public int DiskGiB { get; init; } = GkeNodePool.DefaultDiskGiB;

    /// <summary>How GKE replaces the new nodes.</summary>
    public GkeUpgrade Upgrade { get; init; } = GkeUpgrade.Default;

    internal ClusterClusterAutoscalingArgs Args(Input<string> nodeAccount, Input<string> diskKeyId, GkeAutoscalingProfile? profile)
    {
        var args = new ClusterClusterAutoscalingArgs { Enabled = Enabled };
        if (profile is { } given)
        {
            args.AutoscalingProfile = given.Name();
        }

        if (!Enabled)
        {
            return args;
        }

        args.ResourceLimits.Add(new ClusterClusterAutoscalingResourceLimitArgs { ResourceType = "cpu", Minimum = 0, Maximum = Cpus });
        args.ResourceLimits.Add(new ClusterClusterAutoscalingResourceLimitArgs { ResourceType = "memory", Minimum = 0, Maximum = MemoryGiB });
        foreach (var (type, most) in Gpus)
        {
            args.ResourceLimits.Add(new ClusterClusterAutoscalingResourceLimitArgs { ResourceType = type, Minimum = 0, Maximum = most });
        }

        args.AutoProvisioningDefaults = new ClusterClusterAutoscalingAutoProvisioningDefaultsArgs
        {
            BootDiskKmsKey = diskKeyId,
            DiskSize = DiskGiB,
            DiskType = GkeDiskType.PdBalanced.Name(),
            ImageType = GkeNodePools.ImageType,
            Management = new ClusterClusterAutoscalingAutoProvisioningDefaultsManagementArgs { AutoRepair = true, AutoUpgrade = true },
            OauthScopes = { GkeNodePools.Scope },
            ServiceAccount = nodeAccount,
            ShieldedInstanceConfig = new ClusterClusterAutoscalingAutoProvisioningDefaultsShieldedInstanceConfigArgs
            {
                EnableIntegrityMonitoring = true,
                EnableSecureBoot = true,
            },
            UpgradeSettings = Upgrade.OfNewPools(),
        };
        return args;
    }
}

/// <summary>How soon the autoscaler takes nodes away.</summary>
public enum GkeAutoscalingProfile
{
    /// <summary>Spare nodes stay for a while.</summary>
    Balanced,

    /// <summary>Spare nodes go soon, and pods are packed onto few nodes.</summary>
    OptimizeUtilization,
}

/// <summary>How GKE spells the profiles of the autoscaler.</summary>
internal static class GkeAutoscalingProfiles
{
    public static string Name(this GkeAutoscalingProfile profile) => profile is GkeAutoscalingProfile.OptimizeUtilization ? "OPTIMIZE_UTILIZATION" : "BALANCED";
}

/// <summary>
/// Nodes that GKE makes for pods that ask for them by label and tolerate their taint (GKE documentation, "Node auto-provisioning", workload separation).
/// </summary>
/// <param name="Name">Its key in the stack file, and the value of label and taint.</param>
/// <param name="MachineSeries">Series of the machines: <c>n2</c>. Null: what GKE finds best, which is E2.</param>
/// <param name="Spot">Spare capacity that Google takes back at half a minute's notice.</param>
public sealed record GkeNodeGroup(string Name, string? MachineSeries, bool Spot)
{
    /// <summary>Key of label and taint.</summary>
    public const string Key = "node-group";

    private const string SpotKey = "cloud.google.com/gke-spot";

    /// <summary>What pods ask for.</summary>
    public ImmutableSortedDictionary<string, string> Labels
    {
        get
        {
            var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            labels.Add(Key, Name);
            if (MachineSeries is { } series)
            {
                labels.Add("cloud.google.com/machine-family", series);
            }

            if (Spot)
            {
                labels.Add(SpotKey, "true");
            }

            return labels.ToImmutable();
        }
    }

    /// <summary>What pods have to tolerate; GKE taints spot nodes that it makes.</summary>
    public ImmutableArray<NodeTaint> Taints =>
    [
        new(Key, Name, NodeTaintEffect.NoSchedule),
        .. Spot ? [new NodeTaint(SpotKey, "true", NodeTaintEffect.NoSchedule)] : Array.Empty<NodeTaint>(),
        .. MachineSeries is { } series ? GkeNodePool.AddedTaints($"{series}-", gpus: false) : [],
    ];
}
