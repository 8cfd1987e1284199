using Google.Protobuf.WellKnownTypes;

namespace Rehearsal.Wire;

/// <summary>Writes values into a protobuf Struct, in the forms that <see cref="PropertyDecoder"/> reads.</summary>
public static class PropertyEncoder
{
    public static Struct Encode(PropertyMap properties)
    {
        var message = new Struct();
        foreach (var (key, value) in properties) message.Fields.Add(key, Encode(value));
        return message;
    }

    public static Value Encode(PropertyValue value) => value switch
    {
        NullProperty => Value.ForNull(),
        BooleanProperty boolean => Value.ForBool(boolean.Value),
        NumberProperty number => Value.ForNumber(number.Value),
        StringProperty text => Value.ForString(text.Value),
        UnknownProperty unknown => Value.ForString(unknown.Sentinel),
        ListProperty list => List(list.Items.Select(Encode)),
        ObjectProperty map => Value.ForStruct(Encode(map.Properties)),
        SecretProperty secret => Special(WireSignatures.Secret, ("value", Encode(secret.Value))),
        AssetProperty asset => Special(WireSignatures.Asset, ("text", Text(asset.Text)), ("path", Text(asset.Path)), ("uri", Text(asset.Uri)), ("hash", Text(asset.Hash))),
        ArchiveProperty archive => Special(
            WireSignatures.Archive,
            ("assets", archive.Assets is null ? null : Value.ForStruct(Encode(archive.Assets))), ("path", Text(archive.Path)), ("uri", Text(archive.Uri)), ("hash", Text(archive.Hash))),
        ReferenceProperty reference => Special(
            WireSignatures.ResourceReference,
            ("urn", Value.ForString(reference.Urn)), ("id", Text(reference.Id)), ("packageVersion", reference.PackageVersion.Length == 0 ? null : Value.ForString(reference.PackageVersion))),
        OutputProperty output => Special(
            WireSignatures.OutputValue,
            ("value", output.Value is null ? null : Encode(output.Value)),
            ("secret", output.Secret ? Value.ForBool(value: true) : null),
            ("dependencies", output.Dependencies.IsEmpty ? null : List(output.Dependencies.Select(Value.ForString)))),
        _ => throw new WireException($"values of kind {value.GetType().Name} have no wire form"),
    };

    private static Value? Text(string? text) => text is null ? null : Value.ForString(text);

    private static Value List(IEnumerable<Value> items)
    {
        var list = new ListValue();
        list.Values.AddRange(items);
        return new Value { ListValue = list };
    }

    private static Value Special(string kind, params ReadOnlySpan<(string Key, Value? Value)> fields)
    {
        var message = new Struct { Fields = { [WireSignatures.Key] = Value.ForString(kind) } };
        foreach (var (key, value) in fields)
            if (value is not null) message.Fields.Add(key, value);
        return Value.ForStruct(message);
    }
}
