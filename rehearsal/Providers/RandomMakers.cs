using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>The resources of the random provider (hashicorp/random 3.x).</summary>
internal static class RandomMakers
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    /// <summary>The provider's default of <c>overrideSpecial</c>.</summary>
    private const string Special = "!@#$%&*()-_=+[]{}<>:?";

    // What the provider uses: bcrypt.DefaultCost of golang.org/x/crypto, and the 72 bytes that bcrypt looks at.
    private const int BcryptCost = 10;
    private const int BcryptSaltBytes = 16;
    private const int BcryptInputBytes = 72;

    private const int DefaultPetWords = 2;

    // Lists of our own; long enough that two names of two words are hardly ever the same.
    private static readonly string[] Adverbs =
    [
        "boldly", "calmly", "deeply", "fairly", "gladly", "keenly", "kindly", "mildly", "neatly", "really", "simply", "warmly",
    ];
    private static readonly string[] Adjectives = (
        "able agile alert amber ample apt azure bold brave breezy bright brisk calm candid careful cheerful chief civil clean clear clever cosmic "
        + "cozy crisp curious daring dear deep eager early earnest easy elated exact expert fair famous fast fancy fine firm fit fluent fond frank free "
        + "fresh friendly full gentle giving glad golden good grand grateful great happy hardy harmless honest humble ideal jolly joyful keen kind "
        + "large leading light lively loyal lucky lunar magic major merry mighty modern modest neat new nimble noble novel open patient peaceful "
        + "playful polite precise prime proud pure quick quiet rapid rare ready regal robust rosy round sacred safe sharp shiny silent silver simple "
        + "sincere smart smooth solar solid sound steady still strong subtle sunny super sure sweet swift tender tidy tough trusty upbeat useful valid "
        + "vast vivid warm wise witty worthy young zesty").Split(' ');

    private static readonly string[] Animals = (
        "adder albatross alpaca anchovy ant antelope badger barnacle bass bat bear beaver bee beetle bison boar bobcat bonobo buffalo bullfinch "
        + "butterfly camel caribou carp cat catfish cheetah cicada civet clam cobra cod condor coral cougar cow crab crane cricket crow deer dingo dodo "
        + "dog dolphin donkey dove dragonfly duck eagle earwig eel egret elk emu ermine falcon fawn ferret finch firefly fish flamingo fly fox frog "
        + "gannet gazelle gecko gibbon giraffe gnat gnu goat goose gopher grouse guppy hare hawk hedgehog heron hornet horse hound ibex ibis iguana "
        + "impala jackal jackdaw jaguar jay kestrel kite kiwi koala koi lamb lark lemming lemur leopard lion lizard llama lobster locust lynx macaw "
        + "mackerel magpie mallard mammoth marlin marmot marten mink mole monkey moose moth mouse mule mullet newt ocelot octopus opossum orca oriole "
        + "osprey ostrich otter owl ox oyster panda panther parrot pelican penguin perch pheasant pigeon pika pony possum puffin puma python quail "
        + "rabbit raccoon ram raven ray reindeer robin rook salmon seal shark sheep shrew shrimp skink skylark sloth snail snake snipe sparrow spider "
        + "squid squirrel stag starling stork sturgeon swallow swan swift tapir tarpon tern thrush tiger titmouse toad toucan trout tuna turtle viper "
        + "vole vulture walrus warbler wasp weasel whale wolf wombat woodcock wren yak zebra").Split(' ');

    /// <summary>Random characters that are secret, and their bcrypt hash; the id tells nothing.</summary>
    public static (string Id, PropertyMap Outputs) Password(PropertyMap inputs)
    {
        var text = Characters(inputs);
        return ("none", inputs.Plus(("result", text), ("bcryptHash", BcryptHash(text))));
    }

    public static string BcryptHash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hashed = Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, BcryptInputBytes));
        return OpenBsdBCrypt.Generate("2a", hashed.ToCharArray(), RandomNumberGenerator.GetBytes(BcryptSaltBytes), BcryptCost);
    }

    /// <summary>Random characters; the id is the text itself.</summary>
    public static (string Id, PropertyMap Outputs) Text(PropertyMap inputs)
    {
        var text = Characters(inputs);
        return (text, inputs.Plus(("result", text)));
    }

    /// <summary>Random bytes that are secret; the id is their base64 all the same, as the real provider has it.</summary>
    public static (string Id, PropertyMap Outputs) Bytes(PropertyMap inputs)
    {
        var bytes = RandomNumberGenerator.GetBytes(AtLeastOne(inputs, "length", 0));
        return (Convert.ToBase64String(bytes), inputs.Plus(("base64", Convert.ToBase64String(bytes)), ("hex", Convert.ToHexStringLower(bytes))));
    }

    /// <summary>Random bytes in four spellings, each behind an optional prefix; the id is the URL-safe one without.</summary>
    public static (string Id, PropertyMap Outputs) Id(PropertyMap inputs)
    {
        var bytes = RandomNumberGenerator.GetBytes(AtLeastOne(inputs, "byteLength", 0));
        var (prefix, url) = (inputs.OpenText("prefix") ?? "", Base64Url.EncodeToString(bytes));
        return (url, inputs.Plus(
            ("b64Url", prefix + url), ("b64Std", prefix + Convert.ToBase64String(bytes)), ("hex", prefix + Convert.ToHexStringLower(bytes)),
            ("dec", prefix + new BigInteger(bytes, isUnsigned: true, isBigEndian: true))));
    }

    /// <summary>A random UUID of version 4.</summary>
    public static (string Id, PropertyMap Outputs) Uuid(PropertyMap inputs)
    {
        var uuid = Guid.NewGuid().ToString();
        return (uuid, inputs.Plus(("result", uuid)));
    }

    /// <summary>A random whole number between two others, both included.</summary>
    public static (string Id, PropertyMap Outputs) Integer(PropertyMap inputs)
    {
        var (min, max) = (inputs.Whole("min", 0), inputs.Whole("max", 0));
        if (max < min || (long)max - min >= int.MaxValue)
        {
            throw new FormatException($"min is {min} and max is {max}: max must not be less, and at most {int.MaxValue - 1} more");
        }
        var result = min + RandomBelow(inputs)(max - min + 1);
        return ($"{result}", inputs.With("result", new NumberProperty(result)));
    }

    /// <summary>A list in random order, repeated until it has the asked length.</summary>
    public static (string Id, PropertyMap Outputs) Shuffle(PropertyMap inputs)
    {
        var (given, below) = (inputs.Texts("inputs"), RandomBelow(inputs));
        var count = inputs.Whole("resultCount", given.Count);
        var results = new List<string>(count);
        while (results.Count < count && given.Count > 0)
        {
            results.AddRange(Shuffled([.. given], below).Take(count - results.Count));
        }
        return ("-", inputs.With("results", Values.Texts(results)));
    }

    /// <summary>A readable name of some words, the last an animal's.</summary>
    public static (string Id, PropertyMap Outputs) Pet(PropertyMap inputs)
    {
        var words = AtLeastOne(inputs, "length", DefaultPetWords);
        IEnumerable<string> name =
        [
            .. Enumerable.Range(0, Math.Max(0, words - 2)).Select(_ => One(Adverbs)), .. words > 1 ? [One(Adjectives)] : Array.Empty<string>(), One(Animals),
        ];
        if (inputs.OpenText("prefix") is { Length: > 0 } prefix)
        {
            name = name.Prepend(prefix);
        }
        return (string.Join(inputs.OpenText("separator") ?? "-", name), inputs);
    }

    /// <summary>A text of the asked length with at least the asked number of each kind of characters.</summary>
    private static string Characters(PropertyMap inputs)
    {
        var length = AtLeastOne(inputs, "length", 0);
        var numeric = inputs.Flag("numeric", inputs.Flag("number", otherwise: true));
        var special = inputs.OpenText("overrideSpecial") is { Length: > 0 } own ? own : Special;
        var kinds = new (bool Used, int Least, string Set)[]
        {
            (inputs.Flag("upper", otherwise: true), inputs.Whole("minUpper", 0), Upper),
            (inputs.Flag("lower", otherwise: true), inputs.Whole("minLower", 0), Lower),
            (numeric, inputs.Whole("minNumeric", 0), Digits),
            (inputs.Flag("special", otherwise: true), inputs.Whole("minSpecial", 0), special),
        };
        if (kinds.Sum(kind => kind.Least) is var least && least > length)
        {
            throw new FormatException($"length is {length}, less than minUpper + minLower + minNumeric + minSpecial = {least}");
        }
        var all = string.Concat(kinds.Where(kind => kind.Used).Select(kind => kind.Set));
        if (all.Length == 0)
        {
            throw new FormatException("one of upper, lower, numeric and special must be true");
        }
        var text = kinds
            .SelectMany(kind => RandomNumberGenerator.GetItems<char>(kind.Set, kind.Least))
            .Concat(RandomNumberGenerator.GetItems<char>(all, length - least))
            .ToArray();
        RandomNumberGenerator.Shuffle<char>(text);
        return new string(text);
    }

    private static int AtLeastOne(PropertyMap inputs, string key, int otherwise)
        => inputs.Whole(key, otherwise) is >= 1 and var number
            ? number
            : throw new FormatException($"{key} must be at least 1, is {inputs.Whole(key, otherwise)}");

    // The machine's own randomness, or a repeatable one when a seed is given (not the sequence of the real provider, whose generator is Go's).
    private static Func<int, int> RandomBelow(PropertyMap inputs)
    {
        if (inputs.OpenText("seed") is not { Length: > 0 } seed)
        {
            return RandomNumberGenerator.GetInt32;
        }
        var repeatable = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(seed))));
        return repeatable.Next;
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

    private static string One(string[] words) => RandomNumberGenerator.GetItems(words, 1)[0];
}
