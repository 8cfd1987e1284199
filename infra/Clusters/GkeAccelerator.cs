using Pulumi.Gcp.Container.Inputs;

namespace Infra.Clusters;

/// <summary>GPUs of the nodes of a GKE pool.</summary>
/// <param name="Type">Type in Compute Engine: <c>nvidia-l4</c>.</param>
/// <param name="Count">How many each node has.</param>
public sealed record GkeAccelerator(string Type, int Count)
{
    public const GkeGpuDriver DefaultDriver = GkeGpuDriver.Default;

    /// <summary>GKE documentation, "GPU time-sharing": most containers that share one GPU.</summary>
    public const int MostSharers = 48;

    /// <summary>Who installs the driver. Default GKE, the version that it has for the node's.</summary>
    public GkeGpuDriver Driver { get; init; } = DefaultDriver;

    /// <summary>Size of the parts that each GPU is cut into: <c>1g.5gb</c>. Default null: not cut.</summary>
    public string? Partition { get; init; }

    /// <summary>Containers that take turns on each GPU or part of it. Default null: one at a time.</summary>
    public int? Sharers { get; init; }

    /// <summary>
    /// GKE puts it on nodes with GPUs by itself, if the cluster has a pool without them (GKE documentation, "Run GPUs in Standard node pools"). It is not
    /// declared: the provider reports only taints that a program declares, so what GKE adds is no difference, and a second declaration of the same key would be
    /// one more thing to disagree about.
    /// </summary>
    public static NodeTaint Taint { get; } = new("nvidia.com/gpu", "present", NodeTaintEffect.NoSchedule);

    internal NodePoolNodeConfigGuestAcceleratorArgs Args
    {
        get
        {
            var args = new NodePoolNodeConfigGuestAcceleratorArgs
            {
                Type = Type,
                Count = Count,
                GpuDriverInstallationConfig = new NodePoolNodeConfigGuestAcceleratorGpuDriverInstallationConfigArgs { GpuDriverVersion = DriverVersion },
            };
            if (Partition is { } size)
            {
                args.GpuPartitionSize = size;
            }

            if (Sharers is { } sharers)
            {
                args.GpuSharingConfig = new NodePoolNodeConfigGuestAcceleratorGpuSharingConfigArgs
                {
                    GpuSharingStrategy = "TIME_SHARING",
                    MaxSharedClientsPerGpu = sharers,
                };
            }

            return args;
        }
    }

    private string DriverVersion => Driver switch
    {
        GkeGpuDriver.Latest => "LATEST",
        GkeGpuDriver.Disabled => "INSTALLATION_DISABLED",
        _ => "DEFAULT",
    };
}

/// <summary>Which driver nodes with GPUs get.</summary>
public enum GkeGpuDriver
{
    /// <summary>The one that GKE has for the version of the nodes.</summary>
    Default,

    /// <summary>The newest one that GKE has for the version of the nodes.</summary>
    Latest,

    /// <summary>None: somebody else installs it, and pods see no GPU until then.</summary>
    Disabled,
}

/// <summary>Type of the node's own disk.</summary>
public enum GkeDiskType
{
    /// <summary><c>pd-balanced</c>.</summary>
    PdBalanced,

    /// <summary><c>pd-ssd</c>.</summary>
    PdSsd,

    /// <summary><c>pd-standard</c>.</summary>
    PdStandard,

    /// <summary><c>hyperdisk-balanced</c>.</summary>
    HyperdiskBalanced,
}

/// <summary>How Compute Engine spells the types of disks.</summary>
public static class GkeDiskTypes
{
    public static string Name(this GkeDiskType type) => type switch
    {
        GkeDiskType.PdSsd => "pd-ssd",
        GkeDiskType.PdStandard => "pd-standard",
        GkeDiskType.HyperdiskBalanced => "hyperdisk-balanced",
        _ => "pd-balanced",
    };
}
