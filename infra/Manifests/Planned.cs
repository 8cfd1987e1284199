using Pulumi;
using Pulumi.Utilities;

namespace Infra.Manifests;

/// <summary>
/// Values that follow from the settings although a provider only tells them afterwards: a plan and a rehearsed update show them, a deployment takes the
/// provider's word.
/// </summary>
internal static class Planned
{
    /// <summary>The word that stands in a text of a plan for what only a deployment knows.</summary>
    public const string Unknown = "<known after up>";

    /// <summary>What the provider says; as long as it says nothing, what it is going to say.</summary>
    /// <remarks>Not in previews only: an update that no cloud answers would hand on what it does not know, and the next preview would announce it.</remarks>
    /// <param name="told">The provider's word.</param>
    /// <param name="expected">What follows from the settings.</param>
    public static Output<T> Or<T>(Output<T> told, T expected) =>
        Output.Create(OutputUtilities.GetIsKnownAsync(told)).Apply(isKnown => isKnown ? told : Output.Create(expected));

    /// <summary>The value once other things exist: whoever uses it waits for them, and depends on them.</summary>
    /// <param name="value">The value.</param>
    /// <param name="others">What is told of the others when they exist.</param>
    public static Output<T> After<T, TOthers>(this Output<T> value, Output<TOthers> others) => Output.Tuple(value, others).Apply(known => known.Item1);
}
