using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Manifests;

/// <summary>The few forms of network rule that the platform's policies are made of.</summary>
public static class NetworkRules
{
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

    /// <summary>TCP ports, to pods of the same namespace with one of the label sets; without label sets to anywhere.</summary>
    public static NetworkPolicyEgressRuleArgs To(ImmutableArray<Labels> pods, params int[] ports) => To(Peers(pods), Tcp(ports));

    /// <summary>A TCP port that is known only later, to pods of the same namespace with the labels; without labels to anywhere.</summary>
    public static NetworkPolicyEgressRuleArgs To(Labels? pods, Output<int> port) =>
        To(Peers(pods is null ? [] : [pods]), [new NetworkPolicyPortArgs { Port = port, Protocol = "TCP" }]);

    /// <summary>Name resolution, wherever the cluster's resolver runs: as pods, on the node (NodeLocal DNSCache) or outside.</summary>
    public static NetworkPolicyEgressRuleArgs ToDns() => new()
    {
        Ports =
        {
            new NetworkPolicyPortArgs { Port = 53, Protocol = "UDP" },
            new NetworkPolicyPortArgs { Port = 53, Protocol = "TCP" },
        },
    };

    private static NetworkPolicyEgressRuleArgs To(ImmutableArray<NetworkPolicyPeerArgs> peers, ImmutableArray<NetworkPolicyPortArgs> ports)
    {
        var rule = new NetworkPolicyEgressRuleArgs { Ports = ports };
        if (!peers.IsEmpty)
        {
            rule.To = peers;
        }

        return rule;
    }

    private static ImmutableArray<NetworkPolicyPeerArgs> Peers(ImmutableArray<Labels> pods) =>
        [.. pods.Select(labels => new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs { MatchLabels = labels.Selector } })];

    private static ImmutableArray<NetworkPolicyPortArgs> Tcp(int[] ports) =>
        [.. ports.Select(port => new NetworkPolicyPortArgs { Port = port, Protocol = "TCP" })];
}
