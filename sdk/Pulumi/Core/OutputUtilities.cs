using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>Looks inside outputs; for tests and for libraries, since a program's own logic belongs into Apply.</summary>
public static class OutputUtilities
{
    public static Output<T> CreateUnknown<T>(T value) => Output.Unknown(value);

    public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory)
    {
        return new Output<T>(MakeAsync());

        async Task<OutputData<T>> MakeAsync() => new(ResourceSet.Empty, await valueFactory(), IsKnown: false, IsSecret: false);
    }

    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output) => (await output.Data).Resources.ToImmutable();

    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output) => (await output.Data).IsKnown;

    public static async Task<T> GetValueAsync<T>(Output<T> output) => (await output.Data).Value;

    public static Output<T> WithDependency<T>(Output<T> output, Resource resource)
    {
        return new Output<T>(AddAsync());

        async Task<OutputData<T>> AddAsync()
        {
            var data = await output.Data;
            return data with { Resources = data.Resources.Union(new ResourceSet(resource)) };
        }
    }
}
