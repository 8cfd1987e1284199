using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;

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
        if (message is null || message.Fields.Count == 0) return PropertyMap.Empty;
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
        Value.KindOneofCase.BoolValue => BooleanProperty.Of(value.BoolValue),
        Value.KindOneofCase.NumberValue => new NumberProperty(value.NumberValue),
        Value.KindOneofCase.StringValue => Text(value.StringValue),
        Value.KindOneofCase.ListValue => new ListProperty([.. value.ListValue.Values.Select(Decode)]),
        Value.KindOneofCase.StructValue => Object(value.StructValue),
        _ => NullProperty.Instance,
    };

    private static PropertyValue Text(string text) => text.Length == WireSignatures.SentinelLength && WireSignatures.UnknownSentinels.TryGetValue(text, out var sentinel)
        ? sentinel == WireSignatures.UnknownString ? UnknownProperty.Instance : new UnknownProperty(sentinel)
        : new StringProperty(text);

    private static PropertyValue Object(Struct message)
    {
        if (!message.Fields.TryGetValue(WireSignatures.Key, out var signature)) return new ObjectProperty(Decode(message));
        return signature.StringValue switch
        {
            WireSignatures.Secret => new SecretProperty(Decode(Required(message, "value", "secret"))),
            WireSignatures.ResourceReference => new ReferenceProperty(Required(message, "urn", "resource reference").StringValue, ReferenceId(message), Optional(message, "packageVersion") ?? ""),
            WireSignatures.OutputValue => new OutputProperty(
                message.Fields.TryGetValue("value", out var value) ? Decode(value) : null,
                message.Fields.TryGetValue("secret", out var secret) && secret.BoolValue,
                message.Fields.TryGetValue("dependencies", out var urns) ? [.. urns.ListValue.Values.Select(u => u.StringValue)] : ImmutableArray<string>.Empty),
            WireSignatures.Asset => new AssetProperty(Optional(message, "text"), Optional(message, "path"), Optional(message, "uri"), Optional(message, "hash")),
            WireSignatures.Archive => new ArchiveProperty(
                message.Fields.TryGetValue("assets", out var assets) ? Decode(assets.StructValue) : null, Optional(message, "path"), Optional(message, "uri"), Optional(message, "hash")),
            // kinds of newer SDKs (byte strings for one) pass through as they are: the program that sent them understands them when they come back
            _ => new ObjectProperty(Decode(message)),
        };
    }

    // an unknown id comes as the unknown sentinel from some SDKs and as the empty string from others
    private static string? ReferenceId(Struct message) => Optional(message, "id") is { } id ? WireSignatures.UnknownSentinels.Contains(id) ? "" : id : null;

    private static Value Required(Struct message, string field, string kind)
        => message.Fields.TryGetValue(field, out var value) ? value : throw new WireException($"a {kind} came without its '{field}'");

    private static string? Optional(Struct message, string field) => message.Fields.TryGetValue(field, out var value) ? value.StringValue : null;
}
