using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

internal abstract partial class ValueConverter
{
    private static readonly ConcurrentDictionary<Type, bool> Legal = new();

    private static readonly HashSet<Type> Plain =
    [
        typeof(bool), typeof(int), typeof(double), typeof(string), typeof(object), typeof(Asset), typeof(Archive), typeof(AssetOrArchive), typeof(JsonElement),
    ];

    private static readonly HashSet<Type> Generics =
        [typeof(ImmutableDictionary<,>), typeof(Nullable<>), typeof(Union<,>), typeof(ImmutableArray<>), typeof(Output<>)];

    /// <summary>Says before any value comes whether the engine's answers convert to a type; the answer is kept for every type that is legal.</summary>
    /// <param name="context">Where the type stands, for the error message.</param>
    /// <param name="type">The type.</param>
    /// <exception cref="InvalidOperationException">The type, or one inside, is not one that answers convert to.</exception>
    public static void Check(string context, Type type)
    {
        if (!Legal.ContainsKey(type))
        {
            Check(context, type, []);
        }
        Legal[type] = true;
    }

    /// <summary>The same for values that a program gives by name: plain ones, or inputs and outputs of such.</summary>
    public static void CheckValues(string context, IEnumerable<object?> values)
    {
        foreach (var value in values)
        {
            if (value?.GetType() is not { } type)
            {
                continue;
            }
            var isWrapped = type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Output<>) || type.GetGenericTypeDefinition() == typeof(Input<>));
            Check(context, isWrapped ? type.GenericTypeArguments[0] : type);
        }
    }

    private static void Check(string context, Type type, HashSet<Type> seen)
    {
        // Types may hold themselves
        if (!seen.Add(type) || Plain.Contains(type) || typeof(Resource).IsAssignableFrom(type))
        {
            return;
        }
        if (type.IsEnum && type.GetEnumUnderlyingType() == typeof(int))
        {
            return;
        }
        if (IsSchemaEnum(type))
        {
            CheckEnum(type);
        }
        else if (type.IsConstructedGenericType)
        {
            CheckGeneric(context, type, seen);
        }
        else
        {
            if (type.GetCustomAttribute<OutputTypeAttribute>() is null)
            {
                throw new InvalidOperationException($"""
                    {context} contains invalid type {type.FullName}. Allowed types are:
                        String, Boolean, Int32, Double,
                        Nullable<...>, ImmutableArray<...> and ImmutableDictionary<string, ...> or
                        a class explicitly marked with the [{nameof(OutputTypeAttribute)}].
                    """);
            }
            var constructor = AnswerConstructor(type) ?? throw new InvalidOperationException(
                $"{type.FullName} had [{nameof(OutputTypeAttribute)}], but did not contain constructor marked with [{nameof(OutputConstructorAttribute)}].");
            foreach (var parameter in constructor.GetParameters())
            {
                Check($"{type.FullName}({parameter.Name})", parameter.ParameterType, seen);
            }
        }
    }

    private static void CheckGeneric(string context, Type type, HashSet<Type> seen)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GenericTypeArguments;
        if (definition == typeof(ImmutableDictionary<,>) && arguments[0] != typeof(string))
        {
            throw new InvalidOperationException(
                $"{context} contains invalid type {type.FullName}:\n    The only allowed ImmutableDictionary 'TKey' type is 'String'.");
        }
        if (!Generics.Contains(definition))
        {
            throw new InvalidOperationException(
                $"{context} contains invalid type {type.FullName}:\n"
                + "    The only generic types allowed are ImmutableArray<...> and ImmutableDictionary<string, ...>");
        }
        foreach (var argument in arguments)
        {
            Check(context, argument, seen);
        }
    }

    private static void CheckEnum(Type type)
    {
        var content = Array.Find([typeof(string), typeof(double)], task => EnumConstructor(type, task) is not null)
            ?? throw new InvalidOperationException(
                $"{type.FullName} had [{nameof(EnumTypeAttribute)}], but did not contain constructor with a single String or Double parameter.");
        if (type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type])?.ReturnType != content)
        {
            throw new InvalidOperationException(
                $"{type.FullName} had [{nameof(EnumTypeAttribute)}], but did not contain an explicit conversion operator to {content.FullName}.");
        }
    }

    private static bool IsSchemaEnum(Type type) => type.IsValueType && type.GetCustomAttribute<EnumTypeAttribute>() is not null;

    private static ConstructorInfo? EnumConstructor(Type type, Type content) => type.GetConstructor(AnyInstance, [content]);

    /// <summary>The constructor that takes an answer's properties: the one that is marked, or the only public one.</summary>
    private static ConstructorInfo? AnswerConstructor(Type type)
    {
        var all = type.GetConstructors(AnyInstance);
        return Array.Find(all, entry => entry.GetCustomAttribute<OutputConstructorAttribute>() is not null)
            ?? (all.Where(entry => entry.IsPublic).ToList() is [var only] ? only : null);
    }
}
