using System.Collections.Immutable;
using System.Globalization;

namespace Infra.Workbench;

/// <summary>What the sessions of everybody, a group or a user may have; what is null is left to the wider section.</summary>
public sealed record WorkbenchProfile
{
    /// <summary>The section of everybody.</summary>
    public const string Everybody = "*";

    /// <summary>What stands before the name of a group.</summary>
    public const string GroupPrefix = "@";

    /// <summary>Cores of a session whose user says nothing, as a decimal number: <c>1.0</c>.</summary>
    public string? DefaultCpus { get; init; }

    /// <summary>Most cores of a session, as a decimal number.</summary>
    public string? MaxCpus { get; init; }

    /// <summary>Memory in MB of a session whose user says nothing.</summary>
    public int? DefaultMemMb { get; init; }

    /// <summary>Most memory of a session in MB.</summary>
    public int? MaxMemMb { get; init; }

    /// <summary>Cores that are kept for such a session, where its limit is <see cref="DefaultCpus"/>.</summary>
    public string? DefaultCpusRequest { get; init; }

    /// <summary>Most cores that may be kept for a session.</summary>
    public string? MaxCpusRequest { get; init; }

    /// <summary>Memory in MB that is kept for such a session.</summary>
    public int? DefaultMemMbRequest { get; init; }

    /// <summary>Most memory in MB that may be kept for a session.</summary>
    public int? MaxMemMbRequest { get; init; }

    /// <summary>What is kept of the cores that a session may use, as a decimal number up to 1.</summary>
    public string? CpuRequestRatio { get; init; }

    /// <summary>What is kept of the memory that a session may use, as a decimal number up to 1.</summary>
    public string? MemoryRequestRatio { get; init; }

    /// <summary>NVIDIA GPUs of a session whose user says nothing.</summary>
    public int? DefaultNvidiaGpus { get; init; }

    /// <summary>Most NVIDIA GPUs of a session.</summary>
    public int? MaxNvidiaGpus { get; init; }

    /// <summary>Image of a session whose user says nothing.</summary>
    public string? DefaultContainerImage { get; init; }

    /// <summary>Images to choose from.</summary>
    public ImmutableArray<string> ContainerImages { get; init; } = [];

    /// <summary>Whether users may name images that are not in the list.</summary>
    public bool? AllowUnknownImages { get; init; }

    /// <summary>Resource profiles to choose from, by id.</summary>
    public ImmutableArray<string> ResourceProfiles { get; init; } = [];

    /// <summary>Whether users may name amounts of their own beside the resource profiles.</summary>
    public bool? AllowCustomResources { get; init; }

    /// <summary>Labels of nodes to choose from, each as <c>key:value</c>.</summary>
    public ImmutableArray<string> PlacementConstraints { get; init; } = [];

    /// <summary>
    /// The sections as they are written: a resource profile asks for its labels of nodes in the name of a user, so that the user's section has to allow them
    /// (posit-dev/team-operator, api/core/v1beta1/workbench_config.go, syncPlacementConstraints, read 2026-11-26).
    /// </summary>
    /// <param name="profiles">By section.</param>
    /// <param name="amounts">Resource profiles by id.</param>
    public static ImmutableSortedDictionary<string, WorkbenchProfile> Written(
        ImmutableSortedDictionary<string, WorkbenchProfile> profiles, ImmutableSortedDictionary<string, WorkbenchResourceProfile> amounts)
    {
        if (amounts.Values.All(amount => amount.PlacementConstraints.IsEmpty))
        {
            return profiles;
        }

        var everybody = profiles.GetValueOrDefault(Everybody) ?? new WorkbenchProfile();
        return profiles.SetItem(Everybody, everybody).ToImmutableSortedDictionary(
            section => section.Key,
            section => section.Key == Everybody || !section.Value.ResourceProfiles.IsEmpty || !section.Value.PlacementConstraints.IsEmpty
                ? section.Value.Allowing(everybody, amounts)
                : section.Value,
            StringComparer.Ordinal);
    }

