namespace Generator.Schema;

/// <summary>What a package schema says about C#: the namespace of each module, and the naming it follows.</summary>
public sealed record CsharpPackageSpec
{
    public Dictionary<string, string> Namespaces { get; init; } = [];

    public string? Compatibility { get; init; }

    /// <summary>Whether nested outputs are never null where Node says so, and not only where the inputs are required.</summary>
    public bool NodeRequiredOutputs { get; init; }
}
