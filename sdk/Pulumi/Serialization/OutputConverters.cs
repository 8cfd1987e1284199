using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi.Serialization;

/// <summary>Lets the JSON serializer meet outputs and inputs, and notes what they say of themselves.</summary>
internal sealed class OutputConverters : JsonConverterFactory
{
    /// <summary>Outputs that were not there yet, so that the text is not complete.</summary>
    public List<Task> Awaited { get; } = [];

    public ResourceSet Dependencies { get; private set; }

    public bool IsUnknown { get; private set; }

    public bool IsSecret { get; private set; }

    /// <summary>What outputs that are read from a text have from it.</summary>
    public OutputData<bool> Read { get; init; } = new(ResourceSet.Empty, Value: true, IsKnown: true, IsSecret: false);

    public JsonSerializerOptions AddTo(JsonSerializerOptions? options) => new(options ?? JsonSerializerOptions.Default) { Converters = { this } };

    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && (typeToConvert.GetGenericTypeDefinition() == typeof(Output<>) || typeToConvert.GetGenericTypeDefinition() == typeof(Input<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var converter = typeToConvert.GetGenericTypeDefinition() == typeof(Output<>) ? typeof(OfOutput<>) : typeof(OfInput<>);
        return (JsonConverter)Activator.CreateInstance(converter.MakeGenericType(typeToConvert.GenericTypeArguments), this)!;
    }

    private void Write<T>(Utf8JsonWriter writer, Output<T> output, JsonSerializerOptions options)
    {
        var pending = output.Data;
        if (!pending.IsCompletedSuccessfully)
        {
            Awaited.Add(pending.AsTask());
            writer.WriteNullValue();
            return;
        }
        var data = pending.Result;
        Dependencies = Dependencies.Union(data.Resources);
        IsUnknown |= !data.IsKnown;
        IsSecret |= data.IsSecret;
        if (data.IsKnown) JsonSerializer.Serialize(writer, data.Value, options);
        else writer.WriteNullValue();
    }

    private Output<T> ReadValue<T>(ref Utf8JsonReader reader, JsonSerializerOptions options) => new(Read.With(JsonSerializer.Deserialize<T>(ref reader, options)!));

    private sealed class OfOutput<T>(OutputConverters owner) : JsonConverter<Output<T>>
    {
        public override Output<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => owner.ReadValue<T>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, Output<T> value, JsonSerializerOptions options) => owner.Write(writer, value, options);
    }

    private sealed class OfInput<T>(OutputConverters owner) : JsonConverter<Input<T>>
    {
        public override Input<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => owner.ReadValue<T>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, Input<T> value, JsonSerializerOptions options) => owner.Write(writer, value.ToOutput(), options);
    }
}
