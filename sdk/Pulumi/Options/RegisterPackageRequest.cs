using Google.Protobuf;

namespace Pulumi;

/// <summary>A provider package that is described at run time, as generated packages with parameters are.</summary>
public sealed class RegisterPackageRequest
{
    public RegisterPackageRequest(
        string name, string version, string? downloadUrl, Dictionary<string, byte[]>? checksums, PackageParameterization? parameterization)
        : this(name, version, downloadUrl, checksums, parameterization, null)
    {
    }

    public RegisterPackageRequest(
        string name,
        string version,
        string? downloadUrl,
        Dictionary<string, byte[]>? checksums = null,
        PackageParameterization? parameterization = null,
        PackageParameterization? extension = null)
    {
        Name = name;
        Version = version;
        DownloadUrl = downloadUrl ?? "";
        Checksums = checksums ?? [];
        Parameterization = parameterization;
        Extension = extension;
    }

    public string Name { get; }

    public string Version { get; }

    public string DownloadUrl { get; }

    public Dictionary<string, byte[]> Checksums { get; }

    public PackageParameterization? Parameterization { get; }

    public PackageParameterization? Extension { get; }

    internal Pulumirpc.RegisterPackageRequest ToMessage()
    {
        var message = new Pulumirpc.RegisterPackageRequest { Name = Name, Version = Version, DownloadUrl = DownloadUrl };
        foreach (var (file, checksum) in Checksums)
        {
            message.Checksums[file] = ByteString.CopyFrom(checksum);
        }
        if (Parameterization is { } p)
        {
            message.Parameterization = new Pulumirpc.Parameterization { Name = p.Name, Version = p.Version, Value = ByteString.CopyFrom(p.Value) };
        }
        return message;
    }

    /// <summary>The package that a general provider is turned into, and the value that does it.</summary>
    public sealed class PackageParameterization
    {
        public PackageParameterization(string name, string version, byte[] value)
        {
            Name = name;
            Version = version;
            Value = value;
        }

        public string Name { get; }

        public string Version { get; }

        public byte[] Value { get; }
    }
}
