using System.Collections.Immutable;
using Infra.Charts;
using Infra.Manifests;
using Infra.Namespaces;
using Infra.Networks;
using Infra.Routing;
using Infra.Studios;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.LoadBalancing;

/// <summary>Traefik, which serves the Ingresses of one IngressClass, and the Service through which people reach it.</summary>
public sealed class TraefikController : ComponentResource
{
    private const string Token = "platform:loadBalancing:TraefikController";

    // The entry points of the chart, which are names of ports of its pods.
    private const string Web = "web";
    private const int WebPort = 80;
    private const int SecurePort = 443;

    /// <summary>Host name or address of the load balancer; resolves when there is one.</summary>
    [Output("loadBalancer")]
    public Output<string> LoadBalancer { get; private set; }

    public TraefikController(string name, TraefikControllerArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var chart = HelmCharts.Traefik;
        var home = new PlatformNamespace(
            $"{name}-namespace",
            new PlatformNamespaceArgs { NamespaceName = KubernetesName.Parse(chart.Namespace) },
            new ComponentResourceOptions { Parent = this });
        var release = ChartRelease.Make(
            name,
            chart,
            args.Chart,
            Values(args),
            new CustomResourceOptions { Parent = this, DependsOn = { home } },
            chart.Name,
            ChartRelease.PatientSeconds,
            // Ingresses need none of Traefik's own kinds, and nobody would take them away again.
            skipCrds: true);
        var service = new Service(
            name,
            new ServiceArgs { Metadata = Metadata(args), Spec = ServiceSpec(args) },
            // Pulumi waits for pods behind it. Its load balancer goes while there still is something to send requests to.
            ImmutableFields.Replacing(ImmutableFields.Service, new CustomResourceOptions { Parent = this, DependsOn = { release } }));
        LoadBalancer = service.Status.Apply(status =>
            status?.LoadBalancer?.Ingress is { IsDefaultOrEmpty: false } entries ? entries[0].Hostname ?? entries[0].Ip ?? "" : "");
        RegisterOutputs();
    }

    // What is an argument has been spelt so since Traefik 2; the chart's own values for the same were renamed between its versions.
    private static ImmutableDictionary<string, object> Values(TraefikControllerArgs args)
    {
        var chart = HelmCharts.Traefik;
        var values = Spec.From(
            ("deployment", Spec.From(("replicas", args.Replicas))),
            // Ingresses that name no class are none of its business.
            ("ingressClass", Spec.From(("enabled", true), ("isDefaultClass", false), ("name", args.ClassName))),
            ("providers", Spec.From(
                ("kubernetesCRD", Spec.From(("enabled", false))),
                ("kubernetesIngress", Spec.From(("enabled", true), ("publishedService", Spec.From(("enabled", false))))))),
            ("ingressRoute", Spec.From(("dashboard", Spec.From(("enabled", false))))),
            // One of this program's own, whose address it can read.
            ("service", Spec.From(("enabled", false))),
            ("additionalArguments", Spec.List(
                $"--providers.kubernetesingress.ingressclass={args.ClassName}",
                $"--providers.kubernetesingress.ingressendpoint.publishedservice={chart.Namespace}/{chart.Name}",
                $"--entrypoints.{Web}.http.redirections.entrypoint.to=:{SecurePort}",
                $"--entrypoints.{Web}.http.redirections.entrypoint.scheme=https",
                $"--entrypoints.{Web}.http.redirections.entrypoint.permanent=true",
                // A minute by default, in which no large file goes up.
                $"--entrypoints.{IngressController.Traefik.DefaultEntryPoint}.transport.respondingtimeouts.readtimeout={RoutingPlan.IdleSeconds}s")),
            ("resources", Spec.From(("requests", Spec.From(("cpu", "100m"), ("memory", "128Mi"))))));
        return args.Replicas < 2
            ? values
            : values
                .Add("podDisruptionBudget", Spec.From(("enabled", true), ("maxUnavailable", 1)))
                .Add("topologySpreadConstraints", Spec.List(Spec.From(
                    ("maxSkew", 1),
                    ("topologyKey", "kubernetes.io/hostname"),
                    ("whenUnsatisfiable", "ScheduleAnyway"),
                    ("labelSelector", Spec.From(("matchLabels", Selector.ToImmutableDictionary(
                        label => label.Key, object (label) => label.Value, StringComparer.Ordinal)))))));
    }

    // The chart's selector: the instance is release and namespace.
    private static ImmutableDictionary<string, string> Selector => ImmutableDictionary<string, string>.Empty
        .Add("app.kubernetes.io/name", HelmCharts.Traefik.Name)
        .Add("app.kubernetes.io/instance", $"{HelmCharts.Traefik.Name}-{HelmCharts.Traefik.Namespace}");

    private static ObjectMetaArgs Metadata(TraefikControllerArgs args)
    {
        var metadata = new ObjectMetaArgs { Name = HelmCharts.Traefik.Name, Namespace = HelmCharts.Traefik.Namespace };
        foreach (var (key, value) in Balancer(args).Annotations)
        {
            metadata.Annotations[key] = value;
        }

        return metadata;
    }

    private static ServiceSpecArgs ServiceSpec(TraefikControllerArgs args)
    {
        var spec = new ServiceSpecArgs
        {
            // The client's address stays, and only nodes with a pod are asked.
            ExternalTrafficPolicy = "Local",
            Ports = { Port(Web, WebPort), Port(IngressController.Traefik.DefaultEntryPoint, SecurePort) },
            Selector = Selector,
            Type = "LoadBalancer",
        };
        if (Balancer(args).Class is { } balancerClass)
        {
            spec.LoadBalancerClass = balancerClass;
        }

        if (!args.ClientBlocks.IsEmpty)
        {
            spec.LoadBalancerSourceRanges = args.ClientBlocks.Select(block => $"{block}").Order(StringComparer.Ordinal).ToImmutableArray();
        }

        return spec;
    }

    private static ServiceBalancer Balancer(TraefikControllerArgs args) =>
        ServiceBalancer.For(args.LoadBalancerMaker, [WebPort, SecurePort], args.InternetFacing);

    private static ServicePortArgs Port(string entryPoint, int port) => new() { Name = entryPoint, Port = port, Protocol = "TCP", TargetPort = entryPoint };
}

/// <summary>Whom Traefik serves, and who reaches it.</summary>
public sealed class TraefikControllerArgs : ResourceArgs
{
    public const int DefaultReplicas = 2;

    /// <summary>IngressClass that is made and served. Default traefik.</summary>
    public string ClassName { get; init; } = IngressController.Traefik.DefaultClassName;

    /// <summary>Pods. Default 2.</summary>
    public int Replicas { get; init; } = DefaultReplicas;

    /// <summary>What makes the load balancer of its Service.</summary>
    public required SshLoadBalancer LoadBalancerMaker { get; init; }

    /// <summary>Reachable from outside the network. Default true.</summary>
    public bool InternetFacing { get; init; } = true;

    /// <summary>Addresses that may connect. Default all.</summary>
    public ImmutableArray<Ipv4Block> ClientBlocks { get; init; } = [];

    /// <summary>What the stack wants of the chart in another way. Default nothing.</summary>
    public ChartOptions Chart { get; init; } = ChartOptions.None;
}
