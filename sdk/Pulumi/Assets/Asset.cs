using Pulumi.Serialization;

namespace Pulumi;

/// <summary>The content of one file.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset(string part, object value) : base(Wire.Asset, part, value)
    {
    }
}
