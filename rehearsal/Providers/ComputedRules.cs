using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>What the providers random and tls refuse before they make anything, in their own words.</summary>
internal static class ComputedRules
{
    private static readonly FrozenDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["algorithm"] = ["RSA", "ECDSA", "ED25519"],
        ["ecdsaCurve"] = ["P224", "P256", "P384", "P521"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Minimums = ["minUpper", "minLower", "minNumeric", "minSpecial"];

    public static ImmutableArray<CheckFailure> Check(Urn urn, string type, PropertyMap inputs) => type switch
    {
        "random:index/randomPassword:RandomPassword" or "random:index/randomString:RandomString" => Characters(urn, inputs),
        "tls:index/privateKey:PrivateKey" => [.. Allowed.Select(rule => Choice(urn, inputs, rule.Key, rule.Value)).OfType<CheckFailure>()],
        _ => [],
    };

    private static ImmutableArray<CheckFailure> Characters(Urn urn, PropertyMap inputs)
    {
        if (inputs.Open("length") is not NumberProperty length || Minimums.Any(key => inputs.Open(key) is UnknownProperty))
        {
            return [];
        }
        if (length.Value < 1)
        {
            return [Failure(urn, "length", "Invalid Attribute Value", $"must be at least 1, got: {length.Value.ToString(CultureInfo.InvariantCulture)}")];
        }
        return length.Value >= Minimums.Sum(key => inputs.Whole(key, 0)) ? [] : [Failure(
            urn, "length", "Invalid Attribute Value",
            $"must be at least sum of {string.Join(" + ", Minimums.Select(Snake))}, got: {length.Value.ToString(CultureInfo.InvariantCulture)}")];
    }

    private static CheckFailure? Choice(Urn urn, PropertyMap inputs, string key, string[] allowed) =>
        inputs.OpenText(key) is { } text && !allowed.Contains(text, StringComparer.Ordinal)
            ? Failure(
                urn,
                key,
                "Invalid Attribute Value Match",
                $"must be one of: [{string.Join(' ', allowed.Select(argument => $"\"{argument}\""))}], got: \"{text}\"")
            : null;

    private static CheckFailure Failure(Urn urn, string key, string kind, string rule)
        => new("", $"{kind}. Attribute {Snake(key)} value {rule}. Examine values at '{urn.Name}.{key}'.");

    // The providers are Terraform's: minUpper is min_upper there
    private static string Snake(string key) =>
        key.Aggregate(new StringBuilder(), (text, entry) => char.IsUpper(entry) ? text.Append('_').Append(char.ToLowerInvariant(entry)) : text.Append(entry))
            .ToString();
}

/// <summary>Takes over random values that exist already, from the ids that the provider's documentation gives for an import.</summary>
internal static class RandomImports
{
    public static readonly FrozenDictionary<string, Func<string, (string Id, PropertyMap Outputs)>> ByType = new Dictionary<string, Func<string,
        (string Id, PropertyMap Outputs)>>(StringComparer.Ordinal)
    {
        ["random:index/randomPassword:RandomPassword"] = id
            => ("none", Characters(id, "random:index/randomPassword:RandomPassword").Plus(("bcryptHash", RandomMakers.BcryptHash(id)))),
        ["random:index/randomString:RandomString"] = id => (id, Characters(id, "random:index/randomString:RandomString")),
        ["random:index/randomUuid:RandomUuid"] = id
            => (Guid.TryParse(id, out _) ? id : throw new FormatException($"'{id}' is no UUID"), PropertyMap.Empty.Plus(("result", id))),
        ["random:index/randomInteger:RandomInteger"] = Integer,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static PropertyMap Characters(string text, string type)
        => ComputedDefaults.Apply(PropertyMap.Create(("length", new NumberProperty(text.Length)), ("result", new StringProperty(text))),
            ComputedDefaults.ByType[type]);

    // Result,min,max or result,min,max,seed
    private static (string Id, PropertyMap Outputs) Integer(string id)
    {
        var parts = id.Split(',');
        if (parts.Length is not (3 or 4) || parts.Take(3).Any(part => !int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            throw new FormatException($"'{id}' is no id of a random integer: result,min,max or result,min,max,seed");
        }
        var outputs = PropertyMap.From(
            new[] { "result", "min", "max" }.Select(
                (key, index) => KeyValuePair.Create<string, PropertyValue>(key, new NumberProperty(int.Parse(parts[index], CultureInfo.InvariantCulture)))));
        return (parts[0], parts.Length == 4 ? outputs.Plus(("seed", parts[3])) : outputs);
    }
}
