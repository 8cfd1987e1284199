using System.Collections.Immutable;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>What the Platform adds to every run of a compute environment. Nothing of it is deployed: it is part of the form that ./platform tower fills in.</summary>
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

    [Setting("Keys added to the spec of head pods: nodeSelector, affinity, tolerations.", Absent = "none")]
    [YamlMapping]
    public string? HeadPodSpec { get; init; }

    [Setting("Keys added to the spec of service pods.", Absent = "none")]
    [YamlMapping]
    public string? ServicePodSpec { get; init; }

    [Setting("Environment variables of runs; no place for secrets, everybody with access to the Platform's workspace reads them.", Absent = "none")]
    [EnvironmentVariableEntry]
    public ImmutableSortedDictionary<string, TowerVariableSettings> Environment { get; init; } = ImmutableSortedDictionary<string, TowerVariableSettings>.Empty;

    [Setting("Bash script that head jobs run first.", Absent = "none", Example = "module load java")]
    public string? PreRunScript { get; init; }

    [Setting("Bash script that head jobs run last.", Absent = "none", Example = "echo done")]
    public string? PostRunScript { get; init; }

    [Setting("Nextflow configuration of every run.", Absent = "none", Example = "process.cpus = 2")]
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
