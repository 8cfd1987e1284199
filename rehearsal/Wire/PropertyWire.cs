using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Protocol;

namespace Rehearsal.Wire;

/// <summary>Reads values from a protobuf Struct.</summary>
/// <remarks>
/// A secret text travels as <c>{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "s3cret"}</c>,
/// an unknown of any type as the string <c>"04da6b54-80e4-46f7-96ec-b56ff0331ba9"</c>. Seen and refused: a secret object without <c>value</c>.
/// </remarks>
public static class PropertyDecoder
{
    public static PropertyMap Decode(Struct? message)
    {
        if (message is null || message.Fields.Count == 0)
        {
            return PropertyMap.Empty;
        }
        var (keys, values, next) = (new string[message.Fields.Count], new PropertyValue[message.Fields.Count], 0);
        foreach (var (key, value) in message.Fields)
        {
            keys[next] = KeyPool.Shared(key);
            values[next++] = Decode(value);
        }
        return PropertyMap.Own(keys, values);
    }

    public static PropertyValue Decode(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.BoolValue => BooleanProperty.From(value.BoolValue),
        Value.KindOneofCase.NumberValue => new NumberProperty(value.NumberValue),
        Value.KindOneofCase.StringValue => Text(value.StringValue),
        Value.KindOneofCase.ListValue => new ListProperty([.. value.ListValue.Values.Select(Decode)]),
        Value.KindOneofCase.StructValue => Object(value.StructValue),
        _ => NullProperty.Instance,
    };

    private static PropertyValue Text(string text) => !WireSignatures.IsUnknown(text)
        ? StringProperty.From(text)
        : text == WireSignatures.UnknownString ? UnknownProperty.Instance : new UnknownProperty(text);

    private static PropertyValue Object(Struct message)
    {
        if (!message.Fields.TryGetValue(WireSignatures.Key, out var signature))
        {
            return new ObjectProperty(Decode(message));
        }
        return signature.StringValue switch
        {
            WireSignatures.Secret => new SecretProperty(Decode(Required(message, WireFields.Value, WireFields.Secret))),
            WireSignatures.ResourceReference
                => new ReferenceProperty(
                    Required(message, WireFields.Urn, "resource reference").StringValue, ReferenceId(message),
                    Optional(message, WireFields.PackageVersion) ?? ""),
            WireSignatures.OutputValue => new OutputProperty(
                message.Fields.TryGetValue(WireFields.Value, out var value) ? Decode(value) : null,
                message.Fields.TryGetValue(WireFields.Secret, out var secret) && secret.BoolValue,
                message.Fields.TryGetValue(WireFields.Dependencies, out var urns)
                    ? [.. urns.ListValue.Values.Select(urn => urn.StringValue)]
                    : ImmutableArray<string>.Empty),
            WireSignatures.Asset
                => new AssetProperty(
                    Optional(message, WireFields.Text), Optional(message, WireFields.Path), Optional(message, WireFields.Uri),
                    Optional(message, WireFields.Hash)),
            WireSignatures.Archive => new ArchiveProperty(
                message.Fields.TryGetValue(WireFields.Assets, out var assets) ? Decode(assets.StructValue) : null, Optional(message, WireFields.Path),
                Optional(message, WireFields.Uri), Optional(message, WireFields.Hash)),
            // Kinds of newer SDKs (byte strings for one) pass through as they are: the program that sent them understands them when they come back
            _ => new ObjectProperty(Decode(message)),
        };
    }

    // An unknown id comes as the unknown sentinel from some SDKs and as the empty string from others
    private static string? ReferenceId(Struct message) => Optional(message, WireFields.Id) is { } id ? WireSignatures.IsUnknown(id) ? "" : id : null;

    private static Value Required(Struct message, string field, string kind)
        => message.Fields.TryGetValue(field, out var value) ? value : throw new WireException($"a {kind} came without its '{field}'");

    private static string? Optional(Struct message, string field) => message.Fields.TryGetValue(field, out var value) ? value.StringValue : null;
}

/// <summary>Writes values into a protobuf Struct, in the forms that <see cref="PropertyDecoder"/> reads.</summary>
public static class PropertyEncoder
{
    public static Struct Encode(PropertyMap properties)
    {
        var message = new Struct();
        foreach (var (key, value) in properties)
        {
            message.Fields.Add(key, Encode(value));
        }
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
        SecretProperty secret => Special(WireSignatures.Secret, (WireFields.Value, Encode(secret.Value))),
        AssetProperty asset
            => Special(
                WireSignatures.Asset, (WireFields.Text, Text(asset.Text)), (WireFields.Path, Text(asset.Path)), (WireFields.Uri, Text(asset.Uri)),
                (WireFields.Hash, Text(asset.Hash))),
        ArchiveProperty archive => Special(
            WireSignatures.Archive,
            (WireFields.Assets, archive.Assets is null ? null : Value.ForStruct(Encode(archive.Assets))), (WireFields.Path, Text(archive.Path)),
            (WireFields.Uri, Text(archive.Uri)), (WireFields.Hash, Text(archive.Hash))),
        ReferenceProperty reference => Special(
            WireSignatures.ResourceReference,
            (WireFields.Urn, Value.ForString(reference.Urn)), (WireFields.Id, Text(reference.Id)),
            (WireFields.PackageVersion, reference.PackageVersion.Length == 0 ? null : Value.ForString(reference.PackageVersion))),
        OutputProperty output => Special(
            WireSignatures.OutputValue,
            (WireFields.Value, output.Value is null ? null : Encode(output.Value)),
            (WireFields.Secret, output.Secret ? Value.ForBool(value: true) : null),
            (WireFields.Dependencies, output.Dependencies.IsEmpty ? null : List(output.Dependencies.Select(Value.ForString)))),
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
        {
            if (value is not null)
            {
                message.Fields.Add(key, value);
            }
        }
        return Value.ForStruct(message);
    }
}

/// <summary>A message that does not follow Pulumi's wire format.</summary>
public sealed class WireException(string message) : Exception(message);

/// <summary>Property names, each kept once: thousands of resources repeat the same few.</summary>
internal static class KeyPool
{
    // A program that makes its names up (labels, data keys) must not fill the memory with them
    private const int Limit = 4096;

    private static readonly ConcurrentDictionary<string, string> Keys = new(StringComparer.Ordinal);
    private static int _count;

    public static string Shared(string key)
    {
        if (Keys.TryGetValue(key, out var shared))
        {
            return shared;
        }
        if (Volatile.Read(ref _count) >= Limit || !Keys.TryAdd(key, key))
        {
            return key;
        }
        Interlocked.Increment(ref _count);
        return key;
    }
}
