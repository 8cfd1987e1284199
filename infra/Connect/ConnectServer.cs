using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace Infra.Connect;

/// <summary>The end of the tunnels: sessions connect out to it, and the proxy finds them there.</summary>
public sealed class ConnectServer : ComponentResource
{
    private const string Token = "platform:connect:ConnectServer";

    /// <summary>Name of StatefulSet and Service, and the domain that the servers register under.</summary>
    public const string PhysicalName = "connect-server";

    private const string TunnelPort = "tunnel";
    private const string ListenerPort = "listener";

    // Seqera's chart suggests 20m and 50Mi to start with.
    private static readonly ResourceAmounts PodResources = new(Quantity.Parse("50m"), Quantity.Parse("128Mi"), Quantity.Parse("64Mi"));

    /// <summary>Name of the headless Service; resolves when it exists.</summary>
    [Output("serviceName")]
    public Output<string> ServiceName { get; private set; }

    private readonly Labels _labels;

    public ConnectServer(string name, ConnectServerArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        ConnectGuards.Replicas(args.Replicas, PhysicalName, this);
        ConnectGuards.ExtraEnvironment([.. args.ExtraEnvironment.Keys, .. args.SecretEnvironment.Keys], PhysicalName, this);
        _labels = ConnectLabels.Server with { Version = args.Image.Tag };

        var account = new ServiceAccount(
            $"{name}-account",
            new ServiceAccountArgs { Metadata = Metadata(args), AutomountServiceAccountToken = false },
            new CustomResourceOptions { Parent = this });
        var service = new Service(
            $"{name}-service",
            new ServiceArgs { Metadata = Metadata(args), Spec = ServiceSpec() },
            new CustomResourceOptions { Parent = this });
        var secrets = SecretVariables.Make(name, args.SecretEnvironment, args.Workload.Namespace, this);
        var pod = new ConnectPod(args.Workload, args.Pod, _labels)
        {
            Account = account.Metadata.Apply(metadata => metadata.Name),
            Container = Container(args),
            Environment = ConnectEnvironment.Server(args, secrets),
            SecretVariables = secrets,
        };
        new StatefulSet(
            name,
            new StatefulSetArgs
            {
                Metadata = Metadata(args),
                Spec = new StatefulSetSpecArgs
                {
                    // Servers do not know each other: there is nothing to wait for between them.
                    PodManagementPolicy = "Parallel",
                    Replicas = args.Replicas,
                    Selector = new LabelSelectorArgs { MatchLabels = _labels.Selector },
                    ServiceName = service.Metadata.Apply(metadata => metadata.Name),
                    Template = pod.Template(),
                },
            },
            new CustomResourceOptions { Parent = this });
        MakeGuards(name, args);

        ServiceName = service.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs();
    }

    private static ContainerArgs Container(ConnectServerArgs args) => new()
    {
        Name = "server",
        Image = args.Image.From(args.Workload.Registry).ToString(),
        ImagePullPolicy = "IfNotPresent",
        Ports =
        {
            new ContainerPortArgs { Name = TunnelPort, ContainerPortValue = ConnectPorts.Tunnel, Protocol = "TCP" },
            new ContainerPortArgs { Name = ListenerPort, ContainerPortValue = ConnectPorts.Listener, Protocol = "TCP" },
        },
        // The vendor documents no health path: an open port is all that can be asked for.
        LivenessProbe = ConnectProbes.Liveness(TunnelPort),
        ReadinessProbe = ConnectProbes.Readiness(ListenerPort),
        Resources = PodResources.With(args.Pod.Size).ToRequirements(),
        SecurityContext = ConnectSecurity.Container(args.Workload),
    };

    private ObjectMetaArgs Metadata(ConnectServerArgs args) => new() { Name = PhysicalName, Namespace = args.Workload.Namespace, Labels = _labels.All };

    // Headless, because the proxy dials each pod by its own address. The ports carry no traffic but tell network tools what there is.
    private ServiceSpecArgs ServiceSpec() => new()
    {
        ClusterIP = "None",
        Ports =
        {
            new ServicePortArgs { Name = TunnelPort, Port = ConnectPorts.Tunnel, TargetPort = TunnelPort, Protocol = "TCP" },
            new ServicePortArgs { Name = ListenerPort, Port = ConnectPorts.Listener, TargetPort = ListenerPort, Protocol = "TCP" },
        },
        Selector = _labels.Selector,
    };

    private void MakeGuards(string name, ConnectServerArgs args)
    {
        new PodDisruptionBudget(
            $"{name}-budget",
            new PodDisruptionBudgetArgs { Metadata = Metadata(args), Spec = ConnectGuards.Budget(_labels) },
            new CustomResourceOptions { Parent = this });
        if (!args.Workload.NetworkPoliciesEnabled)
        {
            return;
        }

        // Sessions come through the load balancer and the proxy, never here directly.
        var traffic = new PodTraffic(
            _labels,
            [
                NetworkRules.From([ConnectLabels.Proxy], ConnectPorts.Tunnel, ConnectPorts.Listener),
                .. ConnectGuards.ManagementIngress(args.Workload),
            ],
            ConnectGuards.Egress(args.Workload, args.ExtraEnvironment));
        new NetworkPolicy(
            $"{name}-policy",
            new NetworkPolicyArgs { Metadata = Metadata(args), Spec = traffic.ToSpec() },
            new CustomResourceOptions { Parent = this });
    }
}

/// <summary>Image, size and name of connect-server.</summary>
public sealed class ConnectServerArgs : ResourceArgs
{
    public const int DefaultReplicas = 2;

    /// <summary>What it shares with the proxy.</summary>
    public required ConnectWorkloadArgs Workload { get; init; }

    /// <summary>Image. Default <see cref="ConnectImages.Server"/>.</summary>
    public ImageReference Image { get; init; } = ConnectImages.Server;

    /// <summary>What the operator says about the pods. Default nothing.</summary>
    public PodOptions Pod { get; init; } = PodOptions.None;

    /// <summary>Pods. Default 2, as in Seqera's manifests. Taking one away drops its tunnels.</summary>
    public int Replicas { get; init; } = DefaultReplicas;

    /// <summary>Further environment variables, not secret; none that <see cref="ConnectEnvironment"/> sets. Default none.</summary>
    public ImmutableDictionary<string, string> ExtraEnvironment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Further environment variables that are secret, each by its value; none that <see cref="ConnectEnvironment"/> sets. Default none.</summary>
    public ImmutableSortedDictionary<string, Input<string>> SecretEnvironment { get; init; } = ImmutableSortedDictionary<string, Input<string>>.Empty;
}
