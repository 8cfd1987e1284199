using Infra.Manifests;
using Stacks.Settings.Declaring;
using Stacks.Settings.Problems;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Bounds of what the runs of a compute environment take.</summary>
public sealed record TowerLimitsSettings : IChecked
{
    [Setting("Pods at a time.", Absent = "no bound", Example = "500")]
    [Range(1, 100000)]
    public int? Pods { get; init; }

    [Setting("Cores that all pods ask for together.", Absent = "no bound", Example = "200")]
    public Quantity? Cpu { get; init; }

    [Setting("Memory that all pods ask for together.", Absent = "no bound", Example = "1Ti")]
    public Quantity? Memory { get; init; }

    [Setting("Capacity that all claims ask for together.", Absent = "no bound", Example = "2Ti")]
    public Quantity? Storage { get; init; }

    [Setting("What a container asks for that does not say.", Absent = "nothing")]
    public ContainerAmountsSettings? ContainerDefaults { get; init; }

    [Setting("What one container may ask for.", Absent = "no bound")]
    public ContainerAmountsSettings? ContainerMaximum { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (ContainerDefaults is null && (Cpu ?? Memory) is not null)
        {
            yield return new(
                at[nameof(ContainerDefaults)],
                "is missing, and with a bound of cpu or memory Kubernetes refuses every pod that asks for neither",
                "cpu and memory of a container that does not say",
                "add containerDefaults: { cpu: 500m, memory: 1Gi }");
        }

        foreach (var (key, most, least) in Pairs())
        {
            if (least.Amount > most.Amount)
            {
                yield return new(
                    at[nameof(ContainerDefaults)][key], $"is above {at[nameof(ContainerMaximum)][key].Text}, {most}", $"{most} or less", $"{key}: {most}", least.Text);
            }
        }
    }

    private IEnumerable<(string Key, Quantity Most, Quantity Least)> Pairs() => (ContainerMaximum, ContainerDefaults) switch
    {
        ({ } most, { } least) => [("cpu", most.Cpu, least.Cpu), ("memory", most.Memory, least.Memory)],
        _ => [],
    };
}

/// <summary>Processor and memory of one container.</summary>
public sealed record ContainerAmountsSettings
{
    [Setting("Cores.", Example = "500m")]
    public required Quantity Cpu { get; init; }

    [Setting("Memory.", Example = "1Gi")]
    public required Quantity Memory { get; init; }
}
