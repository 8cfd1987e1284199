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
