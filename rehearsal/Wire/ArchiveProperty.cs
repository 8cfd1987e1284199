namespace Rehearsal.Wire;

/// <summary>A folder of files given by exactly one of its members, its path or its URI.</summary>
/// <param name="Assets">The members by name: assets and archives.</param>
/// <param name="Path">A path on the machine that runs the program.</param>
/// <param name="Uri">Where to fetch it.</param>
/// <param name="Hash">The hex SHA-256 of the content; SDKs leave it to the engine.</param>
public sealed record ArchiveProperty(PropertyMap? Assets = null, string? Path = null, string? Uri = null, string? Hash = null) : PropertyValue
{
    public override bool ContainsUnknowns => Assets?.ContainsUnknowns ?? false;

    public override bool ContainsSecrets => Assets?.ContainsSecrets ?? false;
}
