using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Values whose class says by an attribute how they travel; looked up once per class.</summary>
internal static class TypedValues
{
    private static readonly ConcurrentDictionary<Type, EnumConversion?> Enums = new();
    private static readonly ConcurrentDictionary<Type, KeyValuePair<string, FieldInfo>[]?> Answers = new();
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Defaults = new();

    /// <summary>Whether a value is a schema's enum; what travels is its text or number, which may be null.</summary>
    /// <exception cref="UnfitValueException">The enum does not convert to either.</exception>
    public static bool IsEnum(object value, out object? plain)
    {
        var conversion = Enums.GetOrAdd(value.GetType(), static type => type.IsValueType && type.GetCustomAttribute<EnumTypeAttribute>() is not null
            ? new EnumConversion(type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .FirstOrDefault(member => member.Name == "op_Explicit" && (member.ReturnType == typeof(string) || member.ReturnType == typeof(double))))
            : null);
        plain = conversion switch
        {
            null => null,
            { Method: { } method } => method.Invoke(null, [value]),
            _ => throw new UnfitValueException($"Expected {value.GetType().FullName} to have an explicit conversion operator to String or Double."),
        };
        return conversion is not null;
    }

    /// <summary>The properties of an answer that was converted to its class; null if the value is none.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? OutputProperties(object value)
    {
        var fields = Answers.GetOrAdd(value.GetType(), static type => type.GetCustomAttribute<OutputTypeAttribute>() is null ? null : Fields(type));
        return fields?.Select(field => KeyValuePair.Create(field.Key, field.Value.GetValue(value)));
    }

    public static bool IsDefaultArray(IList list)
    {
        if (!list.GetType().IsValueType)
        {
            return false;
        }
        var isDefault = Defaults.GetOrAdd(list.GetType(), static type => type.GetProperty("IsDefault"));
        return isDefault?.GetValue(list) is true;
    }

    /// <summary>The fields that a constructor sets once, under their own names with a small first letter, as the official package writes them.</summary>
    private static KeyValuePair<string, FieldInfo>[] Fields(Type type) =>
    [
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(field => field.IsInitOnly)
            .Select(field => KeyValuePair.Create(char.ToLowerInvariant(field.Name[0]) + field.Name[1..], field)),
    ];

    /// <summary>How an enum of a schema becomes a text or a number, if it does.</summary>
    private sealed record EnumConversion(MethodInfo? Method);
}
