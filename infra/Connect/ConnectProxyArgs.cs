using System.Collections.Immutable;
using Infra.Dns;
using Infra.Manifests;
using Infra.Quotas;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Connect;

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

    /// <summary>Service name of the connect-server to tunnel to. Default <c>connect-server</c>.</summary>
    public KubernetesName ServerName { get; init; } = KubernetesName.Parse("connect-server");

    /// <summary>Physical name of Deployment and Service. Default <c>connect-proxy</c>.</summary>
    public KubernetesName ServiceName { get; init; } = KubernetesName.Parse("connect-proxy");

    /// <summary>Image. Default <see cref="ConnectImages.Proxy"/>.</summary>
    public ImageReference Image { get; init; } = ConnectImages.Proxy;

    /// <summary>Pods, when there is no <see cref="Autoscaling"/>. Default 2.</summary>
    public int Replicas { get; init; } = DefaultReplicas;

    /// <summary>Let the number of pods follow the load. Default: it stays at <see cref="Replicas"/>.</summary>
    public Autoscaling? Autoscaling { get; init; }

    /// <summary>Processor, memory and disk of one pod. Default 100m, 256Mi, 256Mi; Seqera's chart suggests 30m and 64Mi to start with.</summary>
    public ResourceAmounts Resources { get; init; } = new(Quantity.Parse("100m"), Quantity.Parse("256Mi"), Quantity.Parse("256Mi"));

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

    /// <summary>Type of the Service: <c>ClusterIP</c>, or <c>NodePort</c> where a load balancer targets nodes. Default ClusterIP.</summary>
    public string ServiceType { get; init; } = "ClusterIP";

    /// <summary>Annotations of the Service, where load balancers look for health checks and timeouts. Default none.</summary>
    public InputMap<string>? ServiceAnnotations { get; init; }

    /// <summary>Who may reach the proxy's port: the ingress controller's pods or the load balancer's addresses. Default anybody.</summary>
    public ImmutableArray<NetworkPolicyPeerArgs> IngressPeers { get; init; } = [];

    /// <summary>Where else the proxy may connect to, for a Platform behind an in-cluster load balancer on another port. Default nowhere.</summary>
    public ImmutableArray<NetworkPolicyEgressRuleArgs> ExtraEgress { get; init; } = [];
}
