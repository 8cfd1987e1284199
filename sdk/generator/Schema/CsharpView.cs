namespace Generator.Schema;

/// <summary>Applies to a schema what it says about C# alone: withheld properties go, required ones change.</summary>
public static class CsharpView
{
    public static PackageSpec Apply(PackageSpec package)
    {
        foreach (var (token, _) in package.Resources.Where(resource => IsWithheld(resource.Value)).ToList())
        {
            package.Resources.Remove(token);
        }

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

    // A type that is withheld as a whole has no property that is not.
    private static bool IsWithheld(ResourceSpec resource) =>
        resource.Properties.Count > 0 && resource.Properties.Values.All(property => property.Language?.Csharp?.Withheld == true);

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

/// <summary>The languages that a package schema says something about.</summary>
public sealed record PackageLanguageSpec
{
    public CsharpPackageSpec Csharp { get; init; } = new();
}

/// <summary>What a package schema says about C#: the namespace of each module, and the naming it follows.</summary>
public sealed record CsharpPackageSpec
{
    public Dictionary<string, string> Namespaces { get; init; } = [];

    public string? Compatibility { get; init; }

    /// <summary>Whether nested outputs are never null where Node says so, and not only where the inputs are required.</summary>
    public bool NodeRequiredOutputs { get; init; }
}

/// <summary>What a property says about languages.</summary>
public sealed record PropertyLanguageSpec
{
    public CsharpPropertySpec? Csharp { get; init; }
}

/// <summary>Where a property in C# is not what the rule makes of it.</summary>
public sealed record CsharpPropertySpec
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool? Required { get; init; }

    /// <summary>Whether the newest official C# list known here lacks it: the engine may take it, no class shows it.</summary>
    public bool Withheld { get; init; }
}

/// <summary>What a named type says about languages.</summary>
public sealed record TypeLanguageSpec
{
    public NodejsTypeSpec? Nodejs { get; init; }
}

/// <summary>Which properties an output always has although the input may leave them out.</summary>
public sealed record NodejsTypeSpec
{
    public HashSet<string>? RequiredOutputs { get; init; }
}
