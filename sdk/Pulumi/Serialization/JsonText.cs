using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Protocol;

namespace Pulumi.Serialization;

/// <summary>Turns the value of an input that travels as JSON text into that text.</summary>
internal static class JsonText
{
    /// <summary>The text of a member's value; a null that comes from an output is the text <c>null</c>.</summary>
    public static Output<string?> Of(string member, object value) => new(WriteAsync(member, value));

    private static async Task<OutputData<string?>> WriteAsync(string member, object value)
    {
        var data = value is IInput input
            ? await input.Flatten().DataAsync()
            : new OutputData<object?>(ResourceSet.Empty, value, IsKnown: true, IsSecret: false);
        if (!data.IsKnown)
        {
            return data.With<string?>(null);
        }
        try
        {
            // What is inside keeps neither secrets' marks nor dependencies: the official package does the same
            var json = await new PropertyWriter(keepResources: false, keepOutputValues: false).WriteAsync(data.Value);
            return data.With<string?>(ValueJson.Text(json));
        }
        catch (UnfitValueException e)
        {
            throw e.At(member);
        }
    }
}

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
