using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

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

/// <summary>Random characters; its id is the text itself.</summary>
internal sealed class RandomStringMaker : IResourceMaker
{
    public string Type => "random:index/randomString:RandomString";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var text = Characters.Make(inputs);
        return (text, inputs.Plus(("result", text)));
    }
}

/// <summary>Texts of random characters under the rules of <c>random_string</c> and <c>random_password</c>.</summary>
internal static class Characters
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    /// <summary>The provider's default (hashicorp/random 3.x, override_special).</summary>
    private const string Special = "!@#$%&*()-_=+[]{}<>:?";

    /// <summary>A text of the asked length with at least the asked number of each kind.</summary>
    /// <exception cref="FormatException">The rules contradict each other.</exception>
    public static string Make(PropertyMap inputs)
    {
        var length = inputs.Whole("length", 0);
        var numeric = inputs.Flag("numeric", inputs.Flag("number", otherwise: true));
        var special = inputs.OpenText("overrideSpecial") is { Length: > 0 } own ? own : Special;
        var kinds = new (bool Used, int Least, string Set)[]
        {
            (inputs.Flag("upper", otherwise: true), inputs.Whole("minUpper", 0), Upper),
            (inputs.Flag("lower", otherwise: true), inputs.Whole("minLower", 0), Lower),
            (numeric, inputs.Whole("minNumeric", 0), Digits),
            (inputs.Flag("special", otherwise: true), inputs.Whole("minSpecial", 0), special),
        };
        if (length < 1) throw new FormatException($"length must be at least 1, is {length}");
        if (kinds.Sum(k => k.Least) is var least && least > length) throw new FormatException($"length is {length}, less than minUpper + minLower + minNumeric + minSpecial = {least}");
        var all = string.Concat(kinds.Where(k => k.Used).Select(k => k.Set));
        if (all.Length == 0) throw new FormatException("one of upper, lower, numeric and special must be true");
        var text = kinds.SelectMany(k => RandomNumberGenerator.GetItems<char>(k.Set, k.Least)).Concat(RandomNumberGenerator.GetItems<char>(all, length - least)).ToArray();
        RandomNumberGenerator.Shuffle<char>(text);
        return new string(text);
    }
}

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

/// <summary>A random UUID of version 4.</summary>
internal sealed class RandomUuidMaker : IResourceMaker
{
    public string Type => "random:index/randomUuid:RandomUuid";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var uuid = Guid.NewGuid().ToString();
        return (uuid, inputs.Plus(("result", uuid)));
    }
}

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

/// <summary>A list in random order, repeated until it has the asked length.</summary>
internal sealed class RandomShuffleMaker : IResourceMaker
{
    public string Type => "random:index/randomShuffle:RandomShuffle";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var (given, below) = (inputs.Texts("inputs"), Seed.Below(inputs.OpenText("seed")));
        var count = inputs.Whole("resultCount", given.Count);
        var results = new List<string>(count);
        while (results.Count < count && given.Count > 0) results.AddRange(Shuffled([.. given], below).Take(count - results.Count));
        return ("-", inputs.With("results", new ListProperty([.. results.Select(r => (PropertyValue)new StringProperty(r))])));
    }

    private static string[] Shuffled(string[] items, Func<int, int> below)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
        return items;
    }
}

/// <summary>A readable name of some words, the last an animal's; from lists of our own, shorter than the real provider's.</summary>
internal sealed class RandomPetMaker : IResourceMaker
{
    private const int DefaultWords = 2;

    private static readonly string[] Adverbs = ["boldly", "calmly", "deeply", "fairly", "gladly", "keenly", "kindly", "mildly", "neatly", "really", "simply", "warmly"];
    private static readonly string[] Adjectives = ["able", "brave", "bright", "clever", "eager", "fine", "gentle", "happy", "keen", "merry", "noble", "quick", "steady", "sunny", "wise"];
    private static readonly string[] Animals = ["badger", "beetle", "crane", "dolphin", "falcon", "finch", "gecko", "heron", "ibex", "lynx", "marten", "otter", "pigeon", "robin", "seal", "tapir", "wombat", "yak"];

    public string Type => "random:index/randomPet:RandomPet";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var words = inputs.Whole("length", DefaultWords);
        if (words < 1) throw new FormatException($"length must be at least 1, is {words}");
        IEnumerable<string> name = [.. Enumerable.Range(0, Math.Max(0, words - 2)).Select(_ => One(Adverbs)), .. words > 1 ? [One(Adjectives)] : Array.Empty<string>(), One(Animals)];
        if (inputs.OpenText("prefix") is { Length: > 0 } prefix) name = name.Prepend(prefix);
        return (string.Join(inputs.OpenText("separator") ?? "-", name), inputs);
    }

    private static string One(string[] words) => RandomNumberGenerator.GetItems(words, 1)[0];
}

/// <summary>Randomness: the machine's own, or a repeatable one when a seed is given (not the sequence of the real provider, whose generator is Go's).</summary>
internal static class Seed
{
    public static Func<int, int> Below(string? seed)
    {
        if (string.IsNullOrEmpty(seed)) return RandomNumberGenerator.GetInt32;
        var repeatable = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(seed))));
        return repeatable.Next;
    }
}
