using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>One property of a resource class that the engine's answer fills.</summary>
internal abstract class OutputSlot(string name)
{
    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>Gives the property an output that has its value when <paramref name="gate"/> is done.</summary>
    public abstract IGatedOutput Open(Resource resource, Task gate);
}

/// <inheritdoc/>
internal sealed class OutputSlot<TResource, T>(string name, PropertyInfo property) : OutputSlot(name)
    where TResource : Resource
{
    private readonly Action<TResource, Output<T>> _set = property.SetMethod!.CreateDelegate<Action<TResource, Output<T>>>();

    public override IGatedOutput Open(Resource resource, Task gate)
    {
        var output = Output<T>.Behind(gate);
        _set((TResource)resource, output);
        return output;
    }
}
