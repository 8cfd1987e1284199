using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>JSON of values that hold outputs and inputs.</summary>
internal static class OutputJson
{
    /// <summary>The JSON text; unknown as soon as one output inside is, secret as soon as one is.</summary>
    public static async Task<OutputData<string>> WriteAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var data = await value.Data;
        if (!data.IsKnown) return data.With<string>(null!);
        while (true)
        {
            var converters = new OutputConverters();
            var text = JsonSerializer.Serialize(data.Value, converters.AddTo(options));
            // a JSON converter cannot wait: what was not there yet is awaited here, and all is written again
            if (converters.Awaited.Count > 0)
            {
                await Task.WhenAll(converters.Awaited);
                continue;
            }
            return new OutputData<string>(data.Resources.Union(converters.Dependencies), converters.IsUnknown ? null! : text, !converters.IsUnknown, data.IsSecret || converters.IsSecret);
        }
    }

    public static async Task<OutputData<T>> ReadAsync<T>(Output<string> json, JsonSerializerOptions? options)
    {
        var data = await json.Data;
        return data.With(data.IsKnown ? JsonSerializer.Deserialize<T>(data.Value, new OutputConverters { Read = data.With(true) }.AddTo(options))! : default!);
    }
}
