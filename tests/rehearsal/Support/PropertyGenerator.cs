using FsCheck;
using FsCheck.Fluent;
using Protocol;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Support;

/// <summary>Makes property values of every kind, nested up to three levels.</summary>
public static class PropertyGenerator
{
    private const int Depth = 3;

    private static readonly Gen<string> Text = Gen.Elements(
        "", "a", "ä\n\"", "long enough to be looked at", WireSignatures.Secret, "04da6b54-80e4-46f7-96ec-b56ff0331ba8");
    private static readonly Gen<string> Key = Gen.Elements("a", "b", "name", "metadata", "data.key", "__x", "value", "ключ");
    private static readonly Gen<string?> OptionalText = Gen.OneOf(Gen.Constant<string?>(null), Text.Select(string? (t) => t));

    public static Arbitrary<PropertyValue> Values { get; } = Arb.From(Value(Depth));

    public static Arbitrary<PropertyMap> Maps { get; } = Arb.From(Map(Depth));

    private static Gen<PropertyMap> Map(int depth) => from count in Gen.Choose(0, 4)
                                                      from keys in Key.ListOf(count)
                                                      from values in Value(depth - 1).ListOf(count)
                                                      select PropertyMap.From(keys.Zip(values, KeyValuePair.Create).DistinctBy(p => p.Key));

    private static Gen<PropertyValue> Value(int depth)
    {
        var leaves = Gen.OneOf(
            Gen.Constant<PropertyValue>(NullProperty.Instance),
            Gen.Elements(true, false).Select(PropertyValue (b) => BooleanProperty.From(b)),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(PropertyValue (n) => new NumberProperty(n.Item)),
            Text.Select(PropertyValue (t) => new StringProperty(t)),
            Gen.Elements(WireSignatures.UnknownSentinels.Items.ToArray()).Select(PropertyValue (s) => new UnknownProperty(s)),
            from text in OptionalText from path in OptionalText select (PropertyValue)new AssetProperty(text, path),
            from id in OptionalText from version in Text select (PropertyValue)new ReferenceProperty("urn:pulumi:s::p::t::n", id, version));
        if (depth <= 0)
        {
            return leaves;
        }
        var inner = Value(depth - 1);
        return Gen.OneOf(
            leaves,
            Gen.Choose(0, 3).SelectMany(n => inner.ListOf(n)).Select(PropertyValue (items) => new ListProperty([.. items])),
            Map(depth).Select(PropertyValue (map) => new ObjectProperty(map)),
            inner.Select(PropertyValue (value) => new SecretProperty(value)),
            Map(depth).Select(PropertyValue (map) => new ArchiveProperty(map)),
            from value in inner
            from known in Gen.Elements(true, false)
            from secret in Gen.Elements(true, false)
            select (PropertyValue)new OutputProperty(known ? value : null, secret, ["urn:pulumi:s::p::t::n"]));
    }
}
