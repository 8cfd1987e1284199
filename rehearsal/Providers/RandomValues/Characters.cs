using System.Security.Cryptography;
using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

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
