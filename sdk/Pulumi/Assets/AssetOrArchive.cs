namespace Pulumi;

/// <summary>A file's content or a tree of files that travels with a resource's inputs.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive(string kind, string part, object value)
    {
        Kind = kind;
        Part = part;
        Value = value;
    }

    /// <summary>The marker on the wire that tells assets from archives.</summary>
    internal string Kind { get; }

    /// <summary>The key on the wire under which <see cref="Value"/> stands.</summary>
    internal string Part { get; }

    internal object Value { get; }
}

/// <summary>What the engine answered where an asset was expected, and is none: an error only once it is sent back.</summary>
internal sealed class InvalidAsset() : Asset(Serialization.Wire.AssetText, "");

/// <summary>The same for an archive.</summary>
internal sealed class InvalidArchive() : Archive(Serialization.Wire.AssetPath, "");
