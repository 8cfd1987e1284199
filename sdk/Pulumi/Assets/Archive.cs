using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A tree of named assets and archives.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive(string part, object value) : base(Wire.Archive, part, value)
    {
    }
}
