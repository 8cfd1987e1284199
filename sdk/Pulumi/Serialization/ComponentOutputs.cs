using System.Reflection;

namespace Pulumi.Serialization;

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
