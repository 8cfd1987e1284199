using System.Collections.Immutable;
using Infra.Routing;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Connect;

/// <summary>The way from a Prometheus to the management ports of connect-proxy and connect-server: a Service each, and one ServiceMonitor for both.</summary>
/// <remarks>
/// Services of their own: the proxy's is open to load balancers, and the same port takes a request to shut down (Seqera Enterprise 26.1, install-studios).
/// </remarks>
public sealed class ConnectMetrics : ComponentResource
{
    private const string Token = "platform:connect:ConnectMetrics";

    /// <summary>Name of the port in pods and Services.</summary>
    public const string PortName = "management";

    private const string Name = "connect-metrics";
    private const string Label = "studio-platform/metrics";

    public ConnectMetrics(string name, ConnectMetricsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        foreach (var (workload, labels) in new[] { (ConnectProxy.PhysicalName, ConnectLabels.Proxy), (ConnectServer.PhysicalName, ConnectLabels.Server) })
        {
            new Service(
                $"{name}-{labels.Component}",
                new ServiceArgs
                {
                    Metadata = new ObjectMetaArgs
                    {
                        Name = $"{workload}-metrics",
                        Namespace = args.Namespace,
                        Labels = labels.All.Add(Label, Name),
                    },
                    Spec = new ServiceSpecArgs
                    {
                        // Headless: each pod is asked for its own.
                        ClusterIP = "None",
                        Ports = { new ServicePortArgs { Name = PortName, Port = args.Port, TargetPort = PortName, Protocol = "TCP" } },
                        Selector = labels.Selector,
                    },
                },
                new CustomResourceOptions { Parent = this });
        }

        if (args.Monitor is { } monitor)
        {
            var endpoint = Spec.From(("interval", $"{(long)monitor.Interval.TotalSeconds}s"), ("path", monitor.Path), ("port", PortName));
            new Pulumi.Kubernetes.ApiExtensions.CustomResource(
                $"{name}-monitor",
                new CustomObjectArgs("monitoring.coreos.com/v1", "ServiceMonitor")
                {
                    Metadata = new ObjectMetaArgs { Name = Name, Namespace = args.Namespace, Labels = monitor.Labels },
                    Spec = Spec.From(
                        ("endpoints", Spec.List(endpoint)),
                        ("selector", Spec.From(("matchLabels", Spec.From((Label, Name)))))),
                },
                new CustomResourceOptions { Parent = this });
        }

        RegisterOutputs();
    }
}

/// <summary>Where the management port is, and who asks it.</summary>
public sealed class ConnectMetricsArgs : ResourceArgs
{
    /// <summary>Namespace of the pods.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>The port, <c>CONNECT_MANAGEMENT_PORT</c>.</summary>
    public required int Port { get; init; }

    /// <summary>A ServiceMonitor for the Prometheus operator. Default none.</summary>
    public MetricsMonitor? Monitor { get; init; }
}

/// <summary>How the Prometheus operator asks for metrics.</summary>
/// <param name="Path">Path of the metrics.</param>
/// <param name="Interval">Time between two requests, in whole seconds.</param>
/// <param name="Labels">Labels by which a Prometheus finds its ServiceMonitors.</param>
public sealed record MetricsMonitor(string Path, TimeSpan Interval, ImmutableDictionary<string, string> Labels)
{
    /// <summary>Where Prometheus looks when it is told nothing: the vendor publishes no path.</summary>
    public const string DefaultPath = "/metrics";

    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);
}

/// <summary>The management port of both workloads, and who may reach it.</summary>
/// <param name="Port">The port, <c>CONNECT_MANAGEMENT_PORT</c>.</param>
/// <param name="Namespace">Namespace whose pods ask for metrics.</param>
public sealed record ManagementPort(int Port, string Namespace)
{
    public const int DefaultPort = 9099;
}
