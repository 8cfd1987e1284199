using Protocol;

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

    // Filled by the base class's constructor, like every property marked so
    [Output("id")]
    public Output<string> Id { get; private set; } = null!;
}

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
        return $"{urn}::{(id.IsKnown ? id.Value : WireSignatures.UnknownString)}";
    }
}

/// <summary>Stands for a resource of which only the URN is known, as the engine names it in an answer.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn) : base(urn)
    {
    }
}

/// <summary>Stands for a provider of which only the reference is known, as the engine names it to a transform.</summary>
internal sealed class DependencyProvider : ProviderResource
{
    private readonly string _reference;

    /// <summary>A provider.</summary>
    /// <param name="reference">Its URN and its id, with <c>::</c> between them.</param>
    public DependencyProvider(string reference) : base(reference[..Separator(reference)], PackageOf(reference)) => _reference = reference;

    internal override ValueTask<string> ReferenceAsync() => new(_reference);

    private static int Separator(string reference) => reference.LastIndexOf("::", StringComparison.Ordinal) is var at and >= 0
        ? at
        : throw new ArgumentException($"Expected \"::\" in provider reference ${reference}.");

    private static string PackageOf(string reference) => Pulumi.Urn.TypeOf(reference).Split(':') is [_, _, var package] ? package : "";
}

/// <summary>Keeps a value in the stack's state: the first that was given, until the resource is replaced.</summary>
public sealed class Stash : CustomResource
{
    public Stash(string name, StashArgs args, CustomResourceOptions? options = null)
        : base("pulumi:index:Stash", name, args, options, registerPackageRequest: null) { }

    /// <summary>The value that is kept.</summary>
    [Output("output")]
    public Output<object> Output { get; private set; } = null!;

    /// <summary>The value that was given last.</summary>
    [Output("input")]
    public Output<object> Input { get; private set; } = null!;
}

/// <summary>The arguments of a stash.</summary>
public sealed class StashArgs : ResourceArgs
{
    /// <summary>The value to keep.</summary>
    [Input("input", required: true)]
    public Input<object> Input { get; set; } = null!;
}
