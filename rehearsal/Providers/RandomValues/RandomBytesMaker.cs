using System.Security.Cryptography;
using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

/// <summary>Random bytes that are secret; the id tells nothing.</summary>
internal sealed class RandomBytesMaker : IResourceMaker
{
    public string Type => "random:index/randomBytes:RandomBytes";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var length = inputs.Whole("length", 0);
        if (length < 1) throw new FormatException($"length must be at least 1, is {length}");
        var bytes = RandomNumberGenerator.GetBytes(length);
        return ("none", inputs.Plus(("base64", Convert.ToBase64String(bytes)), ("hex", Convert.ToHexStringLower(bytes))));
    }
}
