using Infra.Clusters;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Keeps pods that do not tolerate it away from a node.</summary>
public sealed record NodeTaintSettings
{
    [Setting("Key of the taint.", Example = "workload")]
    [Length(1, 63)]
    public required string Key { get; init; }

    [Setting("Value of the taint.", Absent = "no value")]
    public string Value { get; init; } = "";

    [Setting("What happens to pods without a toleration.")]
    public NodeTaintEffect Effect { get; init; } = NodeTaintEffect.NoSchedule;
}
