using System.Collections.Immutable;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>
/// What the Platform adds to every run of a compute environment. Nothing of it is deployed: it is part of the form that ./platform tower fills in.
/// </summary>
public sealed record TowerLaunchSettings
{
    [Setting("When the pods of a run are deleted.")]
    public PodCleanup PodCleanup { get; init; } = PodCleanup.OnSuccess;

    [Setting("Cores of head jobs.", Absent = "the Platform's default", Example = "2")]
    [Range(1, 256)]
    public int? HeadJobCpus { get; init; }

    [Setting("Memory of head jobs in mebibytes.", Absent = "the Platform's default", Example = "4096")]
    [Range(256, 1048576)]
    public int? HeadJobMemoryMb { get; init; }

    [Setting("What is added to head pods, a document with spec: on top: nodeSelector, affinity, tolerations.", Absent = "none; with nodePool its nodes")]
    [Form(Form.PodSpec)]
    public string? HeadPodSpec { get; init; }

    [Setting("What is added to service pods, a document with spec: on top.", Absent = "none")]
    [Form(Form.PodSpec)]
    public string? ServicePodSpec { get; init; }

    [Setting("Environment variables of runs; no place for secrets: every user of the Platform's workspace reads them.", Absent = "none")]
    [Entry(Form.EnvironmentVariable)]
    public ImmutableSortedDictionary<string, TowerVariableSettings> Environment { get; init; } = ImmutableSortedDictionary<string, TowerVariableSettings>.Empty;

    [Setting("Bash script that head jobs run first.", Absent = "none", Example = "module load java")]
    public string? PreRunScript { get; init; }

    [Setting("Bash script that head jobs run last.", Absent = "none", Example = "echo done")]
    public string? PostRunScript { get; init; }

    [Setting("Nextflow configuration of every run.", Absent = "none; with nodePool its nodes", Example = "process.cpus = 2")]
    public string? NextflowConfig { get; init; }
}

/// <summary>An environment variable.</summary>
public sealed record TowerVariableSettings
{
    [Setting("Value.", Example = "-Xmx2g")]
    public required string Value { get; init; }

    [Setting("Set it in head jobs.")]
    public bool Head { get; init; } = true;

    [Setting("Set it in tasks.")]
    public bool Compute { get; init; }
}

/// <summary>When Nextflow deletes the pods of a run.</summary>
public enum PodCleanup
{
    OnSuccess,

    Always,

    Never,
}

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

    [Setting("NVIDIA GPUs that all pods ask for together.", Absent = "no bound", Example = "8")]
    [Range(0, 10000)]
    public int? Gpus { get; init; }

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
                    at[nameof(ContainerDefaults)][key], $"is above {at[nameof(ContainerMaximum)][key].Text}, {most}", $"{most} or less", $"{key}: {most}",
                    least.Text);
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
