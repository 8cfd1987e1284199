using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

/// <summary>Random characters that are secret, and their bcrypt hash; the id tells nothing.</summary>
internal sealed class RandomPasswordMaker : IResourceMaker
{
    // what the provider uses: bcrypt.DefaultCost of golang.org/x/crypto, and the 72 bytes that bcrypt looks at
    private const int Cost = 10;
    private const int SaltBytes = 16;
    private const int LongestInput = 72;

    public string Type => "random:index/randomPassword:RandomPassword";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var text = Characters.Make(inputs);
        return ("none", inputs.Plus(("result", text), ("bcryptHash", Hash(text))));
    }

    private static string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var seen = Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, LongestInput));
        return OpenBsdBCrypt.Generate("2a", seen.ToCharArray(), RandomNumberGenerator.GetBytes(SaltBytes), Cost);
    }
}
