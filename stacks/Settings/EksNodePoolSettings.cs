using System.Collections.Immutable;
using Infra.Clusters;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>A managed node group.</summary>
public sealed record EksNodePoolSettings : IChecked
{
    [Setting("EC2 instance types, all x86-64 or all Graviton; several for spot capacity.", Example = "[m7i.large, m6i.large]")]
    [Ec2InstanceType]
    public required ImmutableArray<string> InstanceTypes { get; init; }

    [Setting("Fewest nodes.")]
    [Range(0, 450)]
    public int Minimum { get; init; } = 1;

    [Setting("Most nodes.")]
    [Range(1, 450)]
    public int Maximum { get; init; } = 3;

    [Setting("Nodes at first; the autoscaler decides afterwards.", Absent = "the fewest")]
    [Range(0, 450)]
    public int? Desired { get; init; }

    [Setting("Use spare capacity, which is cheap and which AWS takes back at two minutes' notice.")]
    public bool Spot { get; init; }

    [Setting("Disk of each node in GiB, for images, logs and emptyDir volumes.")]
    [Range(20, 16384)]
    public int DiskGiB { get; init; } = 80;

    [Setting("Labels of the nodes.", Absent = "none", Example = "{ workload: pipelines }")]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Taints of the nodes.", Absent = "none")]
    public ImmutableArray<NodeTaintSettings> Taints { get; init; } = [];

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (InstanceTypes.IsEmpty)
        {
            yield return new(at[nameof(InstanceTypes)], "is empty", "one instance type or more", "instanceTypes: [m7i.large]");
        }

        if (InstanceTypes.Select(ProcessorArchitecture.IsArm).Distinct().Count() > 1)
        {
            yield return new(
                at[nameof(InstanceTypes)],
                "mixes x86-64 and Graviton, and one node group has one machine image",
                "instance types of one architecture",
                "make a pool for each",
                string.Join(", ", InstanceTypes));
        }

        if (Minimum > Maximum || Desired < Minimum || Desired > Maximum)
        {
            yield return new(
                at[nameof(Desired)],
                "does not lie between the fewest and the most nodes",
                $"{Minimum} to {Maximum}, with minimum not above maximum",
                "raise maximum or lower minimum",
                $"minimum {Minimum}, desired {Desired?.ToString() ?? "not given"}, maximum {Maximum}");
        }

        foreach (var problem in EksPoolRules.Broken(this, at))
        {
            yield return problem;
        }
    }
}
