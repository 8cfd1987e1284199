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

    /// <summary>Image of a session whose user says nothing.</summary>
    public string? DefaultContainerImage { get; init; }

    /// <summary>Images to choose from.</summary>
    public ImmutableArray<string> ContainerImages { get; init; } = [];

    /// <summary>Whether users may name images that are not in the list.</summary>
    public bool? AllowUnknownImages { get; init; }

    /// <summary>Resource profiles to choose from, by id.</summary>
    public ImmutableArray<string> ResourceProfiles { get; init; } = [];

    /// <summary>The section in the words of <c>launcher.kubernetes.profiles.conf</c>; numbers are texts, and lists stay lists, which the chart joins.</summary>
    public ImmutableDictionary<string, object> Section => Given(
        ("default-cpus", DefaultCpus),
        ("max-cpus", MaxCpus),
        ("default-mem-mb", Text(DefaultMemMb)),
        ("max-mem-mb", Text(MaxMemMb)),
        ("default-container-image", DefaultContainerImage),
        ("container-images", List(ContainerImages)),
        ("allow-unknown-images", AllowUnknownImages switch { true => "1", false => "0", _ => null }),
        ("resource-profiles", List(ResourceProfiles)));

    /// <summary>A number as a configuration file has it: Helm would write one of more than six digits with an exponent.</summary>
    internal static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

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

    /// <summary>The section in the words of <c>launcher.kubernetes.resources.conf</c>.</summary>
    public ImmutableDictionary<string, object> Section => WorkbenchProfile.Given(
        ("name", Name), ("cpus", Cpus), ("mem-mb", WorkbenchProfile.Text(MemMb)), ("nvidia-gpus", WorkbenchProfile.Text(NvidiaGpus)));
}
