using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Turns references that the engine sends into resources, of their own class where a loaded package has one for the type.</summary>
internal static class ResourceReferences
{
    private static readonly Lazy<ILookup<string, Type>> Classes = new(Find);

    public static Resource Resolve(string urn, string version)
    {
        var found = Classes.Value[Pulumi.Urn.TypeOf(urn)].ToList();
        var type = found.Find(task => task.GetCustomAttribute<ResourceTypeAttribute>()!.Version == version) ?? found.FirstOrDefault();
        var constructor = type
            ?.GetConstructors()
            .FirstOrDefault(entry =>
                entry.GetParameters() is [{ Name: "name" }, _, var options] && options.ParameterType.IsAssignableTo(typeof(ResourceOptions)));
        if (constructor is null)
        {
            return new DependencyResource(urn);
        }
        ResourceOptions given =
            constructor.GetParameters()[2].ParameterType == typeof(CustomResourceOptions)
                ? new CustomResourceOptions { Urn = urn }
                : new ComponentResourceOptions { Urn = urn };
        return (Resource)constructor.Invoke([Pulumi.Urn.NameOf(urn), null, given]);
    }

    private static ILookup<string, Type> Find()
    {
        var own = typeof(Resource).Assembly.GetName().Name;
        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(argument => !argument.IsDynamic && argument.GetReferencedAssemblies().Any(request => request.Name == own))
            .SelectMany(argument => argument.GetExportedTypes())
            .Where(type => typeof(Resource).IsAssignableFrom(type) && !type.IsAbstract && type.IsDefined(typeof(ResourceTypeAttribute), inherit: true))
            .ToLookup(type => type.GetCustomAttribute<ResourceTypeAttribute>()!.Type);
    }
}
