using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Protocol;

namespace Tests.Sdk.Core.Support;

/// <summary>
/// Values of the protocol as JSON with sorted keys. <c>{"$secret": 1}</c> stands for a secret, <c>"$unknown"</c> for an unknown,
/// <c>{"$resource": name, "id": id}</c> for a reference, <c>{"$output": value, "from": names}</c> for an output value.
/// </summary>
internal static class WireText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Struct values) => Node(Value.ForStruct(values))!.ToJsonString(Plain);

    public static string Of(Value value) => Node(value)?.ToJsonString(Plain) ?? "null";

    private static JsonNode? Node(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.NumberValue => value.NumberValue,
        Value.KindOneofCase.StringValue => value.StringValue == WireSignatures.UnknownString ? "$unknown" : value.StringValue,
        Value.KindOneofCase.ListValue => new JsonArray([.. value.ListValue.Values.Select(Node)]),
        Value.KindOneofCase.StructValue => Object(value.StructValue),
        _ => null,
    };

    private static JsonObject Object(Struct map)
    {
        var kind = map.Fields.TryGetValue(WireSignatures.Key, out var special) ? special.StringValue : null;
        return kind switch
        {
            WireSignatures.Secret => new JsonObject { ["$secret"] = Node(map.Fields[WireFields.Value]) },
            WireSignatures.ResourceReference => Reference(map),
            WireSignatures.OutputValue => OutputValue(map),
            _ => new JsonObject(
                map.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Node(field.Value)))),
        };
    }

    private static JsonObject Reference(Struct map)
    {
        var node = new JsonObject { ["$resource"] = Name(map.Fields[WireFields.Urn]) };
        if (map.Fields.TryGetValue(WireFields.Id, out var id))
        {
            node["id"] = id.StringValue;
        }
        return node;
    }

    private static JsonObject OutputValue(Struct map)
    {
        var node = new JsonObject { ["$output"] = map.Fields.TryGetValue(WireFields.Value, out var value) ? Node(value) : "$unknown" };
        if (map.Fields.TryGetValue(WireFields.Secret, out var secret))
        {
            node["secret"] = secret.BoolValue;
        }
        if (map.Fields.TryGetValue(WireFields.Dependencies, out var urns))
        {
            node["from"] = string.Join(",", urns.ListValue.Values.Select(Name));
        }
        return node;
    }

    private static string Name(Value urn) => urn.StringValue.Split("::")[^1];
}
