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
        foreach (var chart in ChartsFor(args.Pools.Select(pool => pool.Image)))
        {
            ChartRelease.Make(
                $"{name}-{(chart == HelmCharts.Neuron ? "neuron" : "nvidia")}",
                chart,
                args.Charts(chart),
                chart == HelmCharts.Neuron ? NeuronValues : NvidiaValues,
                new CustomResourceOptions { Parent = this },
                chart.Name);
        }

        RegisterOutputs();
    }

    // The chart's own affinity asks for a label that node feature discovery sets, or for this one, which the pools have.
    private static ImmutableDictionary<string, object> NvidiaValues => Spec.From(
        ("nodeSelector", Spec.From((NvidiaNodes.PluginLabel, "true"))),
        ("tolerations", EveryTaint));

    // Node repair of the node group looks after broken nodes (EKS user guide, "Install the Neuron Kubernetes device plugin", the same).
    private static ImmutableDictionary<string, object> NeuronValues => Spec.From(
        ("devicePlugin", Spec.From(("tolerations", EveryTaint))),
        ("npd", Spec.From(("enabled", false))));

    /// <summary>Whether any of the pools has devices of which its image does not tell by itself.</summary>
    public static bool Needed(ImmutableArray<EksNodePool> pools) => ChartsFor(pools.Select(pool => pool.Image)).Any();

    /// <summary>What has to be installed for nodes of these images: nothing where they tell of their devices by themselves, or have none.</summary>
    public static IEnumerable<HelmChart> ChartsFor(IEnumerable<EksNodeImage> images) => images
        .Select(image => image switch
        {
            { Accelerator: Accelerator.Nvidia, BringsDevicePlugin: false } => HelmCharts.NvidiaDevicePlugin,
            { Accelerator: Accelerator.Neuron } => HelmCharts.Neuron,
            _ => null,
        })
        .OfType<HelmChart>()
        .Distinct();
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

    internal static ImmutableSortedDictionary<string, string> Labels(EksNodeImage image)
    {
        var labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(AutoscalerLabel, "nvidia");
        return image.BringsDevicePlugin ? labels : labels.Add(PluginLabel, "true");
    }
}
