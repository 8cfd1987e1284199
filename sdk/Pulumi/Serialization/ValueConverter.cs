using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Turns plain values of the engine into the types that a program wants.</summary>
internal abstract partial class ValueConverter
{
    private static readonly ConcurrentDictionary<Type, ValueConverter> Known = new();

    public static ValueConverter For(Type type) => Known.TryGetValue(type, out var found) ? found : Known.GetOrAdd(type, Make(type));

    /// <summary>Converts a value, also a missing one.</summary>
    /// <param name="context">Where the value stands, for error messages.</param>
    /// <param name="value">What was read; null if nothing came.</param>
    /// <exception cref="InvalidOperationException">The value does not fit.</exception>
    public abstract object? Convert(string context, object? value);

    private static ValueConverter Make(Type type)
    {
        if (type == typeof(object)) return new Untouched();
        if (type == typeof(string)) return new Primitive<string>(null);
        if (type == typeof(bool)) return new Primitive<bool>(false);
        if (type == typeof(double)) return new Primitive<double>(0.0);
        if (type == typeof(int)) return new Whole();
        if (type == typeof(JsonElement)) return new Json();
        if (type.IsEnum) return new Enumeration(type);
        if (typeof(AssetOrArchive).IsAssignableFrom(type) || typeof(Resource).IsAssignableFrom(type)) return new Instance(type);
        if (type.IsGenericType && Generic(type) is { } generic) return generic;
        if (type.GetCustomAttribute<EnumTypeAttribute>() is not null) return new SchemaEnum(type);
        if (type.GetCustomAttribute<OutputTypeAttribute>() is not null) return new Answer(type);
        throw new InvalidOperationException($"Unexpected type {type.FullName}: the engine's answers convert to primitives, immutable arrays and dictionaries, unions, enums and [OutputType] classes.");
    }

    private static ValueConverter? Generic(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GenericTypeArguments;
        if (definition == typeof(Nullable<>)) return new Optional(For(arguments[0]));
        if (definition == typeof(ImmutableArray<>)) return (ValueConverter)Activator.CreateInstance(typeof(Elements<>).MakeGenericType(arguments))!;
        if (definition == typeof(ImmutableDictionary<,>) && arguments[0] == typeof(string)) return (ValueConverter)Activator.CreateInstance(typeof(Entries<>).MakeGenericType(arguments[1]))!;
        if (definition == typeof(Union<,>)) return (ValueConverter)Activator.CreateInstance(typeof(Either<,>).MakeGenericType(arguments))!;
        return null;
    }

    private static InvalidOperationException Unfit(string context, Type wanted, object value) =>
        new($"Expected {wanted.FullName} but got {value.GetType().FullName} deserializing {context}");

    private sealed class Untouched : ValueConverter
    {
        public override object? Convert(string context, object? value) => value;
    }

    private sealed class Primitive<T>(object? missing) : ValueConverter
    {
        public override object? Convert(string context, object? value) => value is null ? missing : value is T ? value : throw Unfit(context, typeof(T), value);
    }

    private sealed class Whole : ValueConverter
    {
        public override object? Convert(string context, object? value) => value switch
        {
            null => 0,
            double number => (int)number,
            _ => throw Unfit(context, typeof(double), value),
        };
    }

    private sealed class Optional(ValueConverter inner) : ValueConverter
    {
        public override object? Convert(string context, object? value) => value is null ? null : inner.Convert(context, value);
    }

    private sealed class Instance(Type type) : ValueConverter
    {
        public override object? Convert(string context, object? value) => value is null || type.IsInstanceOfType(value) ? value : throw Unfit(context, type, value);
    }

    private sealed class Elements<T> : ValueConverter
    {
        private readonly ValueConverter _inner = For(typeof(T));

        public override object? Convert(string context, object? value)
        {
            if (value is null) return ImmutableArray<T>.Empty;
            if (value is not ImmutableArray<object?> array) throw Unfit(context, typeof(ImmutableArray<object?>), value);
            var elements = ImmutableArray.CreateBuilder<T>(array.Length);
            foreach (var element in array) elements.Add((T)_inner.Convert(context, element)!);
            return elements.MoveToImmutable();
        }
    }

    private sealed class Entries<T> : ValueConverter
    {
        private readonly ValueConverter _inner = For(typeof(T));

        public override object? Convert(string context, object? value)
        {
            if (value is null) return null;
            if (value is not ImmutableDictionary<string, object?> map) throw Unfit(context, typeof(ImmutableDictionary<string, object?>), value);
            if (map is ImmutableDictionary<string, T> same && typeof(T) == typeof(object)) return same;
            return map.ToImmutableDictionary(e => e.Key, e => (T)_inner.Convert(context, e.Value)!);
        }
    }

    private sealed class Either<T0, T1> : ValueConverter
    {
        public override object? Convert(string context, object? value)
        {
            if (value is null) return default(Union<T0, T1>);
            try
            {
                return Union<T0, T1>.FromT0((T0)For(typeof(T0)).Convert(context, value)!);
            }
            catch (InvalidOperationException)
            {
                return Union<T0, T1>.FromT1((T1)For(typeof(T1)).Convert(context, value)!);
            }
        }
    }
}
