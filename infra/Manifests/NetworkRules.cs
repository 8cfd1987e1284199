using System.Collections.Immutable;
using Infra.Cache;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Manifests;

/// <summary>The few forms of network rule that the platform's policies are made of; docs/network-policies.md says why each is as wide as it is.</summary>
/// <remarks>
/// A policy is evaluated after the address of a Service became that of a pod: the port that counts is the one the pod listens on. And some agents (Cilium)
/// count neither pods nor nodes among the addresses of a block: a peer that may be either is not named at all.
/// </remarks>
public static class NetworkRules
{
    // The pods of OpenShift's resolver listen on another port than NodeLocal DNSCache and everybody else.
    private const int ResolverPort = 53;
    private const int OpenShiftResolverPort = 5353;

    // Where pods behind an https address listen: Traefik on 8443, or on 8000 where a balancer before it ends TLS, as the Platform's own frontend; Istio,
    // Contour, Kong and HAProxy on 8443; Envoy Gateway on the listener's port and 10000.
    private static readonly int[] WebPorts = [443, 8000, 8443, 10443];

    // The API server of managed clusters listens on 443; kubeadm, k3s, RKE2 and OpenShift have it on 6443 of the nodes.
    private static readonly int[] ApiServerPorts = [443, 6443];

    // The addresses of the instance metadata service: AWS, Google Cloud and Azure share the first; AWS and Google Cloud have one each in IPv6.
    private const string MetadataService = "169.254.169.254/32";
    private static readonly string[] MetadataServiceInIpv6 = ["fd00:ec2::254/128", "fd20:ce::254/128"];

    // RFC 1918, RFC 6598, which EKS and GKE take for pods as well, and RFC 4193.
    private static readonly string[] Private = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];
    private const string PrivateInIpv6 = "fc00::/7";

    /// <summary>TCP ports, all of them where none is given, from pods of the same namespace; without pods from anywhere.</summary>
    public static NetworkPolicyIngressRuleArgs From(ImmutableArray<PodSelection> pods, params int[] ports)
    {
        var rule = new NetworkPolicyIngressRuleArgs();
        if (ports.Length > 0)
        {
            rule.Ports = Tcp(ports);
        }

        if (!pods.IsEmpty)
        {
            rule.From = Peers(pods);
        }

        return rule;
    }

    /// <summary>TCP ports, from the pods of a namespace.</summary>
    public static NetworkPolicyIngressRuleArgs FromNamespace(string name, params int[] ports) => new() { From = { PodsOf(name) }, Ports = Tcp(ports) };

    /// <summary>TCP ports, all of them where none is given, to pods of the same namespace.</summary>
    public static NetworkPolicyEgressRuleArgs To(ImmutableArray<PodSelection> pods, params int[] ports)
    {
        var rule = new NetworkPolicyEgressRuleArgs { To = Peers(pods) };
        if (ports.Length > 0)
        {
            rule.Ports = Tcp(ports);
        }

        return rule;
    }

    /// <summary>A server that may be outside or behind a Service of the cluster: its own port, and the one that pods of its kind listen on.</summary>
    public static NetworkPolicyEgressRuleArgs ToServer(Output<int> port, int usual) => new() { Ports = port.Apply(given => Tcp([given, usual])) };

    /// <summary>TCP ports of any peer.</summary>
    public static NetworkPolicyEgressRuleArgs ToPorts(params IEnumerable<int> ports) => new() { Ports = Tcp(ports) };

    /// <summary>For foreign code: every pod and every address, but not the node's credentials.</summary>
    /// <param name="metadataServiceAllowed">
    /// Whether pods may ask the metadata service at its link-local address: there it hands out the credentials of the node, except on GKE, where Workload
    /// Identity answers at the same address for the pod alone.
    /// </param>
    /// <remarks>Pods beside the blocks: some network plugins (Cilium, GKE Dataplane V2) do not count pods among the addresses of a block.</remarks>
    public static NetworkPolicyEgressRuleArgs ToEverywhere(bool metadataServiceAllowed)
    {
        var rule = new NetworkPolicyEgressRuleArgs { To = { new NetworkPolicyPeerArgs { NamespaceSelector = new LabelSelectorArgs() } } };
        rule.To.AddRange(Addresses(metadataServiceAllowed, [], []));
        return rule;
    }

    /// <summary>As <see cref="ToEverywhere"/>, without the pods of the cluster and the private addresses around it.</summary>
    public static NetworkPolicyEgressRuleArgs ToInternet(bool metadataServiceAllowed) =>
        new() { To = Addresses(metadataServiceAllowed, Private, [PrivateInIpv6]) };

    /// <summary>A Redis server: pods with the labels; without labels anywhere, on its own port and on the one that pods behind a Service listen on.</summary>
    public static NetworkPolicyEgressRuleArgs ToRedis(Labels? pods, Output<int> port)
    {
        if (pods is not null)
        {
            return new() { To = Peers([pods]), Ports = { new NetworkPolicyPortArgs { Port = port, Protocol = "TCP" } } };
        }

        return ToServer(port, Redis.DefaultPort);
    }

    /// <summary>Name resolution, wherever the cluster's resolver runs: as pods, on the node (NodeLocal DNSCache) or outside.</summary>
    public static NetworkPolicyEgressRuleArgs ToDns() => new()
    {
        Ports = { Port(ResolverPort, "UDP"), Port(ResolverPort, "TCP"), Port(OpenShiftResolverPort, "UDP"), Port(OpenShiftResolverPort, "TCP") },
    };

    /// <summary>A web address, whether it leads outside or to a gateway in this cluster.</summary>
    public static NetworkPolicyEgressRuleArgs ToWeb(int port) => new() { Ports = Tcp([port, .. WebPorts]) };

    /// <summary>The API server, on the given ports besides the usual ones. It may listen on a node, which some agents find in no block of addresses.</summary>
    public static NetworkPolicyEgressRuleArgs ToApiServer(IEnumerable<int> ports) => new() { Ports = Tcp([.. ApiServerPorts, .. ports]) };

    /// <summary>The forward proxies that environment variables name; none where they name none.</summary>
    public static ImmutableArray<NetworkPolicyEgressRuleArgs> ToProxies(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var ports = Tcp(ForwardProxy.PortsIn(environment));
        return ports.IsEmpty ? [] : [new() { Ports = ports }];
    }

    /// <summary>What an operator allows besides.</summary>
    public static IEnumerable<NetworkPolicyEgressRuleArgs> ToFurther(ImmutableArray<FurtherEgress> further) => further.Select(egress =>
    {
        var rule = new NetworkPolicyEgressRuleArgs { Ports = Tcp(egress.Ports) };
        if (egress.Block is { } block)
        {
            rule.To.Add(new NetworkPolicyPeerArgs { IpBlock = new IPBlockArgs { Cidr = block } });
        }

        if (egress.Namespace is { } name)
        {
            rule.To.Add(PodsOf(name));
        }

        return rule;
    });

    private static ImmutableArray<NetworkPolicyPeerArgs> Addresses(bool metadataServiceAllowed, string[] except, string[] exceptInIpv6)
    {
        // A block inside another exception is no exception of its own.
        var metadataInIpv6 = exceptInIpv6.Length == 0 ? MetadataServiceInIpv6 : [];
        return
        [
            Block("0.0.0.0/0", metadataServiceAllowed ? except : [.. except, MetadataService]),
            Block("::/0", metadataServiceAllowed ? exceptInIpv6 : [.. exceptInIpv6, .. metadataInIpv6]),
        ];
    }

    private static NetworkPolicyPeerArgs Block(string cidr, string[] except)
    {
        var block = new IPBlockArgs { Cidr = cidr };
        foreach (var part in except)
        {
            block.Except.Add(part);
        }

        return new() { IpBlock = block };
    }

    private static NetworkPolicyPeerArgs PodsOf(string name) =>
        new() { NamespaceSelector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = name } } };

    private static ImmutableArray<NetworkPolicyPeerArgs> Peers(ImmutableArray<PodSelection> pods) =>
        [.. pods.Select(selection => new NetworkPolicyPeerArgs { PodSelector = selection.ToArgs() })];

    private static ImmutableArray<NetworkPolicyPortArgs> Tcp(IEnumerable<int> ports)
    {
        HashSet<int> named = [];
        List<NetworkPolicyPortArgs> rules = [];
        foreach (var port in ports)
        {
            if (named.Add(port))
            {
                rules.Add(Port(port, "TCP"));
            }
        }

        return [.. rules];
    }

    private static NetworkPolicyPortArgs Port(int port, string protocol) => new() { Port = port, Protocol = protocol };
}

