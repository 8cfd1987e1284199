using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

/// <summary>Random bytes in four spellings, each behind an optional prefix; its id is the URL-safe one without.</summary>
internal sealed class RandomIdMaker : IResourceMaker
{
    public string Type => "random:index/randomId:RandomId";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var length = inputs.Whole("byteLength", 0);
        if (length < 1) throw new FormatException($"byteLength must be at least 1, is {length}");
        var bytes = RandomNumberGenerator.GetBytes(length);
        var (prefix, url) = (inputs.OpenText("prefix") ?? "", Base64Url.EncodeToString(bytes));
        return (url, inputs.Plus(
            ("b64Url", prefix + url), ("b64Std", prefix + Convert.ToBase64String(bytes)), ("hex", prefix + Convert.ToHexStringLower(bytes)),
            ("dec", prefix + new BigInteger(bytes, isUnsigned: true, isBigEndian: true))));
    }
}
