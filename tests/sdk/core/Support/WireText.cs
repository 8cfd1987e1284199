using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;

namespace Tests.Sdk.Core.Support;

/// <summary>
/// Values of the protocol as JSON with sorted keys. <c>{"$secret": 1}</c> stands for a secret, <c>"$unknown"</c> for an unknown,
/// <c>{"$resource": name, "id": id}</c> for a reference, <c>{"$output": value, "from": names}</c> for an output value.
/// </summary>
internal static class WireText
{
    private const string Kind = "4dabf18193072939515e22adb298388d";
    private const string Secret = "1b47061264138c4ac30d75fd1eb44270";
    private const string Resource = "5cf8f73096256a8f31e491e813e4eb8e";
    private const string Output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    private const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Struct values) => Node(Value.ForStruct(values))!.ToJsonString(Plain);

    public static string Of(Value value) => Node(value)?.ToJsonString(Plain) ?? "null";

    private static JsonNode? Node(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.NumberValue => value.NumberValue,
        Value.KindOneofCase.StringValue => value.StringValue == Unknown ? "$unknown" : value.StringValue,
        Value.KindOneofCase.ListValue => new JsonArray([.. value.ListValue.Values.Select(Node)]),
        Value.KindOneofCase.StructValue => Object(value.StructValue),
        _ => null,
    };

    private static JsonObject Object(Struct map)
    {
        var kind = map.Fields.TryGetValue(Kind, out var special) ? special.StringValue : null;
        return kind switch
        {
            Secret => new JsonObject { ["$secret"] = Node(map.Fields["value"]) },
            Resource => Reference(map),
            Output => OutputValue(map),
            _ => new JsonObject(
                map.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Node(field.Value)))),
        };
    }

    private static JsonObject Reference(Struct map)
    {
        var node = new JsonObject { ["$resource"] = Name(map.Fields["urn"]) };
        if (map.Fields.TryGetValue("id", out var id))
        {
            node["id"] = id.StringValue;
        }
        return node;
    }

    private static JsonObject OutputValue(Struct map)
    {
        var node = new JsonObject { ["$output"] = map.Fields.TryGetValue("value", out var value) ? Node(value) : "$unknown" };
        if (map.Fields.TryGetValue("secret", out var secret))
        {
            node["secret"] = secret.BoolValue;
        }
        if (map.Fields.TryGetValue("dependencies", out var urns))
        {
            node["from"] = string.Join(",", urns.ListValue.Values.Select(Name));
        }
        return node;
    }

    private static string Name(Value urn) => urn.StringValue.Split("::")[^1];
}
