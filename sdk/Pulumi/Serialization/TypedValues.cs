using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Values whose class says by an attribute how they travel; looked up once per class.</summary>
internal static class TypedValues
{
    private static readonly ConcurrentDictionary<Type, MethodInfo?> Enums = new();
    private static readonly ConcurrentDictionary<Type, KeyValuePair<string, FieldInfo>[]?> Answers = new();
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Defaults = new();

    /// <summary>The text or number of a schema's enum; null if the value is none.</summary>
    public static object? EnumValue(object value)
    {
        var conversion = Enums.GetOrAdd(value.GetType(), static type => !type.IsValueType || type.GetCustomAttribute<EnumTypeAttribute>() is null
            ? null
            : type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .FirstOrDefault(m => m.Name == "op_Explicit" && (m.ReturnType == typeof(string) || m.ReturnType == typeof(double))));
        return conversion?.Invoke(null, [value]);
    }

    /// <summary>The properties of an answer that was converted to its class; null if the value is none.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? OutputProperties(object value)
    {
        var fields = Answers.GetOrAdd(value.GetType(), static type => type.GetCustomAttribute<OutputTypeAttribute>() is null ? null : Fields(type));
        return fields?.Select(f => KeyValuePair.Create(f.Key, f.Value.GetValue(value)));
    }

    public static bool IsDefaultArray(IList list)
    {
        if (!list.GetType().IsValueType) return false;
        var isDefault = Defaults.GetOrAdd(list.GetType(), static type => type.GetProperty("IsDefault"));
        return isDefault?.GetValue(list) is true;
    }

    public static object? ResultOf(Task task) => task.GetType().GetProperty("Result")?.GetValue(task);

    private static KeyValuePair<string, FieldInfo>[] Fields(Type type)
    {
        var names = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(c => c.GetCustomAttribute<OutputConstructorAttribute>() is not null)?.GetParameters()
            .Select(p => (Wire: p.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? p.Name!, Code: p.Name!))
            .ToDictionary(p => p.Code, p => p.Wire, StringComparer.OrdinalIgnoreCase) ?? [];
        return [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public).Select(f => KeyValuePair.Create(names.GetValueOrDefault(f.Name, f.Name), f))];
    }
}
