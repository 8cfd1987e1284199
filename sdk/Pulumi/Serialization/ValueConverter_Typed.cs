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

        protected override object? ConvertPresent(string context, object value)
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer)) Write(writer, context, value);
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
                    foreach (var element in array) Write(writer, context, element);
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
                default: throw Unfit(context, typeof(JsonElement), value);
            }
        }
    }

    private sealed class Enumeration(Type type) : ValueConverter
    {
        public override object Missing => Enum.ToObject(type, 0);

        protected override object? ConvertPresent(string context, object value) => value is double number ? Enum.ToObject(type, (int)number) : throw Unfit(context, typeof(double), value);
    }

    /// <summary>A struct with a constructor that takes the text or number.</summary>
    private sealed class SchemaEnum : ValueConverter
    {
        private readonly ConstructorInfo _constructor;

        public SchemaEnum(Type type)
        {
            Missing = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            _constructor = Array.Find(type.GetConstructors(AnyInstance), c => c.GetParameters() is [var only] && (only.ParameterType == typeof(string) || only.ParameterType == typeof(double)))
            ?? throw new InvalidOperationException($"Expected {type.FullName} to have a constructor with a single string or double parameter.");
        }

        public override object? Missing { get; }

        protected override object? ConvertPresent(string context, object value)
        {
            var wanted = _constructor.GetParameters()[0].ParameterType;
            return value.GetType() == wanted ? _constructor.Invoke([value]) : throw Unfit(context, wanted, value);
        }
    }

    /// <summary>A class with a constructor that takes the properties of the answer.</summary>
    private sealed class Answer : ValueConverter
    {
        private readonly Type _type;
        private readonly ConstructorInfo _constructor;
        private readonly (string Name, Type Type)[] _parameters;

        public Answer(Type type)
        {
            _type = type;
            _constructor = Array.Find(type.GetConstructors(AnyInstance), c => c.GetCustomAttribute<OutputConstructorAttribute>() is not null)
                ?? throw new InvalidOperationException($"Expected {type.FullName} to have a constructor marked with {nameof(OutputConstructorAttribute)}.");
            _parameters = Array.ConvertAll(_constructor.GetParameters(), p => (p.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? p.Name!, p.ParameterType));
        }

        protected override object? ConvertPresent(string context, object value)
        {
            if (value is not ImmutableDictionary<string, object?> map) throw Unfit(context, typeof(ImmutableDictionary<string, object?>), value);
            var arguments = Array.ConvertAll(_parameters, p => For(p.Type).ConvertOrWarn($"{_type.FullName}({p.Name})", map.GetValueOrDefault(p.Name)));
            return _constructor.Invoke(arguments);
        }
    }
}
