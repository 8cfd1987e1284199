using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A provider with a configuration of its own.</summary>
public class ProviderResource : CustomResource
{
    private const string TypePrefix = "pulumi:providers:";

    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : this(package, name, args, options, registerPackageRequest: null)
    {
    }

    public ProviderResource(
        string package, string name, ResourceArgs args, CustomResourceOptions? options = null, RegisterPackageRequest? registerPackageRequest = null)
        : base(TypePrefix + package, name, args, options, registerPackageRequest) => Package = package;

    /// <summary>A reference to a provider that is registered already.</summary>
    private protected ProviderResource(string urn, string package) : base(urn) => Package = package;

    internal string Package { get; }

    internal static bool IsProviderType(string type) => type.StartsWith(TypePrefix, StringComparison.Ordinal);

    /// <summary>What names this provider in requests: its URN and its id.</summary>
    internal virtual async ValueTask<string> ReferenceAsync()
    {
        var urn = (await Urn.Data).Value;
        var id = await Id.Data;
        return $"{urn}::{(id.IsKnown ? id.Value : Wire.Unknown)}";
    }
}