/// <summary>Traffic that pods may start besides what the platform itself needs.</summary>
/// <param name="Ports">TCP ports, as the pods behind an address listen on them.</param>
/// <param name="Block">Addresses in CIDR form; null for any peer.</param>
/// <param name="Namespace">Namespace whose pods are meant; null for any peer.</param>
public sealed record FurtherEgress(ImmutableArray<int> Ports, string? Block = null, string? Namespace = null);

/// <summary>The forward proxy that programs are told by the customary environment variables.</summary>
public static class ForwardProxy
{
    private const int SocksPort = 1080;

    private static readonly string[] Names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    /// <summary>Whether a variable names a proxy, in either spelling.</summary>
    public static bool IsNamedBy(string variable) => Names.Contains(variable, StringComparer.OrdinalIgnoreCase);

    /// <summary>The port of a proxy's address as Go programs read it (<c>http.ProxyFromEnvironment</c>), null for what is no address.</summary>
    public static int? Port(string address) => Parse(address) switch
    {
        { Port: > 0 } uri => uri.Port,
        { Scheme: "socks5" or "socks5h" } => SocksPort,
        _ => null,
    };

    /// <summary>Whether an address carries a password.</summary>
    public static bool HasPassword(string address) => Parse(address) is { UserInfo: var user } && user.Contains(':', StringComparison.Ordinal);

    /// <summary>The ports of all proxies that the variables name, each once.</summary>
    public static IEnumerable<int> PortsIn(IEnumerable<KeyValuePair<string, string>> environment)
    {
        List<int> ports = [];
        foreach (var (variable, address) in environment)
        {
            if (IsNamedBy(variable) && Port(address) is { } port && !ports.Contains(port))
            {
                ports.Add(port);
            }
        }

        ports.Sort();
        return ports;
    }

    // A bare host:port is http.
    private static Uri? Parse(string address)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}";
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" or "socks5" or "socks5h", Host.Length: > 0 }
            ? uri
            : null;
    }
}
