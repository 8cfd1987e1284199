using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>JSON of values that hold outputs and inputs.</summary>
internal static class OutputJson
{
    /// <summary>The options of programs with our converters added: the serializer learns every type once per options object.</summary>
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Extended = [];

    /// <summary>The JSON text; unknown as soon as one output inside is, secret as soon as one is.</summary>
    public static async Task<OutputData<string>> WriteAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var data = await value.Data;
        if (!data.IsKnown)
        {
            return data.With<string>(null!);
        }
        while (true)
        {
            var (text, met) = OutputConverters.Write(data.Value, Extend(options));
            // a JSON converter cannot wait: what was not there yet is awaited here, and all is written again
            if (met.Awaited.Count > 0)
            {
                await Task.WhenAll(met.Awaited);
                continue;
            }
            return new OutputData<string>(data.Resources.Union(met.Dependencies), met.IsUnknown ? null! : text, !met.IsUnknown, data.IsSecret || met.IsSecret);
        }
    }

    public static async Task<OutputData<T>> ReadAsync<T>(Output<string> json, JsonSerializerOptions? options)
    {
        var data = await json.Data;
        return data.With(data.IsKnown ? OutputConverters.Read<T>(data, Extend(options)) : default!);
    }

    private static JsonSerializerOptions Extend(JsonSerializerOptions? options) =>
        Extended.GetValue(options ?? JsonSerializerOptions.Default, given => new JsonSerializerOptions(given) { Converters = { new OutputConverters() } });
}
