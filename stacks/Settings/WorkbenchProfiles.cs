using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Workbench;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>What the sessions of one section may have.</summary>
public sealed record WorkbenchProfileSettings
{
    [Setting("Cores of a session whose user says nothing.", Absent = "what the wider section says", Example = "\"1.0\"")]
    [Form(Form.Cores)]
    public string? DefaultCpus { get; init; }

    [Setting("Most cores of a session.", Absent = "what the wider section says", Example = "\"4.0\"")]
    [Form(Form.Cores)]
    public string? MaxCpus { get; init; }

    [Setting("Memory in MB of a session whose user says nothing.", Absent = "what the wider section says", Example = "2048")]
    [Range(64, 33_554_432)]
    public int? DefaultMemMb { get; init; }

    [Setting("Most memory of a session in MB.", Absent = "what the wider section says", Example = "8192")]
    [Range(64, 33_554_432)]
    public int? MaxMemMb { get; init; }

    [Setting("Cores that are kept for such a session on its node.", Absent = "all that it may use", Example = "\"0.5\"")]
    [Form(Form.Cores)]
    public string? DefaultCpusRequest { get; init; }

    [Setting("Most cores that are kept for a session.", Absent = "what the wider section says", Example = "\"2.0\"")]
    [Form(Form.Cores)]
    public string? MaxCpusRequest { get; init; }

    [Setting("Memory in MB that is kept for such a session on its node.", Absent = "all that it may use", Example = "1024")]
    [Range(64, 33_554_432)]
    public int? DefaultMemMbRequest { get; init; }

    [Setting("Most memory in MB that is kept for a session.", Absent = "what the wider section says", Example = "4096")]
    [Range(64, 33_554_432)]
    public int? MaxMemMbRequest { get; init; }

    [Setting("Share of its cores that is kept for a session whose user names no request.", Absent = "all of them", Example = "\"0.6\"")]
    [Form(Form.RequestRatio)]
    public string? CpuRequestRatio { get; init; }

    [Setting("Share of its memory that is kept for a session whose user names no request.", Absent = "all of it", Example = "\"0.8\"")]
    [Form(Form.RequestRatio)]
    public string? MemoryRequestRatio { get; init; }

    [Setting("NVIDIA GPUs of a session whose user says nothing.", Absent = "none", Example = "0")]
    [Range(0, 16)]
    public int? DefaultNvidiaGpus { get; init; }

    [Setting("Most NVIDIA GPUs of a session.", Absent = "none", Example = "1")]
    [Range(0, 16)]
    public int? MaxNvidiaGpus { get; init; }

    [Setting("Image of a session whose user chooses none.", Absent = "the chart's session image", Example = "registry.example.com/research/session:2026.08")]
    public ImageReference? DefaultContainerImage { get; init; }

    [Setting("Images to choose from.", Absent = "the chart's session image")]
    public ImmutableArray<ImageReference> ContainerImages { get; init; } = [];

    [Setting("Let users name images that are not in the list.", Absent = "yes for everybody", Example = "false")]
    public bool? AllowUnknownImages { get; init; }

    [Setting("Labels of nodes to choose from, each of them key:value.", Absent = "any node", Example = "[workload:research]")]
    [Form(Form.PlacementConstraint)]
    public ImmutableArray<string> PlacementConstraints { get; init; } = [];

    [Setting("Let users name amounts of their own beside the resource profiles.", Absent = "yes", Example = "false")]
    public bool? AllowCustomResources { get; init; }

    [Setting("Ids in workbench.resourceProfiles to choose from.", Absent = "all of them", Example = "[small]")]
    [Form(Form.KubernetesEntry)]
    public ImmutableArray<KubernetesName> ResourceProfiles { get; init; } = [];

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchProfile Profile => new()
    {
        DefaultCpus = DefaultCpus,
        MaxCpus = MaxCpus,
        DefaultMemMb = DefaultMemMb,
        MaxMemMb = MaxMemMb,
        DefaultContainerImage = DefaultContainerImage?.ToString(),
        ContainerImages = [.. ContainerImages.Select(image => image.ToString())],
        AllowCustomResources = AllowCustomResources,
        AllowUnknownImages = AllowUnknownImages,
        CpuRequestRatio = CpuRequestRatio,
        DefaultCpusRequest = DefaultCpusRequest,
        DefaultMemMbRequest = DefaultMemMbRequest,
        DefaultNvidiaGpus = DefaultNvidiaGpus,
        MaxCpusRequest = MaxCpusRequest,
        MaxMemMbRequest = MaxMemMbRequest,
        MaxNvidiaGpus = MaxNvidiaGpus,
        MemoryRequestRatio = MemoryRequestRatio,
        PlacementConstraints = PlacementConstraints,
        ResourceProfiles = [.. ResourceProfiles.Select(id => id.Text)],
    };
}

/// <summary>An amount of resources that users choose by name.</summary>
public sealed record WorkbenchResourceProfileSettings
{
    [Setting("What users read.", Example = "Small")]
    [Length(1, 64)]
    public required string Name { get; init; }

    [Setting("Cores.", Example = "\"1.0\"")]
    [Form(Form.Cores)]
    public required string Cpus { get; init; }

    [Setting("Memory in MB.", Example = "512")]
    [Range(64, 33_554_432)]
    public required int MemMb { get; init; }

    [Setting("NVIDIA GPUs.", Absent = "none", Example = "1")]
    [Range(1, 16)]
    public int? NvidiaGpus { get; init; }

    [Setting("AMD GPUs.", Absent = "none", Example = "1")]
    [Range(1, 16)]
    public int? AmdGpus { get; init; }

    [Setting("Cores that are kept for the session on its node.", Absent = "all of them", Example = "\"0.5\"")]
    [Form(Form.Cores)]
    public string? CpusRequest { get; init; }

    [Setting("Memory in MB that is kept for the session on its node.", Absent = "all of it", Example = "256")]
    [Range(64, 33_554_432)]
    public int? MemMbRequest { get; init; }

    [Setting("Labels that the session's node has, each of them key:value.", Absent = "any node", Example = "[workload:research]")]
    [Form(Form.PlacementConstraint)]
    public ImmutableArray<string> PlacementConstraints { get; init; } = [];

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchResourceProfile Profile => new(Name, Cpus, MemMb)
    {
        AmdGpus = AmdGpus,
        CpusRequest = CpusRequest,
        MemMbRequest = MemMbRequest,
        NvidiaGpus = NvidiaGpus,
        PlacementConstraints = PlacementConstraints,
    };
}
