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
    // The pods of OpenShift's resolver listen on 5353; NodeLocal DNSCache and everybody else on 53.
    private static readonly int[] ResolverPorts = [53, 5353];

    // Where pods behind an https address listen: Traefik on 8443, or on 8000 where a balancer before it ends TLS, as the Platform's own frontend; Istio,
    // Contour, Kong and HAProxy on 8443; Envoy Gateway on the listener's port and 10000.
    private static readonly int[] WebPorts = [443, 8000, 8443, 10443];

    // The API server of managed clusters listens on 443; kubeadm, k3s, RKE2 and OpenShift have it on 6443 of the nodes.
    private static readonly int[] ApiServerPorts = [443, 6443];

    // The addresses of the instance metadata service: AWS, Google Cloud and Azure share the first; AWS and Google Cloud have one each in IPv6.
    private const string MetadataService = "169.254.169.254/32";
    private static readonly string[] MetadataServiceInIpv6 = ["fd00:ec2::254/128", "fd20:ce::254/128"];

    /// <summary>TCP ports, from pods of the same namespace with one of the label sets; without label sets from anywhere.</summary>
    public static NetworkPolicyIngressRuleArgs From(ImmutableArray<Labels> pods, params int[] ports)
    {
        var rule = new NetworkPolicyIngressRuleArgs { Ports = Tcp(ports) };
        if (!pods.IsEmpty)
        {
            rule.From = Peers(pods);
        }

        return rule;
    }

    /// <summary>A TCP port, from the pods of a namespace.</summary>
    public static NetworkPolicyIngressRuleArgs FromNamespace(string name, int port) => new() { From = { PodsOf(name) }, Ports = Tcp([port]) };

    /// <summary>TCP ports, to pods of the same namespace with one of the label sets.</summary>
    public static NetworkPolicyEgressRuleArgs To(ImmutableArray<Labels> pods, params int[] ports) => new() { To = Peers(pods), Ports = Tcp(ports) };

    /// <summary>A Redis server: pods with the labels; without labels anywhere, on its own port and on the one that pods behind a Service listen on.</summary>
    public static NetworkPolicyEgressRuleArgs ToRedis(Labels? pods, Output<int> port)
    {
        if (pods is not null)
        {
            return new() { To = Peers([pods]), Ports = { new NetworkPolicyPortArgs { Port = port, Protocol = "TCP" } } };
        }

        return new() { Ports = port.Apply(given => Tcp([given, Redis.DefaultPort])) };
    }

    /// <summary>Name resolution, wherever the cluster's resolver runs: as pods, on the node (NodeLocal DNSCache) or outside.</summary>
    public static NetworkPolicyEgressRuleArgs ToDns() =>
        new() { Ports = ResolverPorts.SelectMany(port => new[] { Port(port, "UDP"), Port(port, "TCP") }).ToImmutableArray() };

    /// <summary>A web address, whether it leads outside or to a gateway in this cluster.</summary>
    public static NetworkPolicyEgressRuleArgs ToWeb(int port) => new() { Ports = Tcp([port, .. WebPorts]) };

    /// <summary>The API server, on the given ports besides the usual ones. It may listen on a node, which some agents find in no block of addresses.</summary>
    public static NetworkPolicyEgressRuleArgs ToApiServer(IEnumerable<int> ports) => new() { Ports = Tcp([.. ApiServerPorts, .. ports]) };

    /// <summary>Every pod and every address, for foreign code; the metadata service of the node only where it answers for the pod alone.</summary>
    /// <remarks>Pods beside the blocks: some network plugins (Cilium, GKE Dataplane V2) do not count pods among the addresses of a block.</remarks>
    public static NetworkPolicyEgressRuleArgs Everywhere(bool metadataServiceAllowed)
    {
        var ipv4 = new IPBlockArgs { Cidr = "0.0.0.0/0" };
        var ipv6 = new IPBlockArgs { Cidr = "::/0" };
        if (!metadataServiceAllowed)
        {
            ipv4.Except.Add(MetadataService);
            ipv6.Except.AddRange(MetadataServiceInIpv6);
        }

        return new()
        {
            To =
            {
                new NetworkPolicyPeerArgs { NamespaceSelector = new LabelSelectorArgs() },
                new NetworkPolicyPeerArgs { IpBlock = ipv4 },
                new NetworkPolicyPeerArgs { IpBlock = ipv6 },
            },
        };
    }

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

    private static NetworkPolicyPeerArgs PodsOf(string name) =>
        new() { NamespaceSelector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = name } } };

    private static ImmutableArray<NetworkPolicyPeerArgs> Peers(ImmutableArray<Labels> pods) =>
        [.. pods.Select(labels => new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs { MatchLabels = labels.Selector } })];

    private static ImmutableArray<NetworkPolicyPortArgs> Tcp(IEnumerable<int> ports) => [.. ports.Distinct().Select(port => Port(port, "TCP"))];

    private static NetworkPolicyPortArgs Port(int port, string protocol) => new() { Port = port, Protocol = protocol };
}

/// <summary>Traffic that pods may start besides what the platform itself needs.</summary>
/// <param name="Ports">TCP ports, as the pods behind an address listen on them.</param>
/// <param name="Block">Addresses in CIDR form; null for any peer.</param>
/// <param name="Namespace">Namespace whose pods are meant; null for any peer.</param>
public sealed record FurtherEgress(ImmutableArray<int> Ports, string? Block = null, string? Namespace = null);

/// <summary>One NetworkPolicy: some pods, and everything that they may take and start.</summary>
/// <param name="Pods">Labels of the pods; null for every pod of the namespace.</param>
/// <param name="Ingress">What they take. A rule without peers admits everybody; without a rule there is no access.</param>
/// <param name="Egress">What they start.</param>
public sealed record PodTraffic(
    Labels? Pods, ImmutableArray<NetworkPolicyIngressRuleArgs> Ingress, ImmutableArray<NetworkPolicyEgressRuleArgs> Egress)
{
    /// <summary>The specification: whatever no rule allows is refused in both directions.</summary>
    public NetworkPolicySpecArgs ToSpec()
    {
        var spec = new NetworkPolicySpecArgs
        {
            PodSelector = Pods is null ? new LabelSelectorArgs() : new LabelSelectorArgs { MatchLabels = Pods.Selector },
            PolicyTypes = { "Ingress", "Egress" },
        };
        // One by one: a list that is assigned stands in the object even where it is empty.
        foreach (var rule in Ingress)
        {
            spec.Ingress.Add(rule);
        }

        foreach (var rule in Egress)
        {
            spec.Egress.Add(rule);
        }

        return spec;
    }
}

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
    public static IEnumerable<int> PortsIn(IEnumerable<KeyValuePair<string, string>> environment) => environment
        .Where(variable => IsNamedBy(variable.Key))
        .Select(variable => Port(variable.Value))
        .OfType<int>()
        .Distinct()
        .Order();

    // A bare host:port is http.
    private static Uri? Parse(string address)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}";
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" or "socks5" or "socks5h", Host.Length: > 0 }
            ? uri
            : null;
    }
}
