using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Turns references that the engine sends into resources, of their own class where a loaded package has one for the type.</summary>
internal static class ResourceReferences
{
    private static readonly Lazy<ILookup<string, Type>> Classes = new(Find);

    public static Resource Resolve(string urn, string version)
    {
        var found = Classes.Value[Pulumi.Urn.TypeOf(urn)].ToList();
        var type = found.Find(t => t.GetCustomAttribute<ResourceTypeAttribute>()!.Version == version) ?? found.FirstOrDefault();
        var constructor = type
            ?.GetConstructors()
            .FirstOrDefault(c => c.GetParameters() is [{ Name: "name" }, _, var options] && options.ParameterType.IsAssignableTo(typeof(ResourceOptions)));
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
            .Where(a => !a.IsDynamic && a.GetReferencedAssemblies().Any(r => r.Name == own))
            .SelectMany(a => a.GetExportedTypes())
            .Where(t => typeof(Resource).IsAssignableFrom(t) && !t.IsAbstract && t.IsDefined(typeof(ResourceTypeAttribute), inherit: true))
            .ToLookup(t => t.GetCustomAttribute<ResourceTypeAttribute>()!.Type);
    }
}
