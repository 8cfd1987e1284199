using System.Collections.Immutable;

namespace Infra.InstalledPlatform;

/// <summary>Where Wave puts the session images that it builds for users (Platform 25.1 and newer).</summary>
/// <param name="Registry">Registry host.</param>
/// <param name="Repository">Repository; null for the Platform's default, <c>data-studios/</c> and the tool.</param>
/// <param name="NameStrategy">none, tagPrefix or imageSuffix; null for the Platform's default, tagPrefix.</param>
public sealed record CustomImageRegistry(string Registry, string? Repository = null, string? NameStrategy = null)
{
    private const string Prefix = "TOWER_DATA_STUDIO_WAVE_CUSTOM_IMAGE_";

    public static IReadOnlyList<string> NameStrategies { get; } = ["none", "tagPrefix", "imageSuffix"];

    internal ImmutableSortedDictionary<string, string> Variables => new KeyValuePair<string, string?>[]
    {
        new($"{Prefix}REGISTRY", Registry),
        new($"{Prefix}REPOSITORY", Repository),
        new($"{Prefix}NAME_STRATEGY", NameStrategy),
    }.Where(pair => pair.Value is not null).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
}
