using Pulumi.Serialization;

namespace Pulumi;

/// <summary>An asset whose content is a text in the program.</summary>
public sealed class StringAsset : Asset
{
    public StringAsset(string text) : base(Wire.AssetText, text)
    {
    }
}
