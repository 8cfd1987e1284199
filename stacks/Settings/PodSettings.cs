using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The pods of one workload: where they run, how urgent and how large they are, and what others read of them.</summary>
public sealed record PodSettings : IChecked
{
    // The program's own, some of which select the pods.
    internal static readonly string[] OwnPrefixes = ["app.kubernetes.io/", "studio-platform/"];

    [Setting("What the container asks for.")]
    public PodResourceSettings Resources { get; init; } = new();

    [Setting("Labels that their nodes must have.", Example = "{ pool: platform }")]
    [Entry(Form.KubernetesKey)]
    [Form(Form.KubernetesLabelValue)]
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Taints of nodes that they tolerate.")]
    public ImmutableArray<TolerationSettings> Tolerations { get; init; } = [];

    [Setting("Affinity to nodes and pods in YAML, as a text with the keys nodeAffinity, podAffinity and podAntiAffinity.", Absent = "none")]
    [Form(Form.Affinity)]
    public string? Affinity { get; init; }

    [Setting("PriorityClass.", Absent = "that of the cluster", Example = "platform")]
    [Form(Form.KubernetesSubdomain)]
    public string? PriorityClass { get; init; }

    [Setting("Further annotations.", Example = "{ prometheus.io/scrape: 'false' }")]
    [Entry(Form.KubernetesKey)]
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Further labels.", Example = "{ team: platform }")]
    [Entry(Form.KubernetesKey)]
    [Form(Form.KubernetesLabelValue)]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The same for a component.</summary>
    public PodOptions Options => new()
    {
        NodeSelector = ImmutableDictionary.CreateRange(NodeSelector),
        Tolerations = [.. Tolerations.Select(toleration => new Toleration(toleration.Key, toleration.Value, toleration.Effect, toleration.Seconds))],
        Affinity = Affinity,
        Annotations = ImmutableDictionary.CreateRange(Annotations),
        Labels = ImmutableDictionary.CreateRange(Labels),
        PriorityClass = PriorityClass,
        Size = new ContainerSize(Resources.Cpu, Resources.CpuLimit, Resources.Memory, Resources.EphemeralStorage),
    };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
        new[] { (nameof(Annotations), Annotations), (nameof(Labels), Labels) }.SelectMany(map => map.Item2
            .Where(entry => OwnPrefixes.Any(prefix => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(entry => new SettingsProblem(
                at[map.Item1].Entry(entry.Key), "is set by the platform itself", $"keys that do not start with {string.Join(" or ", OwnPrefixes)}",
                $"remove {entry.Key}", entry.Value)));
}

/// <summary>What a container asks for; memory and ephemeral storage are request and limit alike.</summary>
public sealed record PodResourceSettings : IChecked
{
    // Below this no container runtime starts a process of Go or C.
    private static readonly Quantity LeastMemory = Quantity.Parse("16Mi");

    [Setting("Cores it is scheduled with.", Absent = "100m; connect-server 50m; Code Studios 500m, their webapps 250m", Example = "500m")]
    public Quantity? Cpu { get; init; }

    [Setting("Most cores, for clusters whose quota asks for a limit.", Absent = "no limit: throttling costs more than it saves", Example = "2")]
    public Quantity? CpuLimit { get; init; }

    [Setting(
        "Memory.",
        Absent = "connect-proxy 256Mi, connect-server 128Mi; Redis as redis.inCluster.memory says; Code Studios 2Gi, their webapps 1Gi",
        Example = "512Mi")]
    public Quantity? Memory { get; init; }

    [Setting(
        "Writable layers, logs and emptyDir volumes together.",
        Absent = "connect-proxy 256Mi, Code Studios 4Gi, their webapps 1Gi, others 64Mi",
        Example = "1Gi")]
    public Quantity? EphemeralStorage { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Memory is { } memory && memory.Amount < LeastMemory.Amount)
        {
            yield return new(
                at[nameof(Memory)], "is too little for any process to start", $"{LeastMemory} or more", "for example memory: 256Mi; Mi and Gi are the units",
                memory.Text);
        }

        foreach (var (key, amount) in new[] { (nameof(Cpu), Cpu), (nameof(CpuLimit), CpuLimit), (nameof(EphemeralStorage), EphemeralStorage) })
        {
            if (amount is { Amount: <= 0 })
            {
                yield return new(at[key], "is nothing", "more than 0", $"remove {SettingPath.KeyFor(key)} for what the workload brings", amount.Text);
            }
        }

        if (Cpu is { } request && CpuLimit is { } limit && limit.Amount < request.Amount)
        {
            yield return new(at[nameof(CpuLimit)], "is below cpu, so no node can take the pod", $"{request} or more", $"cpuLimit: {request}", limit.Text);
        }
    }
}

/// <summary>A taint that pods tolerate.</summary>
public sealed record TolerationSettings : IChecked
{
    [Setting("Key of the taint.", Absent = "every taint", Example = "workload")]
    [Form(Form.KubernetesKey)]
    public string? Key { get; init; }

    [Setting("Its value.", Absent = "any value", Example = "platform")]
    [Form(Form.KubernetesLabelValue)]
    public string? Value { get; init; }

    [Setting("Its effect.", Absent = "all of them", Example = "noSchedule")]
    public NodeTaintEffect? Effect { get; init; }

    [Setting("Seconds for which a taint with the effect noExecute is borne.", Absent = "for ever", Example = "300")]
    [Range(0, int.MaxValue)]
    public int? Seconds { get; init; }

    /// <summary>Whether it lets pods onto nodes with the taint (Kubernetes documentation, "Taints and Tolerations").</summary>
    internal bool Tolerates(NodeTaintSettings taint) =>
        (Key ?? taint.Key) == taint.Key && (Value ?? taint.Value) == taint.Value && (Effect ?? taint.Effect) == taint.Effect;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Key is null && Value is not null)
        {
            yield return new(at[nameof(Value)], "is given without key, and every taint has a key of its own", "absent", "add key, or remove value", Value);
        }

        if (Seconds is { } seconds && Effect is not NodeTaintEffect.NoExecute)
        {
            yield return new(
                at[nameof(Seconds)], "has no meaning without effect: noExecute, the one that evicts", "absent", "set effect: noExecute, or remove seconds",
                $"{seconds}");
        }
    }
}
