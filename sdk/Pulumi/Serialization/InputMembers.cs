using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>The marked members of an args class, found once per class.</summary>
internal static class InputMembers
{
    private static readonly ConcurrentDictionary<Type, InputMember[]> Known = new();

    /// <summary>The members with their names on the wire, and what they hold.</summary>
    /// <exception cref="ArgumentNullException">A required member holds nothing.</exception>
    public static IReadOnlyList<KeyValuePair<string, object?>> Read(InputArgs args)
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
        foreach (var member in type.GetMembers(All))
        {
            if (member is not (FieldInfo or PropertyInfo { GetMethod: not null }) || member.GetCustomAttribute<InputAttribute>() is not { } mark)
            {
                continue;
            }
            yield return member switch
            {
                FieldInfo field => new FieldMember(mark, field),
                PropertyInfo { PropertyType.IsValueType: true } property => new ValueMember(mark, property),
                var property => (InputMember)Activator.CreateInstance(typeof(PropertyMember<>).MakeGenericType(property.DeclaringType!), mark, property)!,
            };
        }
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
