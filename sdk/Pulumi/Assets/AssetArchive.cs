using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>An archive that the program puts together by name.</summary>
public sealed class AssetArchive : Archive
{
    public AssetArchive(IDictionary<string, AssetOrArchive> assets) : base(Wire.ArchiveAssets, assets.ToImmutableDictionary())
    {
    }
}
