using System.Collections.Immutable;
using Infra.Manifests;
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

/// <summary>The front of Studios: browsers sign in here through the Platform and are led to their session.</summary>
public sealed class ConnectProxy : ComponentResource
{
    private const string Token = "platform:connect:ConnectProxy";
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
        ConnectGuards.Replicas(args.Autoscaling?.Minimum ?? args.Replicas, "connect-proxy", this);
        ConnectGuards.ExtraEnvironment(args.ExtraEnvironment, "connect-proxy", this);
        var environment = ConnectEnvironment.Proxy(EnvironmentOf(args));
        _labels = ConnectLabels.Proxy with { Version = args.Image.Tag };

        var account = new ServiceAccount(
            $"{name}-account",
            new ServiceAccountArgs { Metadata = Metadata(args), AutomountServiceAccountToken = false },
            new CustomResourceOptions { Parent = this });
        var pod = new ConnectPod(args.Workload, _labels)
        {
            Account = account.Metadata.Apply(metadata => metadata.Name),
            Container = ConnectProxyContainer.Of(args),
            Environment = environment,
            RegistrationToken = args.RegistrationToken,
            SshHostKey = args.Ssh?.HostKey,
            QuotaPolicy = args.Quotas?.Hash(),
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

    private static ConnectProxyEnvironment EnvironmentOf(ConnectProxyArgs args) => new(
        args.ConnectUrl,
        args.PlatformUrl,
        args.ServerName.Text,
        args.LocalCacheLifetime,
        args.Workload.ReadOnlyRootFilesystem || args.Workload.ClusterChoosesUser,
        args.Workload.Redis.Plain,
        args.Workload.LogLevel,
        args.ExtraEnvironment)
    {
        Profile = args.Workload.Profile,
        Ssh = args.Ssh?.Limits,
        Quotas = args.Quotas is not null,
        TrustedProxies = args.TrustedProxies,
    };

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

    private ObjectMetaArgs Metadata(ConnectProxyArgs args) => new() { Name = args.ServiceName.Text, Namespace = args.Workload.Namespace, Labels = _labels.All };

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

    // SSH comes through a layer 4 balancer that keeps the client's address: it may be anybody's.
    private static ImmutableArray<NetworkPolicyIngressRuleArgs> NetworkIngress(ConnectProxyArgs args)
    {
        var http = NetworkRules.From(args.IngressPeers, args.Workload.Profile.HttpPort);
        return args.Ssh is null ? [http] : [http, NetworkRules.From(ImmutableArray<Labels>.Empty, ConnectPorts.Ssh)];
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

        ImmutableArray<NetworkPolicyEgressRuleArgs> egress =
        [
            NetworkRules.ToDns(),
            NetworkRules.To(ImmutableArray.Create(ConnectLabels.Server), ConnectPorts.Tunnel, ConnectPorts.Listener),
            NetworkRules.To(args.Workload.Redis.Pods, args.Workload.Redis.Port),
            NetworkRules.To(ImmutableArray<Labels>.Empty, args.PlatformUrl.Port),
            .. args.ExtraEgress,
        ];
        new NetworkPolicy(
            $"{name}-policy",
            new NetworkPolicyArgs
            {
                Metadata = Metadata(args),
                Spec = new NetworkPolicySpecArgs
                {
                    PodSelector = new LabelSelectorArgs { MatchLabels = _labels.Selector },
                    PolicyTypes = { "Ingress", "Egress" },
                    Ingress = NetworkIngress(args),
                    Egress = egress,
                },
            },
            new CustomResourceOptions { Parent = this });
    }
}
