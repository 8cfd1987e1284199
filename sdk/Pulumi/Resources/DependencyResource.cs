namespace Pulumi;

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
