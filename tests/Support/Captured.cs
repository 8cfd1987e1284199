using Pulumi;

namespace Tests.Support;

/// <summary>Arguments and options as the program gave them, with their secret marks, which the mocked engine does not show.</summary>
internal static class Captured
{
    /// <summary>Runs a piece of program and gives the arguments of the resource with the logical name.</summary>
    public static async Task<T> Of<T>(string name, Action<ComponentResourceOptions> create)
        where T : ResourceArgs => (T)(await Transformation<T>(name, create)).Args;

    /// <summary>Runs a piece of program and gives the options of the resource with the logical name and the kind of arguments.</summary>
    public static async Task<CustomResourceOptions> Options<T>(string name, Action<ComponentResourceOptions> create)
        where T : ResourceArgs => (CustomResourceOptions)(await Transformation<T>(name, create)).Options;

    private static async Task<ResourceTransformationArgs> Transformation<T>(string name, Action<ComponentResourceOptions> create)
        where T : ResourceArgs
    {
        ResourceTransformationArgs? found = null;
        await Deployed.Of(() => create(new ComponentResourceOptions
        {
            ResourceTransformations =
            {
                transformed =>
                {
                    if (transformed.Resource.GetResourceName() == name && transformed.Args is T)
                    {
                        found = transformed;
                    }

                    return null;
                },
            },
        }));
        return found ?? throw new InvalidOperationException($"No resource '{name}' with {typeof(T).Name} was made.");
    }
}
