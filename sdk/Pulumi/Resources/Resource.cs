using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Something that the engine keeps track of.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly ResourceLineage _lineage;

    private protected Resource(
        string type, string name, ResourceArgs args, ResourceOptions options, bool isCustom, bool remote, RegisterPackageRequest? registerPackageRequest)
    {
        if (string.IsNullOrEmpty(type))
        {
            throw new ArgumentException("'type' cannot be null or empty.", nameof(type));
        }
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("'name' cannot be null or empty.", nameof(name));
        }
        _type = type;
        _name = name;
        IsCustom = isCustom;
        IsRemote = remote;
        var deployment = Deployment.Required;
        var parent = type == Stack.RootType ? null : options.Parent ?? deployment.StackOrNone;
        _lineage = ResourceLineage.Inherit(this, parent, ref args, ref options);
        deployment.ReadOrRegister(this, args, options, registerPackageRequest);
    }

    /// <summary>A reference to a resource that is registered already.</summary>
    private protected Resource(string urn)
    {
        _type = "";
        _name = "";
        IsCustom = true;
        _lineage = new ResourceLineage();
        OutputSlots.Of(GetType()).Fill(this, Task.CompletedTask);
        Urn = new Output<string>(new OutputData<string>(new ResourceSet(this), urn, IsKnown: true, IsSecret: false));
    }

    // Filled by the constructor, like every property marked so
    [Output("urn")]
    public Output<string> Urn { get; private set; } = null!;

    internal bool IsCustom { get; }

    internal bool IsRemote { get; }

    internal ResourceLineage Lineage => _lineage;

    public string GetResourceType() => _type;

    public string GetResourceName() => _name;
}