    private WorkbenchProfile Allowing(WorkbenchProfile everybody, ImmutableSortedDictionary<string, WorkbenchResourceProfile> amounts)
    {
        var own = PlacementConstraints.IsEmpty ? everybody.PlacementConstraints : PlacementConstraints;
        var ids = (ResourceProfiles, everybody.ResourceProfiles) switch
        {
            ({ IsEmpty: false } given, _) => given,
            (_, { IsEmpty: false } wider) => wider,
            _ => [.. amounts.Keys],
        };
        var asked = ids.Select(id => amounts.GetValueOrDefault(id)).OfType<WorkbenchResourceProfile>().SelectMany(amount => amount.PlacementConstraints);
        return this with { PlacementConstraints = [.. own.Concat(asked).Distinct(StringComparer.Ordinal)] };
    }

    /// <summary>The section in the words of <c>launcher.kubernetes.profiles.conf</c>; numbers are texts, and lists stay lists, which the chart joins.</summary>
    public ImmutableDictionary<string, object> Section => Given(
        ("default-cpus", DefaultCpus),
        ("max-cpus", MaxCpus),
        ("default-mem-mb", Text(DefaultMemMb)),
        ("max-mem-mb", Text(MaxMemMb)),
        ("default-container-image", DefaultContainerImage),
        ("container-images", List(ContainerImages)),
        ("allow-unknown-images", Text(AllowUnknownImages)),
        ("resource-profiles", List(ResourceProfiles)),
        ("default-cpus-request", DefaultCpusRequest),
        ("max-cpus-request", MaxCpusRequest),
        ("default-mem-mb-request", Text(DefaultMemMbRequest)),
        ("max-mem-mb-request", Text(MaxMemMbRequest)),
        ("cpu-request-ratio", CpuRequestRatio),
        ("memory-request-ratio", MemoryRequestRatio),
        ("default-nvidia-gpus", Text(DefaultNvidiaGpus)),
        ("max-nvidia-gpus", Text(MaxNvidiaGpus)),
        ("allow-custom-resources", Text(AllowCustomResources)),
        ("placement-constraints", List(PlacementConstraints)));

    /// <summary>A number as a configuration file has it: Helm would write one of more than six digits with an exponent.</summary>
    internal static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A switch as a configuration file has it.</summary>
    internal static string? Text(bool? isOn) => isOn switch { true => "1", false => "0", _ => null };

    /// <summary>The members that have a value.</summary>
    internal static ImmutableDictionary<string, object> Given(params ReadOnlySpan<(string Key, object? Value)> members)
    {
        var given = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            if (value is not null)
            {
                given.Add(key, value);
            }
        }

        return given.ToImmutable();
    }

    private static ImmutableArray<object>? List(ImmutableArray<string> texts) => texts.IsEmpty ? null : texts.CastArray<object>();
}

/// <summary>An amount of resources under a name that users choose by.</summary>
/// <param name="Name">What users read.</param>
/// <param name="Cpus">Cores, as a decimal number.</param>
/// <param name="MemMb">Memory in MB.</param>
public sealed record WorkbenchResourceProfile(string Name, string Cpus, int MemMb)
{
    /// <summary>NVIDIA GPUs; null for none.</summary>
    public int? NvidiaGpus { get; init; }

    /// <summary>AMD GPUs; null for none.</summary>
    public int? AmdGpus { get; init; }

    /// <summary>Cores that are kept for the session; null for all of them.</summary>
    public string? CpusRequest { get; init; }

    /// <summary>Memory in MB that is kept for the session; null for all of it.</summary>
    public int? MemMbRequest { get; init; }

    /// <summary>Labels that the session's node has, each as <c>key:value</c>.</summary>
    public ImmutableArray<string> PlacementConstraints { get; init; } = [];

    /// <summary>
    /// The section in the words of <c>launcher.kubernetes.resources.conf</c>, which the chart does not join lists for (rstudio-library, profiles.ini and
    /// config.ini).
    /// </summary>
    public ImmutableDictionary<string, object> Section => WorkbenchProfile.Given(
        ("name", Name),
        ("cpus", Cpus),
        ("mem-mb", WorkbenchProfile.Text(MemMb)),
        ("nvidia-gpus", WorkbenchProfile.Text(NvidiaGpus)),
        ("amd-gpus", WorkbenchProfile.Text(AmdGpus)),
        ("cpus-request", CpusRequest),
        ("mem-mb-request", WorkbenchProfile.Text(MemMbRequest)),
        ("placement-constraints", PlacementConstraints.IsEmpty ? null : string.Join(',', PlacementConstraints)));
}
