using System.Collections.Immutable;
using Infra.Dns;
using Infra.Manifests;
using Infra.Quotas;
using Infra.Routing;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;
using Apps = Pulumi.Kubernetes.Apps.V1;

namespace Infra.Connect;

/// <summary>The front of Studios: browsers sign in here through the Platform and reach their session.</summary>
public sealed class ConnectProxy : ComponentResource
{
    private const string Token = "platform:connect:ConnectProxy";

    /// <summary>Name of Deployment and Service.</summary>
    public const string PhysicalName = "connect-proxy";

    private const string HttpPort = ConnectProxyContainer.HttpPort;

    /// <summary>Name of the Service; resolves when it exists.</summary>
    [Output("serviceName")]
    public Output<string> ServiceName { get; private set; }

    /// <summary>Address that browsers reach the proxy at, as given.</summary>
    [Output("connectUrl")]
    public Output<string> ConnectUrl { get; private set; }

    private readonly Labels _labels;

    public ConnectProxy(string name, ConnectProxyArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        ConnectGuards.Replicas(args.Autoscaling?.Minimum ?? args.Replicas, PhysicalName, this);
        ConnectGuards.ExtraEnvironment([.. args.ExtraEnvironment.Keys, .. args.SecretEnvironment.Keys], PhysicalName, this);
        _labels = ConnectLabels.Proxy with { Version = args.Image.Tag };

        var account = new ServiceAccount(
            $"{name}-account",
            new ServiceAccountArgs { Metadata = Metadata(args), AutomountServiceAccountToken = false },
            new CustomResourceOptions { Parent = this });
        var secrets = SecretVariables.Make(name, args.SecretEnvironment, args.Workload.Namespace, this);
        var pod = new ConnectPod(args.Workload, args.Pod, _labels)
        {
            Account = account.Metadata.Apply(metadata => metadata.Name),
            Container = ConnectProxyContainer.Create(args),
            Environment = ConnectEnvironment.Proxy(args, secrets),
            SecretVariables = secrets,
            RegistrationToken = args.RegistrationToken,
            SshHostKey = args.Ssh?.HostKey,
            QuotaPolicy = args.Quotas?.Hash(),
            DrainSeconds = args.DrainSeconds,
            Volumes = ConnectProxyContainer.Volumes(args, QuotaPolicy(name, args)),
        };
        var deployment = new Apps.Deployment(
            name,
            new DeploymentArgs { Metadata = Metadata(args), Spec = DeploymentSpec(args, pod) },
            new CustomResourceOptions { Parent = this });
        if (args.Autoscaling is { } autoscaling)
        {
            ConnectProxyScaler.Make(name, autoscaling, Metadata(args), deployment, this);
        }

        var service = new Service(
            $"{name}-service",
            new ServiceArgs { Metadata = ServiceMetadata(args), Spec = ServiceSpec(args) },
            new CustomResourceOptions { Parent = this });
        MakeGuards(name, args);

        ServiceName = service.Metadata.Apply(metadata => metadata.Name);
        ConnectUrl = Output.Create(args.ConnectUrl.Text);
        RegisterOutputs();
    }

    // Named by Pulumi, so that another policy is another ConfigMap: pods that roll back find the one they started with.
    private Output<string>? QuotaPolicy(string name, ConnectProxyArgs args) => args.Quotas is not { } quotas
        ? null
        : new ConfigMap(
            $"{name}-quotas",
            new ConfigMapArgs
            {
                Metadata = new ObjectMetaArgs { Namespace = args.Workload.Namespace, Labels = _labels.All },
                Data = { [ConnectFiles.QuotaPolicyFile] = quotas.ToJson() },
                Immutable = true,
            },
            new CustomResourceOptions { Parent = this }).Metadata.Apply(metadata => metadata.Name);

    private DeploymentSpecArgs DeploymentSpec(ConnectProxyArgs args, ConnectPod pod)
    {
        var spec = new DeploymentSpecArgs
        {
            Selector = new LabelSelectorArgs { MatchLabels = _labels.Selector },
            Strategy = new DeploymentStrategyArgs
            {
                Type = "RollingUpdate",
                RollingUpdate = new RollingUpdateDeploymentArgs { MaxSurge = 1, MaxUnavailable = 0 },
            },
            Template = pod.Template(),
        };
        if (args.Autoscaling is null)
        {
            // With a scaler the number is the scaler's: stating one here would undo its work at every update.
            spec.Replicas = args.Replicas;
        }

        return spec;
    }

    private ObjectMetaArgs Metadata(ConnectProxyArgs args) => new() { Name = PhysicalName, Namespace = args.Workload.Namespace, Labels = _labels.All };

    private ObjectMetaArgs ServiceMetadata(ConnectProxyArgs args)
    {
        var metadata = Metadata(args);
        if (args.ServiceAnnotations is { } annotations)
        {
            metadata.Annotations = annotations;
        }

        return metadata;
    }

