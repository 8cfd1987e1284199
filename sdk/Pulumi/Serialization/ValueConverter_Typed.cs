using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

internal abstract partial class ValueConverter
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private sealed class Json : ValueConverter
    {
        public override object Missing => default(JsonElement);

        protected override object? Convert(string context, object value, Resource? about)
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                Write(writer, context, value);
            }
            return JsonElement.Parse(buffer.WrittenSpan);
        }

        private static void Write(Utf8JsonWriter writer, string context, object? value)
        {
            switch (value)
            {
                case null: writer.WriteNullValue(); break;
                case string text: writer.WriteStringValue(text); break;
                case double number: writer.WriteNumberValue(number); break;
                case bool flag: writer.WriteBooleanValue(flag); break;
                case ImmutableArray<object?> array:
                    writer.WriteStartArray();
                    foreach (var element in array)
                    {
                        Write(writer, context, element);
                    }
                    writer.WriteEndArray();
                    break;
                case ImmutableDictionary<string, object?> map:
                    writer.WriteStartObject();
                    foreach (var (key, entry) in map)
                    {
                        writer.WritePropertyName(key);
                        Write(writer, context, entry);
                    }
                    writer.WriteEndObject();
                    break;
                default: throw new UnfitException($"Unexpected type {value.GetType().FullName} when converting {context} to {nameof(JsonElement)}");
            }
        }
    }

    private sealed class Enumeration(Type type) : ValueConverter
    {
        public override object Missing => Enum.ToObject(type, 0);

        protected override object? Convert(string context, object value, Resource? about) =>
            value is double number ? Enum.ToObject(type, (int)number) : throw Unfit(context, typeof(double), value);
    }

    /// <summary>A struct with a constructor that takes the text or number.</summary>
    private sealed class SchemaEnum(Type type) : ValueConverter
    {
        private readonly ConstructorInfo? _ofText = EnumConstructor(type, typeof(string));
        private readonly ConstructorInfo? _ofNumber = EnumConstructor(type, typeof(double));

        public override object Missing { get; } = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);

        protected override object? Convert(string context, object value, Resource? about)
        {
            var constructor = value switch
            {
                string => _ofText,
                double => _ofNumber,
                _ => throw new UnfitException(
                    $"Expected {typeof(string).FullName} or {typeof(double).FullName} but got {value.GetType().FullName} deserializing {context}"),
            };
            return constructor?.Invoke([value])
                ?? throw new UnfitException($"Expected target type {type.FullName} to have a constructor with a single {value.GetType().FullName} parameter.");
        }
    }

    /// <summary>A class with a constructor that takes the properties of the answer.</summary>
    private sealed class Answer : ValueConverter
    {
        private readonly ConstructorInfo _constructor;
        private readonly (string Name, string Context, Type Type)[] _parameters;

        public Answer(Type type)
        {
            _constructor = AnswerConstructor(type) ?? throw new InvalidOperationException($"Unexpected target type {type.FullName}");
            _parameters = Array.ConvertAll(
                _constructor.GetParameters(),
                property =>
                    (
                        property.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? property.Name!,
                        $"{type.FullName}({property.Name})",
                        property.ParameterType));
        }

        protected override object? Convert(string context, object value, Resource? about)
        {
            if (value is not ImmutableDictionary<string, object?> map)
            {
                throw Unfit(context, typeof(ImmutableDictionary<string, object?>), value);
            }
            return _constructor.Invoke(
                Array.ConvertAll(_parameters, property => For(property.Type).ConvertOrWarn(property.Context, map.GetValueOrDefault(property.Name), about)));
        }
    }
}
