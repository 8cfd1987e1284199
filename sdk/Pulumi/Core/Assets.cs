using System.Collections.Immutable;
using Protocol;

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
internal sealed class InvalidAsset() : Asset(WireFields.Text, "");

/// <summary>The same for an archive.</summary>
internal sealed class InvalidArchive() : Archive(WireFields.Path, "");

/// <summary>The content of one file.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset(string part, object value) : base(WireSignatures.Asset, part, value)
    {
    }
}

/// <summary>An asset whose content is a file on this machine.</summary>
public sealed class FileAsset : Asset
{
    public FileAsset(string path) : base(WireFields.Path, path)
    {
    }
}

/// <summary>An asset whose content is a text in the program.</summary>
public sealed class StringAsset : Asset
{
    public StringAsset(string text) : base(WireFields.Text, text)
    {
    }
}

/// <summary>An asset whose content is fetched from a URI.</summary>
public sealed class RemoteAsset : Asset
{
    public RemoteAsset(string uri) : base(WireFields.Uri, uri)
    {
    }
}

/// <summary>A tree of named assets and archives.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive(string part, object value) : base(WireSignatures.Archive, part, value)
    {
    }
}

/// <summary>An archive that is a folder or a packed file on this machine.</summary>
public sealed class FileArchive : Archive
{
    public FileArchive(string path) : base(WireFields.Path, path)
    {
    }
}

/// <summary>An archive that is fetched from a URI.</summary>
public sealed class RemoteArchive : Archive
{
    public RemoteArchive(string uri) : base(WireFields.Uri, uri)
    {
    }
}

/// <summary>An archive that the program puts together by name.</summary>
public sealed class AssetArchive : Archive
{
    public AssetArchive(IDictionary<string, AssetOrArchive> assets) : base(WireFields.Assets, assets.ToImmutableDictionary())
    {
    }
}
