namespace Generator.Schema;

/// <summary>Applies to a schema what it says about C# alone: withheld properties go, required ones change.</summary>
public static class CsharpView
{
    public static PackageSpec Apply(PackageSpec package)
    {
        foreach (var resource in package.Resources.Values.Append(package.Provider).OfType<ResourceSpec>())
        {
            Apply(resource.InputProperties, resource.RequiredInputs);
            Apply(resource.Properties, resource.Required);
            Apply(resource.StateInputs, canBeRequired: false);
        }

        foreach (var function in package.Functions.Values)
        {
            Apply(function.Inputs);
            Apply(function.Outputs);
        }

        foreach (var type in package.Types.Values)
        {
            Apply(type);
        }

        return package;
    }

    private static void Apply(ObjectSpec? spec, bool canBeRequired = true)
    {
        if (spec is not null)
        {
            Apply(spec.Properties, canBeRequired ? spec.Required : []);
        }
    }

    private static void Apply(SortedDictionary<string, PropertySpec> properties, HashSet<string> required)
    {
        foreach (var (key, csharp) in properties.Select(property => (property.Key, property.Value.Language?.Csharp)).ToList())
        {
            if (csharp?.Withheld == true)
            {
                properties.Remove(key);
                required.Remove(key);
            }
            else if (csharp?.Required is { } must)
            {
                _ = must ? required.Add(key) : required.Remove(key);
            }
        }
    }
}
