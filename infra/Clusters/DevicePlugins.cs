using System.Collections.Immutable;
using Infra.Charts;
using Infra.Routing;
using Pulumi;

namespace Infra.Clusters;

/// <summary>Device plugins, which tell the scheduler how many GPUs and Neuron devices a node has: without them no pod gets one.</summary>
/// <remarks>The images of EKS have drivers and container toolkit, but, apart from Bottlerocket for NVIDIA, no device plugin.</remarks>
public sealed class DevicePlugins : ComponentResource
{
    private const string Token = "platform:clusters:DevicePlugins";

    // Nodes of these pools are kept for those who ask for their devices, by whatever taint the stack file names.
    private static readonly object EveryTaint = ImmutableArray.Create<object>(ImmutableDictionary<string, object>.Empty.Add("operator", "Exists"));

    public DevicePlugins(string name, DevicePluginsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.Pools.Any(NvidiaNodes.NeedPlugin))
        {
            // The chart's own affinity asks for a label that node feature discovery sets, or for this one, which the pools have.
            Install($"{name}-nvidia", HelmCharts.NvidiaDevicePlugin, args, Spec.From(
                ("nodeSelector", Spec.From((NvidiaNodes.PluginLabel, "true"))),
                ("tolerations", EveryTaint)));
        }

        if (args.Pools.Any(HasNeuron))
        {
            // Node repair of the node group looks after broken nodes (EKS user guide, "Install the Neuron Kubernetes device plugin", the same).
            Install($"{name}-neuron", HelmCharts.Neuron, args, Spec.From(
                ("devicePlugin", Spec.From(("tolerations", EveryTaint))),
                ("npd", Spec.From(("enabled", false)))));
        }

        RegisterOutputs();
    }

    /// <summary>Whether any of the pools has devices of which its image does not tell by itself.</summary>
    public static bool Needed(ImmutableArray<EksNodePool> pools) => pools.Any(pool => NvidiaNodes.NeedPlugin(pool) || HasNeuron(pool));

    private static bool HasNeuron(EksNodePool pool) => pool.Image.Accelerator is Accelerator.Neuron;

    private void Install(string name, HelmChart chart, DevicePluginsArgs args, ImmutableDictionary<string, object> values) =>
        ChartRelease.Make(name, chart, args.Charts(chart), values, new CustomResourceOptions { Parent = this }, chart.Name);
}

/// <summary>Which pools a cluster has.</summary>
public sealed class DevicePluginsArgs : ResourceArgs
{
    public required ImmutableArray<EksNodePool> Pools { get; init; }

    /// <summary>What the stack wants of a chart in another way. Default nothing.</summary>
    public Func<HelmChart, ChartOptions> Charts { get; init; } = _ => ChartOptions.None;
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
