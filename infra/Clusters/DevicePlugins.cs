using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;

namespace Infra.Clusters;

/// <summary>Device plugins, which tell the scheduler how many GPUs and Neuron devices a node has: without them no pod gets one.</summary>
/// <remarks>The images of EKS have drivers and container toolkit, but, apart from Bottlerocket for NVIDIA, no device plugin.</remarks>
public sealed class DevicePlugins : ComponentResource
{
    private const string Token = "platform:clusters:DevicePlugins";
    private const string SystemNamespace = "kube-system";

    // Nodes of these pools are kept for those who ask for their devices, by whatever taint the stack file names.
    private static readonly object EveryTaint = ImmutableArray.Create<object>(ImmutableDictionary<string, object>.Empty.Add("operator", "Exists"));

    public DevicePlugins(string name, DevicePluginsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.Pools.Any(NvidiaNodes.NeedPlugin))
        {
            Install($"{name}-nvidia", NvidiaChart.Name, NvidiaChart.Version, NvidiaChart.Repository, new InputMap<object>
            {
                // The chart's own affinity asks for a label that node feature discovery sets, or for this one, which the pools have.
                ["nodeSelector"] = new InputMap<object> { [NvidiaNodes.PluginLabel] = "true" },
                ["tolerations"] = EveryTaint,
            });
        }

        if (args.Pools.Any(HasNeuron))
        {
            Install($"{name}-neuron", NeuronChart.Address, NeuronChart.Version, repository: null, new InputMap<object>
            {
                ["devicePlugin"] = new InputMap<object> { ["tolerations"] = EveryTaint },
                // Node repair of the node group looks after broken nodes (EKS user guide, "Install the Neuron Kubernetes device plugin", the same).
                ["npd"] = new InputMap<object> { ["enabled"] = false },
            });
        }

        RegisterOutputs();
    }

    /// <summary>Whether any of the pools has devices of which its image does not tell by itself.</summary>
    public static bool Needed(ImmutableArray<EksNodePool> pools) => pools.Any(pool => NvidiaNodes.NeedPlugin(pool) || HasNeuron(pool));

    private static bool HasNeuron(EksNodePool pool) => pool.Image.Accelerator is Accelerator.Neuron;

    private void Install(string name, string chart, string version, string? repository, InputMap<object> values)
    {
        var release = new ReleaseArgs { Name = chart.Split('/')[^1], Namespace = SystemNamespace, Chart = chart, Version = version, Values = values };
        if (repository is not null)
        {
            release.RepositoryOpts = new RepositoryOptsArgs { Repo = repository };
        }

        new Release(name, release, new CustomResourceOptions { Parent = this });
    }
}

/// <summary>Which pools a cluster has.</summary>
public sealed class DevicePluginsArgs : ResourceArgs
{
    public required ImmutableArray<EksNodePool> Pools { get; init; }
}

/// <summary>How nodes with GPUs of NVIDIA are marked.</summary>
public static class NvidiaNodes
{
    /// <summary>What the device plugin's chart looks for on nodes whose hardware nobody else has labelled (its values.yaml, affinity).</summary>
    internal const string PluginLabel = "nvidia.com/gpu.present";

    // Cluster Autoscaler waits for the GPUs of nodes with this label instead of adding another node (cloudprovider/aws, GPULabel); any value does.
    private const string AutoscalerLabel = "k8s.amazonaws.com/accelerator";

    /// <summary>Whether a pool has GPUs, and an image that leaves the device plugin to others.</summary>
    internal static bool NeedPlugin(EksNodePool pool) => pool.Image is { Accelerator: Accelerator.Nvidia, BringsDevicePlugin: false };

    internal static ImmutableSortedDictionary<string, string> Labels(EksNodeImage image)
    {
        var labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(AutoscalerLabel, "nvidia");
        return image.BringsDevicePlugin ? labels : labels.Add(PluginLabel, "true");
    }
}

/// <summary>Where the device plugin of NVIDIA comes from.</summary>
public static class NvidiaChart
{
    public const string Repository = "https://nvidia.github.io/k8s-device-plugin";
    public const string Name = "nvidia-device-plugin";

    /// <summary>
    /// Last patch of 0.19 (NVIDIA/k8s-device-plugin, June 2026); 0.20.0 is from August 2026, and a site went back from it (looked up 2026-11-26).
    /// </summary>
    public const string Version = "0.19.3";
}

/// <summary>Where the device plugin of Neuron comes from.</summary>
public static class NeuronChart
{
    public const string Address = "oci://public.ecr.aws/neuron/neuron-helm-chart";

    /// <summary>The chart beside Neuron SDK 2.32 (aws-neuron/neuron-helm-charts; looked up 2026-11-26).</summary>
    public const string Version = "1.10.0";
}