    private ServiceSpecArgs ServiceSpec(ConnectProxyArgs args) => new()
    {
        Ports = { new ServicePortArgs { Name = HttpPort, Port = ConnectPorts.ProxyService, TargetPort = HttpPort, Protocol = "TCP" } },
        Selector = _labels.Selector,
        Type = args.ServiceType,
    };

    // SSH comes through a layer 4 balancer that keeps the client's address: it may be any address.
    private static ImmutableArray<NetworkPolicyIngressRuleArgs> NetworkIngress(ConnectProxyArgs args)
    {
        var http = NetworkRules.From([], args.Workload.Profile.HttpPort);
        ImmutableArray<NetworkPolicyIngressRuleArgs> open = args.Ssh is null ? [http] : [http, NetworkRules.From([], ConnectPorts.Ssh)];
        return [.. open, .. ConnectGuards.ManagementIngress(args.Workload)];
    }

    private void MakeGuards(string name, ConnectProxyArgs args)
    {
        new PodDisruptionBudget(
            $"{name}-budget",
            new PodDisruptionBudgetArgs { Metadata = Metadata(args), Spec = ConnectGuards.Budget(_labels) },
            new CustomResourceOptions { Parent = this });
        if (!args.Workload.NetworkPoliciesEnabled)
        {
            return;
        }

        var traffic = new PodTraffic(
            _labels,
            NetworkIngress(args),
            [
                .. ConnectGuards.Egress(args.Workload, args.ExtraEnvironment),
                NetworkRules.To([ConnectLabels.Server], ConnectPorts.Tunnel, ConnectPorts.Listener),
                NetworkRules.ToWeb(args.PlatformUrl.Port),
            ]);
        new NetworkPolicy(
            $"{name}-policy",
            new NetworkPolicyArgs { Metadata = Metadata(args), Spec = traffic.ToSpec() },
            new CustomResourceOptions { Parent = this });
    }
}

/// <summary>Addresses, image and size of connect-proxy.</summary>
public sealed class ConnectProxyArgs : ResourceArgs
{
    public const int DefaultReplicas = 2;
    public static readonly TimeSpan DefaultLocalCacheLifetime = TimeSpan.FromMinutes(2);

    /// <summary>What it shares with the server.</summary>
    public required ConnectWorkloadArgs Workload { get; init; }

    /// <summary>Address that browsers reach the proxy at.</summary>
    public required WebOrigin ConnectUrl { get; init; }

    /// <summary>Address of the Platform, spelled as its <c>TOWER_SERVER_URL</c>.</summary>
    public required WebOrigin PlatformUrl { get; init; }

    /// <summary>The OIDC initial registration token; the Platform backend reads the same one.</summary>
    public required SecretKeyRef RegistrationToken { get; init; }

    /// <summary>Image. Default <see cref="ConnectImages.Proxy"/>.</summary>
    public ImageReference Image { get; init; } = ConnectImages.Proxy;

    /// <summary>What the operator says about the pods. Default nothing.</summary>
    public PodOptions Pod { get; init; } = PodOptions.None;

    /// <summary>Pods, when there is no <see cref="Autoscaling"/>. Default 2.</summary>
    public int Replicas { get; init; } = DefaultReplicas;

    /// <summary>Let the number of pods follow the load. Default: it stays at <see cref="Replicas"/>.</summary>
    public Autoscaling? Autoscaling { get; init; }

    /// <summary>How long a proxy remembers where a session is. Default two minutes, as Connect's own.</summary>
    public TimeSpan LocalCacheLifetime { get; init; } = DefaultLocalCacheLifetime;

    /// <summary>SSH into sessions. Default none.</summary>
    public ConnectSshArgs? Ssh { get; init; }

    /// <summary>How many bytes who may move. Default no limit.</summary>
    public QuotaPolicy? Quotas { get; init; }

    /// <summary>CIDRs of balancers whose <c>X-Forwarded-For</c> is believed. Default none, as Connect's own.</summary>
    public ImmutableArray<string> TrustedProxies { get; init; } = [];

    /// <summary>Further environment variables, not secret; none that <see cref="ConnectEnvironment"/> sets. Default none.</summary>
    public ImmutableDictionary<string, string> ExtraEnvironment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Further environment variables that are secret, each by its value; none that <see cref="ConnectEnvironment"/> sets. Default none.</summary>
    public ImmutableSortedDictionary<string, Input<string>> SecretEnvironment { get; init; } = ImmutableSortedDictionary<string, Input<string>>.Empty;

    /// <summary>
    /// Seconds for which a pod that goes answers on, until balancers have let go of it; Kubernetes sleeps for the container from 1.30 on. 0 stops it at once.
    /// </summary>
    public int DrainSeconds { get; init; } = RoutingPlan.ReactionSeconds;

    /// <summary>Type of the Service: <c>ClusterIP</c>, or <c>NodePort</c> where a load balancer targets nodes. Default ClusterIP.</summary>
    public string ServiceType { get; init; } = "ClusterIP";

    /// <summary>Annotations of the Service, where load balancers look for health checks and timeouts. Default none.</summary>
    public InputMap<string>? ServiceAnnotations { get; init; }
}
