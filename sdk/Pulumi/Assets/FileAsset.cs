using Pulumi.Serialization;

namespace Pulumi;

/// <summary>An asset whose content is a file on this machine.</summary>
public sealed class FileAsset : Asset
{
    public FileAsset(string path) : base(Wire.AssetPath, path)
    {
    }
}
