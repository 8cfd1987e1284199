using System.Collections.Immutable;
using System.Net;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Traffic that pods may start besides what the platform itself needs (docs/network-policies.md).</summary>
public sealed record EgressSettings : IChecked
{
    [Setting("TCP ports, as the pods behind an address listen on them: a policy counts after a Service's translation.", Example = "[3128]")]
    [Range(1, 65535)]
    public required ImmutableArray<int> Ports { get; init; }

    [Setting("Addresses outside the cluster. Agents differ in whether a block covers pods and nodes.", Absent = "any peer", Example = "10.0.0.0/8")]
    public IPNetwork? Block { get; init; }

    [Setting("Namespace whose pods are meant.", Absent = "any peer", Example = "squid")]
    public KubernetesName? Namespace { get; init; }

    /// <summary>The same for the planner of policies.</summary>
    public FurtherEgress Egress => new(Ports, Block?.ToString(), Namespace?.Text);

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Ports.IsEmpty)
        {
            yield return new(at[nameof(Ports)], "is empty, so the rule allows nothing", "one port or more", "ports: [3128], or remove the rule", "[]");
        }

        if (Block is { } block && Namespace is not null)
        {
            yield return new(
                at[nameof(Block)], "is given beside namespace, and a rule has one kind of peer", "block or namespace",
                "write two rules, or remove one of the two", $"{block}");
        }
    }

    /// <summary>Rules mean nothing where there are no policies.</summary>
    internal static IEnumerable<SettingsProblem> CheckUse(ImmutableArray<EgressSettings> rules, bool policies, string policiesKey, SettingPath at)
    {
        if (!rules.IsEmpty && !policies)
        {
            yield return new(
                at, $"has no meaning with {policiesKey}: false, which restricts nothing", "absent", $"remove egress, or remove {policiesKey}: false");
        }
    }
}
