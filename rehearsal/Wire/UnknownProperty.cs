namespace Rehearsal.Wire;

/// <summary>A value that only a deployment can know.</summary>
/// <param name="Sentinel">The text that stands for it on the wire: one of <see cref="WireSignatures.UnknownSentinels"/>.</param>
public sealed record UnknownProperty(string Sentinel) : PropertyValue
{
    /// <summary>The form that SDKs send and understand, whatever the type of the value.</summary>
    public static readonly UnknownProperty Instance = new(WireSignatures.UnknownString);

    public override bool ContainsUnknowns => true;
}
