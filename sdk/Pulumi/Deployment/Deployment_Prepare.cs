using Google.Protobuf.WellKnownTypes;
using Pulumi.Serialization;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>The resources that must be there first; one of them unknown, and none is told.</summary>
    private static async ValueTask<ResourceSet> ExplicitDependenciesAsync(InputList<Resource>? dependsOn)
    {
        if (dependsOn is null) return ResourceSet.Empty;
        var data = await dependsOn.ToOutput().Data;
        return data.IsKnown ? ResourceSet.Of(data.Value) : ResourceSet.Empty;
    }

    private static async ValueTask<string> UrnAsync(Resource? resource) => resource is null ? "" : (await resource.Urn.Data).Value ?? "";

    /// <summary>Writes arguments as they travel, with what each of them depends on.</summary>
    private static async ValueTask<WrittenArgs> WriteArgsAsync(IReadOnlyList<KeyValuePair<string, object?>> members, bool keepResources, bool keepOutputValues, bool skipReferenced)
    {
        var written = new WrittenArgs();
        foreach (var (name, member) in members)
        {
            if (member is null) continue;
            var writer = new PropertyWriter(keepResources, keepOutputValues, skipReferenced);
            Value value;
            try
            {
                value = await writer.WriteAsync(name, member);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"error serializing property \"{name}\": {e.Message}", e);
            }
            if (value.KindCase == Value.KindOneofCase.NullValue) continue;
            written.Values.Fields[name] = value;
            written.Dependencies[name] = writer.Dependencies;
        }
        return written;
    }

    /// <summary>Arguments as they travel.</summary>
    private sealed class WrittenArgs
    {
        public Struct Values { get; } = new();

        public Dictionary<string, ResourceSet> Dependencies { get; } = new(StringComparer.Ordinal);

        public ResourceSet AllDependencies
        {
            get
            {
                var all = ResourceSet.Empty;
                foreach (var one in Dependencies.Values) all = all.Union(one);
                return all;
            }
        }

    }
}
