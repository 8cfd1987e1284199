namespace Pulumi;

/// <summary>A resource that a provider manages.</summary>
public class CustomResource : Resource
{
    // The second constructor makes "new CustomResource(type, name, args)" ambiguous, as it is in the official package: pass options.
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : this(type, name, args, options, registerPackageRequest: null)
    {
    }

    public CustomResource(
        string type,
        string name,
        ResourceArgs? args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions(), isCustom: true, remote: false, registerPackageRequest) { }

    /// <summary>A reference to a resource that is registered already.</summary>
    private protected CustomResource(string urn) : base(urn)
    {
    }

    // filled by the base class's constructor, like every property marked so
    [Output("id")]
    public Output<string> Id { get; private set; } = null!;
}
