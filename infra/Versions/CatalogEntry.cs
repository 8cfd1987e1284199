namespace Infra.Versions;

/// <summary>One studio template as the vendor offers it with a Platform release.</summary>
/// <param name="Key">Its part of the variable names.</param>
/// <param name="Repository">Image with tag.</param>
/// <param name="Icon">Icon shown in the Platform.</param>
/// <param name="Tool">What runs in it.</param>
/// <param name="Status">recommended, deprecated, experimental or unsupported; null shows as unsupported.</param>
public sealed record CatalogEntry(string Key, string Repository, string Icon, string Tool, string? Status);
