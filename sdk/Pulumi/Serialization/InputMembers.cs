using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>The marked members of an args class, found once per class.</summary>
internal static class InputMembers
{
    private static readonly ConcurrentDictionary<Type, InputMember[]> Known = new();

    /// <summary>The members with their names on the wire, and what they hold.</summary>
    /// <exception cref="ArgumentNullException">A required member holds nothing.</exception>
    public static KeyValuePair<string, object?>[] Read(InputArgs args)
    {
        var members = Known.GetOrAdd(args.GetType(), static type => [.. Find(type)]);
        var result = new KeyValuePair<string, object?>[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            var value = member.Get(args);
            if (value is null && member.IsRequired)
            {
                throw new ArgumentNullException(member.MemberName, $"{FullName(args, member)} is required but was not given a value");
            }
            result[i] = new(member.Name, member.IsJson && value is not null ? JsonText.Of(FullName(args, member), value) : value);
        }
        return result;
    }

    private static string FullName(InputArgs args, InputMember member) => $"[Input] {args.GetType().FullName}.{member.MemberName}";

    // A private member of a base class is not seen from the class derived of it, and not sent: the official package does the same.
    private static IEnumerable<InputMember> Find(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var (marked, factories) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<Type, MemberFactory>());
        foreach (var property in type.GetProperties(All))
        {
            if (property.GetMethod is null || Marks.Of<InputAttribute>(property) is not { } mark)
            {
                continue;
            }
            marked.Add(property.Name);
            yield return property.PropertyType.IsValueType ? new ValueMember(mark, property) : FactoryOf(property.DeclaringType!).Make(mark, property);
        }
        foreach (var field in type.GetFields(All))
        {
            // What is behind a property that is marked is not marked itself: half of all fields
            if (!(field.Name.StartsWith('<') && marked.Contains(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)]))
                && field.GetCustomAttribute<InputAttribute>() is { } mark)
            {
                yield return new FieldMember(mark, field);
            }
        }

        // Once for a class, by the constructor without parameters: one with some costs a stub that is compiled for each
        MemberFactory FactoryOf(Type declaring)
        {
            if (!factories.TryGetValue(declaring, out var found))
            {
                factories[declaring] = found = (MemberFactory)Activator.CreateInstance(typeof(MemberFactory<>).MakeGenericType(declaring))!;
            }
            return found;
        }
    }

    private abstract class MemberFactory
    {
        public abstract InputMember Make(InputAttribute mark, PropertyInfo property);
    }

    private sealed class MemberFactory<TArgs> : MemberFactory
        where TArgs : InputArgs
    {
        public override InputMember Make(InputAttribute mark, PropertyInfo property) => new PropertyMember<TArgs>(mark, property);
    }

    private abstract class InputMember(InputAttribute mark, string memberName)
    {
        public string Name { get; } = mark.Name;

        public string MemberName { get; } = memberName;

        public bool IsRequired { get; } = mark.IsRequired;

        public bool IsJson { get; } = mark.Json;

        public abstract object? Get(InputArgs args);
    }

    private sealed class FieldMember(InputAttribute mark, FieldInfo field) : InputMember(mark, field.Name)
    {
        public override object? Get(InputArgs args) => field.GetValue(args);
    }

    private sealed class ValueMember(InputAttribute mark, PropertyInfo property) : InputMember(mark, property.Name)
    {
        public override object? Get(InputArgs args) => property.GetValue(args);
    }

    private sealed class PropertyMember<TArgs>(InputAttribute mark, PropertyInfo property) : InputMember(mark, property.Name)
        where TArgs : InputArgs
    {
        private readonly Func<TArgs, object?> _get = property.GetMethod!.CreateDelegate<Func<TArgs, object?>>();

        public override object? Get(InputArgs args) => _get((TArgs)args);
    }
}

/// <summary>Looks for the attributes of properties.</summary>
internal static class Marks
{
    /// <summary>The attribute of a property; only one that overrides another may have it from a base class, where a look costs several times as much.</summary>
    public static T? Of<T>(PropertyInfo property)
        where T : Attribute
    {
        var accessor = property.GetMethod ?? property.SetMethod;
        return accessor is { IsVirtual: true }
            ? property.GetCustomAttribute<T>()
            : property.GetCustomAttributes(typeof(T), inherit: false) is [T only] ? only : null;
    }
}
