using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>Looks inside outputs; for tests and for libraries, since a program's own logic belongs into Apply.</summary>
public static class OutputUtilities
{
    public static Output<T> CreateUnknown<T>(T value) => Output.Unknown(value);

    /// <summary>An unknown output; the factory is never called, since nobody can ever see its value.</summary>
    public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory) => Output.Unknown<T>(default!);

    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output) => (await output.Data).Resources.ToImmutable();

    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output) => (await output.Data).IsKnown;

    /// <summary>The value, or the type's default where the output is unknown.</summary>
    public static async Task<T> GetValueAsync<T>(Output<T> output) => await output.Data is { IsKnown: true, Value: var value } ? value : default!;

    public static Output<T> WithDependency<T>(Output<T> output, Resource resource)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(resource);
        return new Output<T>(AddAsync());

        async Task<OutputData<T>> AddAsync()
        {
            var data = await output.Data;
            return data with { Resources = data.Resources.Union(new ResourceSet(resource)) };
        }
    }
}
