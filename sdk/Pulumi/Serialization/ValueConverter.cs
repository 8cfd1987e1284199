using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Turns plain values of the engine into the types that a program wants.</summary>
internal abstract partial class ValueConverter
{
    private static readonly ConcurrentDictionary<Type, ValueConverter> Known = new();

    public static ValueConverter For(Type type) => Known.TryGetValue(type, out var found) ? found : Known.GetOrAdd(type, Make(type));

    /// <summary>What stands for a value that did not come: the type's default.</summary>
    public virtual object? Missing => null;

    /// <summary>What stands for a value that came and does not fit.</summary>
    protected virtual object? OfUnfit => Missing;

    /// <summary>Converts a value, also a missing one; one that does not fit is a warning.</summary>
    /// <param name="context">Where the value stands, for error messages.</param>
    /// <param name="value">What was read; null if nothing came.</param>
    /// <param name="about">The resource that the warning is about, if any.</param>
    public object? ConvertOrWarn(string context, object? value, Resource? about)
    {
        if (value is null)
        {
            return Missing;
        }
        try
        {
            return Convert(context, value, about);
        }
        catch (UnfitException e)
        {
            Log.Warn(e.Message, about);
            return OfUnfit;
        }
    }

    /// <summary>Converts a value that is there.</summary>
    /// <exception cref="UnfitException">The value does not fit.</exception>
    protected abstract object? Convert(string context, object value, Resource? about);

    private static ValueConverter Make(Type type)
    {
        if (type == typeof(object))
        {
            return new Untouched();
        }
        if (type == typeof(string))
        {
            return new Primitive<string>();
        }
        if (type == typeof(bool))
        {
            return new Primitive<bool>();
        }
        if (type == typeof(double))
        {
            return new Primitive<double>();
        }
        if (type == typeof(int))
        {
            return new Whole();
        }
        if (type == typeof(JsonElement))
        {
            return new Json();
        }
        if (type.IsEnum)
        {
            return new Enumeration(type);
        }
        if (type == typeof(Archive))
        {
            return new File<Archive>(new InvalidArchive());
        }
        if (type == typeof(Asset))
        {
            return new File<Asset>(new InvalidAsset());
        }
        if (type == typeof(AssetOrArchive))
        {
            return new File<AssetOrArchive>(new InvalidAsset());
        }
        if (typeof(Resource).IsAssignableFrom(type))
        {
            return new Primitive<Resource>();
        }
        if (type.IsGenericType && Generic(type) is { } generic)
        {
            return generic;
        }
        if (IsSchemaEnum(type))
        {
            return new SchemaEnum(type);
        }
        return new Answer(type);
    }

    private static ValueConverter? Generic(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GenericTypeArguments;
        if (definition == typeof(Nullable<>))
        {
            return new Optional(For(arguments[0]));
        }
        if (definition == typeof(ImmutableArray<>))
        {
            return (ValueConverter)Activator.CreateInstance(typeof(Elements<>).MakeGenericType(arguments))!;
        }
        if (definition == typeof(ImmutableDictionary<,>) && arguments[0] == typeof(string))
        {
            return (ValueConverter)Activator.CreateInstance(typeof(Entries<>).MakeGenericType(arguments[1]))!;
        }
        if (definition == typeof(Union<,>))
        {
            return (ValueConverter)Activator.CreateInstance(typeof(Either<,>).MakeGenericType(arguments))!;
        }
        if (definition == typeof(Output<>))
        {
            return (ValueConverter)Activator.CreateInstance(typeof(Wrapped<>).MakeGenericType(arguments))!;
        }
        return null;
    }

    private static UnfitException Unfit(string context, Type wanted, object value) =>
        new($"Expected {wanted.FullName} but got {value.GetType().FullName} deserializing {context}");

    /// <summary>A value that the wanted type does not take.</summary>
    private sealed class UnfitException(string message) : Exception(message);

    private sealed class Untouched : ValueConverter
    {
        protected override object? Convert(string context, object value, Resource? about) => value;
    }

    private sealed class Primitive<T> : ValueConverter
    {
        public override object? Missing { get; } = default(T);

        protected override object? Convert(string context, object value, Resource? about) => value is T ? value : throw Unfit(context, typeof(T), value);
    }

    private sealed class Whole : ValueConverter
    {
        public override object Missing => 0;

        protected override object? Convert(string context, object value, Resource? about) =>
            value is double number ? (int)number : throw Unfit(context, typeof(double), value);
    }

    private sealed class Optional(ValueConverter inner) : ValueConverter
    {
        protected override object? Convert(string context, object value, Resource? about) => inner.Convert(context, value, about);

        protected override object? OfUnfit => inner is Primitive<bool> or Primitive<double> ? inner.Missing : null;
    }

    /// <summary>An asset or an archive; what is neither is noticed only where the program uses it.</summary>
    private sealed class File<T>(AssetOrArchive invalid) : ValueConverter
        where T : AssetOrArchive
    {
        protected override object? Convert(string context, object value, Resource? about) => value is T ? value : invalid;
    }

    private sealed class Elements<T> : ValueConverter
    {
        public override object Missing => default(ImmutableArray<T>);

        protected override object? Convert(string context, object value, Resource? about)
        {
            if (value is not ImmutableArray<object?> array)
            {
                throw Unfit(context, typeof(ImmutableArray<object?>), value);
            }
            var inner = For(typeof(T));
            var elements = ImmutableArray.CreateBuilder<T>(array.Length);
            foreach (var element in array)
            {
                elements.Add(inner.ConvertOrWarn(context, element, about) is T fit ? fit : default!);
            }
            return elements.MoveToImmutable();
        }
    }

    private sealed class Entries<T> : ValueConverter
    {
        protected override object? Convert(string context, object value, Resource? about)
        {
            if (value is not ImmutableDictionary<string, object?> map)
            {
                throw Unfit(context, typeof(ImmutableDictionary<string, object?>), value);
            }
            if (typeof(T) == typeof(object))
            {
                return map;
            }
            var inner = For(typeof(T));
            return map.ToImmutableDictionary(entry => entry.Key, entry => inner.ConvertOrWarn(context, entry.Value, about) is T fit ? fit : default!);
        }
    }

    private sealed class Either<T0, T1> : ValueConverter
    {
        public override object Missing => default(Union<T0, T1>);

        protected override object? Convert(string context, object value, Resource? about)
        {
            try
            {
                return Union<T0, T1>.FromT0((T0)For(typeof(T0)).Convert($"{context}.AsT0", value, about)!);
            }
            catch (UnfitException)
            {
                return OfSecond(context, value, about);
            }
        }

        private static Union<T0, T1> OfSecond(string context, object value, Resource? about)
        {
            try
            {
                return Union<T0, T1>.FromT1((T1)For(typeof(T1)).Convert($"{context}.AsT1", value, about)!);
            }
            catch (UnfitException)
            {
                throw new UnfitException($"Expected {typeof(T0).FullName} or {typeof(T1).FullName} but got {value.GetType().FullName} deserializing {context}");
            }
        }
    }

    private sealed class Wrapped<T> : ValueConverter
    {
        protected override object? Convert(string context, object value, Resource? about) => Output.Create((T)For(typeof(T)).Convert(context, value, about)!);
    }
}
