using Pulumi.Serialization;

namespace Pulumi;

/// <summary>An archive that is fetched from a URI.</summary>
public sealed class RemoteArchive : Archive
{
    public RemoteArchive(string uri) : base(Wire.AssetUri, uri)
    {
    }
}
