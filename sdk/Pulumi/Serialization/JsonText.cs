using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi.Serialization;

/// <summary>Turns the value of an input that travels as JSON text into that text.</summary>
internal static class JsonText
{
    public static Output<string?> Of(object value) => new(WriteAsync(value));

    private static async Task<OutputData<string?>> WriteAsync(object value)
    {
        var data = value switch
        {
            IInput input => await input.Flatten().DataAsync(),
            IOutput output => await output.DataAsync(),
            _ => new OutputData<object?>(ResourceSet.Empty, value, IsKnown: true, IsSecret: false),
        };
        if (!data.IsKnown || data.Value is null) return data.With<string?>(null);
        // what is inside keeps neither secrets' marks nor dependencies: the official package does the same
        var json = await new PropertyWriter(keepResources: false, keepOutputValues: false).WriteAsync("json", data.Value);
        return data.With<string?>(JsonFormatter.Default.Format(Sorted(json)));
    }

    /// <summary>The same with the keys in order: the same value is always the same text.</summary>
    private static Value Sorted(Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.ListValue: return Value.ForList([.. value.ListValue.Values.Select(Sorted)]);
            case Value.KindOneofCase.StructValue:
                var result = new Struct();
                foreach (var (key, field) in value.StructValue.Fields.OrderBy(f => f.Key, StringComparer.InvariantCulture)) result.Fields[key] = Sorted(field);
                return Value.ForStruct(result);
            default: return value;
        }
    }
}
