namespace Rehearsal.Graph;

/// <summary>A provider resource as others name it: its URN and id, joined by <c>::</c>.</summary>
public sealed record ProviderReference(Urn Urn, string Id)
{
    public const string TypePrefix = "pulumi:providers:";

    private const string Separator = "::";

    /// <summary>The package whose resources it manages.</summary>
    public string Package => PackageOf(Urn.Type);

    public static bool IsProviderType(string type) => type.StartsWith(TypePrefix, StringComparison.Ordinal);

    public static string PackageOf(string providerType) => providerType[TypePrefix.Length..];

    /// <summary>Reads a reference.</summary>
    /// <exception cref="FormatException">The text is no provider reference.</exception>
    public static ProviderReference Parse(string text)
    {
        var last = text.LastIndexOf(Separator, StringComparison.Ordinal);
        return last > 0 && Urn.TryParse(text[..last], out var urn) && IsProviderType(urn.Type)
            ? new ProviderReference(urn, text[(last + Separator.Length)..])
            : throw new FormatException($"'{text}' is no provider reference: expected <URN of a {TypePrefix}… resource>::<id>");
    }

    public override string ToString() => $"{Urn}{Separator}{Id}";
}
