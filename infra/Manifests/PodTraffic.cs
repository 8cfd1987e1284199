using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Manifests;

/// <summary>Pods of a namespace.</summary>
/// <param name="Matching">Labels that they have, with these values.</param>
/// <param name="Having">A label that they have, with any value; null for none.</param>
public sealed record PodSelection(ImmutableDictionary<string, string> Matching, string? Having = null)
{
    /// <summary>Pods of this program.</summary>
    public static PodSelection FromLabels(Labels labels) => new(labels.Selector);

    public static implicit operator PodSelection(Labels labels) => FromLabels(labels);

    internal LabelSelectorArgs ToArgs()
    {
        var selector = new LabelSelectorArgs();
        if (!Matching.IsEmpty)
        {
            selector.MatchLabels = Matching;
        }

        if (Having is not null)
        {
            selector.MatchExpressions.Add(new LabelSelectorRequirementArgs { Key = Having, Operator = "Exists" });
        }

        return selector;
    }
}

/// <summary>One NetworkPolicy: some pods, and everything that they may take and start.</summary>
/// <param name="Pods">The pods; null for every pod of the namespace.</param>
/// <param name="Ingress">What they take. A rule without peers admits everybody; without a rule there is no access.</param>
/// <param name="Egress">What they start.</param>
public sealed record PodTraffic(
    PodSelection? Pods, ImmutableArray<NetworkPolicyIngressRuleArgs> Ingress, ImmutableArray<NetworkPolicyEgressRuleArgs> Egress)
{
    /// <summary>The specification: whatever no rule allows is refused in both directions.</summary>
    public NetworkPolicySpecArgs ToSpec()
    {
        var spec = new NetworkPolicySpecArgs
        {
            PodSelector = Pods?.ToArgs() ?? new LabelSelectorArgs(),
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
