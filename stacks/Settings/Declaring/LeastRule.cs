using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Manifests;

namespace Stacks.Settings.Declaring;

/// <summary>A quantity of <paramref name="least"/> or more.</summary>
public sealed class LeastAttribute(string least) : RuleAttribute
{
    private static readonly string[] Units = ["", "m", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti", "Pi"];

    private readonly Quantity _least = Quantity.Parse(least);

    public string Least => least;

    public override string Allowed => $"a Kubernetes quantity of {least} or more, such as 10Gi";

    public override string Example => "10Gi";

    public override string? Violation(object value) => value is Quantity quantity && quantity.Amount < _least.Amount ? $"is less than {least}" : null;

    // A pattern compares no numbers, but it can count digits: what is certainly too small has too small a whole part for its unit.
    public override void Describe(JsonObject schema)
    {
        schema["pattern"] = $"^({string.Join('|', Units.Select(WithUnit).OfType<string>())})$";
        schema["minimum"] = decimal.ToInt64(decimal.Ceiling(_least.Amount));
    }

    private string? WithUnit(string unit)
    {
        var whole = decimal.Floor(_least.Amount / Quantity.Parse($"1{unit}").Amount);
        return whole > 999_999_999m ? null : $"{Patterns.IntegerFrom(decimal.ToInt64(whole), digits: 9)}(\\.[0-9]{{1,3}})?{unit}";
    }
}

/// <summary>Regular expressions for numbers, which have to be spelled digit by digit.</summary>
internal static class Patterns
{
    /// <summary>Whole numbers from <paramref name="least"/> on, of at most <paramref name="digits"/> digits, with or without leading zeros.</summary>
    public static string IntegerFrom(long least, int digits)
    {
        if (least <= 0)
        {
            return $"[0-9]{{1,{digits}}}";
        }

        var text = least.ToString(CultureInfo.InvariantCulture);
        List<string> forms = [];
        if (text.Length < digits)
        {
            forms.Add($"0*[1-9][0-9]{{{text.Length},{digits - 1}}}");
        }

        // As many digits: equal up to one place, and greater there.
        for (var place = 0; place < text.Length; place++)
        {
            if (text[place] < '9')
            {
                forms.Add($"0*{text[..place]}[{(char)(text[place] + 1)}-9][0-9]{{{text.Length - place - 1}}}");
            }
        }

        forms.Add($"0*{text}");
        return $"({string.Join('|', forms)})";
    }

    /// <summary>An octet of an IPv4 address.</summary>
    public const string Octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /// <summary>Blocks of IPv4 addresses whose host bits are zero.</summary>
    public static string Ipv4Blocks { get; } = $"^({string.Join('|', Enumerable.Range(0, 4).SelectMany(Blocks))})$";

    // The prefix ends in one octet: those before it are any, those behind it are zero, and it is a multiple of what the prefix leaves.
    private static IEnumerable<string> Blocks(int octet)
    {
        var before = string.Concat(Enumerable.Repeat($"{Octet}\\.", octet));
        var behind = string.Concat(Enumerable.Repeat("\\.0", 3 - octet));
        for (var bits = octet == 0 ? 0 : 1; bits <= 8; bits++)
        {
            var step = 1 << (8 - bits);
            var multiples = step == 1 ? Octet : $"({string.Join('|', Enumerable.Range(0, 256 / step).Select(index => index * step))})";
            yield return $"{before}{multiples}{behind}/{(octet * 8) + bits}";
        }
    }
}
