using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

/// <summary>A random whole number between two others, both included.</summary>
internal sealed class RandomIntegerMaker : IResourceMaker
{
    public string Type => "random:index/randomInteger:RandomInteger";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var (min, max) = (inputs.Whole("min", 0), inputs.Whole("max", 0));
        if (max < min || (long)max - min >= int.MaxValue) throw new FormatException($"min is {min} and max is {max}: max must not be less, and at most {int.MaxValue - 1} more");
        var result = min + Seed.Below(inputs.OpenText("seed"))(max - min + 1);
        return ($"{result}", inputs.With("result", new NumberProperty(result)));
    }
}
