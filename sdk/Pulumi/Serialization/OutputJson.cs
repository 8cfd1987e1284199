using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

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
            // A JSON converter cannot wait: what was not there yet is awaited here, and all is written again
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

/// <summary>Lets the JSON serializer meet outputs and inputs, and notes what they say of themselves.</summary>
internal sealed class OutputConverters : JsonConverterFactory
{
    /// <summary>What the text that is being written or read on this thread is about; the serializer itself has no place for it.</summary>
    [ThreadStatic]
    private static Encounters? _current;

    private static readonly Comparer<string> Descending = Comparer<string>.Create((argument, index) => string.CompareOrdinal(index, argument));

    private static readonly Dictionary<Type, Type> ByType = new()
    {
        [typeof(Output<>)] = typeof(OfOutput<>),
        [typeof(Input<>)] = typeof(OfInput<>),
        [typeof(InputList<>)] = typeof(OfList<>),
        [typeof(InputMap<>)] = typeof(OfMap<>),
    };

    /// <summary>Writes a value in one go.</summary>
    /// <returns>The text, and what the outputs inside said; the text is not complete if some of them have to be awaited.</returns>
    public static (string Text, Encounters Met) Write<T>(T value, JsonSerializerOptions options)
    {
        var (outer, met) = (_current, new Encounters());
        _current = met;
        try
        {
            return (JsonSerializer.Serialize(value, options), met);
        }
        finally
        {
            _current = outer;
        }
    }

    /// <summary>Reads a text; outputs inside are as secret as the text, and depend on the same.</summary>
    public static T Read<T>(OutputData<string> json, JsonSerializerOptions options)
    {
        var outer = _current;
        _current = new Encounters { Source = json };
        try
        {
            return JsonSerializer.Deserialize<T>(json.Value, options)!;
        }
        finally
        {
            _current = outer;
        }
    }

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && ByType.ContainsKey(typeToConvert.GetGenericTypeDefinition());

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(ByType[typeToConvert.GetGenericTypeDefinition()].MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private static void Write<T>(Utf8JsonWriter writer, Output<T> output, JsonSerializerOptions options)
    {
        if (_current!.Meet(output.Data, out var value))
        {
            JsonSerializer.Serialize(writer, value, options);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static Output<T> ReadValue<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var source = _current!.Source;
        return new Output<T>(source.With(JsonSerializer.Deserialize<T>(ref reader, options)!));
    }

    /// <summary>What outputs said of themselves while they were written.</summary>
    public sealed class Encounters
    {
        /// <summary>The text that outputs are read from.</summary>
        public OutputData<string> Source { get; init; }

        /// <summary>Outputs that were not there yet.</summary>
        public List<Task> Awaited { get; } = [];

        public ResourceSet Dependencies { get; private set; }

        public bool IsUnknown { get; private set; }

        public bool IsSecret { get; private set; }

        public bool Meet<T>(ValueTask<OutputData<T>> pending, out T? value)
        {
            value = default;
            if (!pending.IsCompletedSuccessfully)
            {
                Awaited.Add(pending.AsTask());
                return false;
            }
            var data = pending.Result;
            Dependencies = Dependencies.Union(data.Resources);
            IsUnknown |= !data.IsKnown;
            IsSecret |= data.IsSecret;
            value = data.Value;
            return data.IsKnown;
        }
    }

    private sealed class OfOutput<T> : JsonConverter<Output<T>>
    {
        public override Output<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadValue<T>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, Output<T> value, JsonSerializerOptions options) => OutputConverters.Write(writer, value, options);
    }

    private sealed class OfInput<T> : JsonConverter<Input<T>>
    {
        public override Input<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadValue<T>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, Input<T> value, JsonSerializerOptions options) =>
            OutputConverters.Write(writer, value.ToOutput(), options);
    }

    private sealed class OfList<T> : JsonConverter<InputList<T>>
    {
        public override InputList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadValue<ImmutableArray<T>>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, InputList<T> value, JsonSerializerOptions options) =>
            OutputConverters.Write(writer, value.Elements(), options);
    }

    private sealed class OfMap<T> : JsonConverter<InputMap<T>>
    {
        public override InputMap<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadValue<ImmutableDictionary<string, T>>(ref reader, options);

        // The official package writes the entries in the order of their hashes, another one in every run; this order is one of those, and always the same
        public override void Write(Utf8JsonWriter writer, InputMap<T> value, JsonSerializerOptions options)
        {
            if (!_current!.Meet(value.Entries().Data, out var entries) || entries is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                JsonSerializer.Serialize(writer, new SortedDictionary<string, Input<T>>(entries, Descending), options);
            }
        }
    }
}
