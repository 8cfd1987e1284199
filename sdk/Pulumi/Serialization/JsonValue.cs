using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi.Serialization;

/// <summary>A JSON value as it travels.</summary>
internal static class JsonValue
{
    public static Value Of(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String: return Value.ForString(json.GetString());
            case JsonValueKind.Number: return Value.ForNumber(json.GetDouble());
            case JsonValueKind.True: return Value.ForBool(true);
            case JsonValueKind.False: return Value.ForBool(false);
            case JsonValueKind.Array: return Value.ForList([.. json.EnumerateArray().Select(Of)]);
            case JsonValueKind.Object:
                var result = new Struct();
                foreach (var property in json.EnumerateObject())
                {
                    result.Fields[property.Name] = Of(property.Value);
                }
                return Value.ForStruct(result);
            default: return Value.ForNull();
        }
    }
}
