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
    public IGatedOutput[] Fill(Resource resource, Task gate)
    {
        var outputs = new IGatedOutput[_slots.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = _slots[i].Open(resource, gate);
        }
        return outputs;
    }

    // Properties that are not public are the program's own, marked or not: the official package does not see them
    private static IEnumerable<OutputSlot> Find(Type resource)
    {
        for (var type = resource; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (Marks.Of<OutputAttribute>(property) is not { } mark)
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
                // Made by the constructor without parameters: one with some costs a stub that is compiled for every class
                var slot = (OutputSlot)Activator.CreateInstance(typeof(OutputSlot<,>).MakeGenericType(type, property.PropertyType.GenericTypeArguments[0]))!;
                slot.Bind(resource, property, mark.Name ?? property.Name);
                yield return slot;
            }
        }
    }
}

/// <summary>One property of a resource class that the engine's answer fills.</summary>
internal abstract class OutputSlot
{
    private ValueConverter? _converter;

    /// <summary>The name on the wire.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name with that of its class, for messages about its values.</summary>
    public string FullName { get; private set; } = "";

    /// <summary>Turns what the engine answers into what the property holds.</summary>
    public ValueConverter Converter => _converter ??= ValueConverter.For(ValueType);

    protected abstract Type ValueType { get; }

    /// <summary>Says which property it is.</summary>
    public virtual void Bind(Type resource, PropertyInfo property, string name) => (Name, FullName) = (name, $"{resource.FullName}.{name}");

    /// <summary>Gives the property an output that has its value when <paramref name="gate"/> is done.</summary>
    public abstract IGatedOutput Open(Resource resource, Task gate);
}

/// <inheritdoc/>
internal sealed class OutputSlot<TResource, T> : OutputSlot
    where TResource : Resource
{
    private Action<TResource, Output<T>> _set = null!;

    protected override Type ValueType => typeof(T);

    public override void Bind(Type resource, PropertyInfo property, string name)
    {
        base.Bind(resource, property, name);
        _set = property.SetMethod!.CreateDelegate<Action<TResource, Output<T>>>();
    }

    public override IGatedOutput Open(Resource resource, Task gate)
    {
        var output = Output<T>.Behind(gate);
        _set((TResource)resource, output);
        return output;
    }
}

/// <summary>What a component or a stack class registers: its properties marked as outputs.</summary>
internal static class ComponentOutputs
{
    /// <summary>The public properties that are marked, but the URN, and what they hold.</summary>
    public static IDictionary<string, object?> Of(ComponentResource component) =>
        Properties(component.GetType()).ToDictionary(property => property.Name, property => property.Property.GetValue(component), StringComparer.Ordinal);

    /// <summary>The same for a stack class, whose outputs must all be there.</summary>
    /// <exception cref="RunException">One is missing, or is no output.</exception>
    public static IDictionary<string, object?> OfStack(Stack stack)
    {
        var properties = Properties(stack.GetType()).ToList();
        var wrong = properties.Where(property => !typeof(IOutput).IsAssignableFrom(property.Property.PropertyType)).Select(property => property.Name).ToList();
        if (wrong.Count > 0)
        {
            throw RunException.OutputsHaveIncorrectType(wrong);
        }
        var values = properties.ToDictionary(property => property.Name, property => property.Property.GetValue(stack), StringComparer.Ordinal);
        var missing = properties.Where(property => values[property.Name] is null).Select(property => property.Name).ToList();
        if (missing.Count > 0)
        {
            throw new RunException(
                $"Output(s) '{string.Join(", ", missing)}' have no value assigned. [Output] attributed properties must be assigned inside Stack constructor.");
        }
        return values;
    }

    private static IEnumerable<(string Name, PropertyInfo Property)> Properties(Type type) =>
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        let mark = property.GetCustomAttribute<OutputAttribute>()
        where mark is not null && property.Name != nameof(Resource.Urn)
        select (string.IsNullOrWhiteSpace(mark.Name) ? property.Name : mark.Name, property);
}
