using Pulumi.Serialization;

namespace Pulumi;

/// <summary>An archive that is a folder or a packed file on this machine.</summary>
public sealed class FileArchive : Archive
{
    public FileArchive(string path) : base(Wire.AssetPath, path)
    {
    }
}
