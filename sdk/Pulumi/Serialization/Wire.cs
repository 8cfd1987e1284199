namespace Pulumi.Serialization;

/// <summary>The words that give values in a protobuf Struct a meaning beyond JSON's.</summary>
/// <remarks>A secret is <c>{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": …}</c>.</remarks>
internal static class Wire
{
    /// <summary>The key whose value names the kind of a special object.</summary>
    public const string Signature = "4dabf18193072939515e22adb298388d";

    public const string Secret = "1b47061264138c4ac30d75fd1eb44270";
    public const string Resource = "5cf8f73096256a8f31e491e813e4eb8e";
    public const string OutputValue = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    public const string Asset = "c44067f5952c0a294b673a41bacd8c17";
    public const string Archive = "0def7320c3a5731c473e5ecbe6d01bc7";

    /// <summary>Stands for a value that only a deployment can know.</summary>
    public const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    public const string Value = "value";
    public const string SecretMark = "secret";
    public const string Dependencies = "dependencies";
    public const string Urn = "urn";
    public const string Id = "id";
    public const string PackageVersion = "packageVersion";
    public const string AssetText = "text";
    public const string AssetPath = "path";
    public const string AssetUri = "uri";
    public const string ArchiveAssets = "assets";
}
