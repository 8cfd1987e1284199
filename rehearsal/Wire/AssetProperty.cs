namespace Rehearsal.Wire;

/// <summary>A file given by exactly one of its text, its path or its URI.</summary>
/// <param name="Text">The content itself.</param>
/// <param name="Path">A path on the machine that runs the program.</param>
/// <param name="Uri">Where to fetch it.</param>
/// <param name="Hash">The hex SHA-256 of the content; SDKs leave it to the engine.</param>
public sealed record AssetProperty(string? Text = null, string? Path = null, string? Uri = null, string? Hash = null) : PropertyValue;
