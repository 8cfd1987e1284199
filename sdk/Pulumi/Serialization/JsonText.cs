using Google.Protobuf;

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
        return data.With<string?>(JsonFormatter.Default.Format(json));
    }
}
