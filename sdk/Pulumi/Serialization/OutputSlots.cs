using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>The properties of a resource class that the engine's answer fills; found once per class.</summary>
internal sealed class OutputSlots
{
    private static readonly ConcurrentDictionary<Type, OutputSlots> Known = new();

    private readonly OutputSlot[] _slots;

    private OutputSlots(OutputSlot[] slots) => _slots = slots;

    public ReadOnlySpan<OutputSlot> All => _slots;

    public static OutputSlots Of(Type type) => Known.GetOrAdd(type, static task => new OutputSlots([.. Find(task)]));

    /// <summary>Gives every property an output that waits for <paramref name="gate"/>.</summary>
    /// <returns>The outputs, in the order of the slots: the program may put others into the properties meanwhile.</returns>
    public IGatedOutput[] Fill(Resource resource, Task gate) => Array.ConvertAll(_slots, slot => slot.Open(resource, gate));

    // properties that are not public are the program's own, marked or not: the official package does not see them
    private static IEnumerable<OutputSlot> Find(Type resource)
    {
        for (var type = resource; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (property.GetCustomAttribute<OutputAttribute>() is not { } mark)
                {
                    continue;
                }
                if (!property.PropertyType.IsGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(Output<>))
                {
                    throw RunException.OutputsHaveIncorrectType([mark.Name ?? property.Name]);
                }
                var fullName = $"[Output] {resource.FullName}.{property.Name}";
                if (property.SetMethod is null)
                {
                    throw new InvalidOperationException($"{fullName} did not have a 'set' method");
                }
                ValueConverter.Check(fullName, property.PropertyType.GenericTypeArguments[0]);
                var slot = typeof(OutputSlot<,>).MakeGenericType(type, property.PropertyType.GenericTypeArguments[0]);
                yield return (OutputSlot)Activator.CreateInstance(slot, mark.Name ?? property.Name, property)!;
            }
        }
    }
}
