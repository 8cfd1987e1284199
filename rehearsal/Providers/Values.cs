using System.Security.Cryptography;
using System.Text;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Short forms for the values that providers and functions answer with.</summary>
internal static class Values
{
    public static PropertyValue Text(string value) => new StringProperty(value);

    public static PropertyValue Number(double value) => new NumberProperty(value);

    public static PropertyValue Texts(IEnumerable<string> values) => List(values.Select(Text));

    public static PropertyValue List(IEnumerable<PropertyValue> values) => new ListProperty([.. values]);

    public static PropertyValue Map(params ReadOnlySpan<(string Key, PropertyValue Value)> properties) => new ObjectProperty(PropertyMap.Create(properties));
}

/// <summary>Reads inputs that a schema has already checked: secrets opened, absent ones replaced by the provider's default.</summary>
internal static class InputReader
{
    public static PropertyValue? Open(this PropertyMap inputs, string key)
    {
        var value = inputs.Find(key);
        while (value is SecretProperty secret)
        {
            value = secret.Value;
        }
        return value is NullProperty ? null : value;
    }

    public static string? OpenText(this PropertyMap inputs, string key) => inputs.Open(key) is StringProperty text ? text.Value : null;

    public static string RequiredText(this PropertyMap inputs, string key)
        => inputs.OpenText(key) ?? throw new FormatException($"{key} is required and missing");

    public static int Whole(this PropertyMap inputs, string key, int otherwise)
        => inputs.Open(key) is NumberProperty number ? checked((int)number.Value) : otherwise;

    public static bool Flag(this PropertyMap inputs, string key, bool otherwise) => inputs.Open(key) is BooleanProperty flag ? flag.Value : otherwise;

    public static IReadOnlyList<string> Texts(this PropertyMap inputs, string key) => inputs.Open(key) is ListProperty list
        ? [.. list.Items.Select(item => item is SecretProperty secret ? secret.Value : item).OfType<StringProperty>().Select(type => type.Value)]
        : [];

    /// <summary>The inputs and computed outputs as one map.</summary>
    public static PropertyMap Plus(this PropertyMap inputs, params ReadOnlySpan<(string Key, string Value)> outputs)
    {
        foreach (var (key, value) in outputs)
        {
            inputs = inputs.With(key, new StringProperty(value));
        }
        return inputs;
    }
}

/// <summary>Identifiers that follow from a text, so that two rehearsals give the same ones.</summary>
internal static class Digits
{
    /// <summary>At most 64 lower-case hexadecimal digits.</summary>
    public static string Hex(string source, int length) => Convert.ToHexStringLower(Hash(source))[..length];

    public static string Uuid(string source) => new Guid(Hash(source).AsSpan(0, 16)).ToString();

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
