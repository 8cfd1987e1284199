using System.Collections.Immutable;
using System.Globalization;
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

    [Setting("Image of a session whose user chooses none.", Absent = "the chart's session image", Example = "registry.example.com/research/session:2026.08")]
    public ImageReference? DefaultContainerImage { get; init; }

    [Setting("Images to choose from.", Absent = "the chart's session image")]
    public ImmutableArray<ImageReference> ContainerImages { get; init; } = [];

    [Setting("Let users name images that are not in the list.", Absent = "yes for everybody", Example = "false")]
    public bool? AllowUnknownImages { get; init; }

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
        AllowUnknownImages = AllowUnknownImages,
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

    /// <summary>The same in the words of the component.</summary>
    internal WorkbenchResourceProfile Profile => new(Name, Cpus, MemMb) { NvidiaGpus = NvidiaGpus };
}

/// <summary>Whether profiles name what there is, and allow what they give.</summary>
internal static class WorkbenchProfileRules
{
    public static IEnumerable<SettingsProblem> Check(WorkbenchSettings settings, SettingPath at) => settings.Profiles.SelectMany(profile =>
        CheckSection(profile.Key, profile.Value, settings, at.Entry(profile.Key)));

    private static IEnumerable<SettingsProblem> CheckSection(string section, WorkbenchProfileSettings profile, WorkbenchSettings settings, SettingPath here)
    {
        // A group's or user's section takes from that of everybody what it does not say itself.
        var wider = section == WorkbenchProfile.Everybody ? null : settings.Profiles.GetValueOrDefault(WorkbenchProfile.Everybody);
        var (mostCpus, cpus) = (profile.MaxCpus ?? wider?.MaxCpus, profile.DefaultCpus ?? wider?.DefaultCpus);
        if (cpus is not null && mostCpus is not null && Number(cpus) > Number(mostCpus))
        {
            yield return Above(here, profile.DefaultCpus is null, nameof(profile.DefaultCpus), nameof(profile.MaxCpus), cpus, mostCpus);
        }

        var (mostMemory, memory) = (profile.MaxMemMb ?? wider?.MaxMemMb, profile.DefaultMemMb ?? wider?.DefaultMemMb);
        if (memory > mostMemory)
        {
            yield return Above(here, profile.DefaultMemMb is null, nameof(profile.DefaultMemMb), nameof(profile.MaxMemMb), $"{memory}", $"{mostMemory}");
        }

        foreach (var (index, id) in profile.ResourceProfiles.Index().Where(entry => !settings.ResourceProfiles.ContainsKey(entry.Item.Text)))
        {
            yield return new(
                here[nameof(profile.ResourceProfiles)][index], "names a resource profile that there is not",
                settings.ResourceProfiles.IsEmpty ? "an id in workbench.resourceProfiles, which is empty" : string.Join(", ", settings.ResourceProfiles.Keys),
                $"add {id} to workbench.resourceProfiles, or remove it", id.Text);
        }

        if (profile.DefaultContainerImage is { } image && !profile.ContainerImages.IsEmpty && !profile.ContainerImages.Contains(image))
        {
            yield return new(
                here[nameof(profile.DefaultContainerImage)], "is not among containerImages of the same section, from which users choose",
                string.Join(", ", profile.ContainerImages), "add it to containerImages, or name one of them", $"{image}");
        }
    }

    // The number that the section says itself is the one to change; the other may be that of everybody.
    private static SettingsProblem Above(SettingPath here, bool isDefaultWider, string least, string most, string given, string limit) => isDefaultWider
        ? new(
            here[most], $"is below {SettingPath.KeyFor(least)} of everybody, {given}: a session that asks for nothing could not start", $"{given} or more",
            $"raise it, or give {SettingPath.KeyFor(least)} in this section", limit)
        : new(
            here[least], $"is above {SettingPath.KeyFor(most)}, {limit}: a session that asks for nothing could not start", $"up to {limit}",
            $"lower it, or raise {SettingPath.KeyFor(most)}", given);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
