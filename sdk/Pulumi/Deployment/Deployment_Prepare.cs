using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumi.Serialization;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>The resources that must be there first; one of them unknown, and none is told.</summary>
    private static async ValueTask<ResourceSet> ExplicitDependenciesAsync(InputList<Resource>? dependsOn)
    {
        if (dependsOn is null)
        {
            return ResourceSet.Empty;
        }
        var data = await dependsOn.ToOutput().Data;
        return data.IsKnown ? ResourceSet.Of(data.Value) : ResourceSet.Empty;
    }

    private static async ValueTask<string> UrnAsync(Resource? resource) => resource is null ? "" : (await resource.Urn.Data).Value ?? "";

    /// <summary>Whether the engine may answer with references to resources; what it says of the feature decides only about what it is sent.</summary>
    private static bool AcceptsResources => Environment.GetEnvironmentVariable("PULUMI_DISABLE_RESOURCE_REFERENCES")?.ToUpperInvariant() is not ("1" or "TRUE");

    /// <summary>Writes the arguments of a resource; its id and URN are never among them, whatever its class says.</summary>
    private static ValueTask<WrittenArgs> WriteInputsAsync(
        Resource resource, IReadOnlyList<KeyValuePair<string, object?>> members, bool keepResources, bool keepOutputValues, bool skipReferenced) =>
        WriteArgsAsync(
            $"resource:{resource.GetResourceName()}[{resource.GetResourceType()}]",
            members.Any(member => member.Key is WireFields.Id or WireFields.Urn)
                ? [.. members.Where(member => member.Key is not (WireFields.Id or WireFields.Urn))]
                : members,
            keepResources,
            keepOutputValues,
            skipReferenced);

    /// <summary>Writes arguments as they travel, with what each of them depends on.</summary>
    /// <param name="label">Whose arguments they are, for error messages.</param>
    /// <param name="members">The arguments.</param>
    /// <param name="keepResources">Whether a resource is written as a reference.</param>
    /// <param name="keepOutputValues">Whether an output keeps its dependencies inside the value.</param>
    /// <param name="skipReferenced">Whether a resource that is itself an argument does not count as a dependency.</param>
    private static async ValueTask<WrittenArgs> WriteArgsAsync(
        string label, IReadOnlyList<KeyValuePair<string, object?>> members, bool keepResources, bool keepOutputValues, bool skipReferenced)
    {
        var written = new WrittenArgs();
        foreach (var (name, member) in members)
        {
            if (member is null)
            {
                continue;
            }
            var writer = new PropertyWriter(keepResources, keepOutputValues, skipReferenced);
            Value value;
            try
            {
                value = await writer.WriteAsync(member);
            }
            catch (UnfitValueException e)
            {
                var whole = e.At($"{label}.{name}");
                throw new InvalidOperationException($"error serializing property \"{name}\": {whole.Message}", whole);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"error serializing property \"{name}\": {e.Message}", e);
            }
            if (value.KindCase == Value.KindOneofCase.NullValue)
            {
                continue;
            }
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
                foreach (var one in Dependencies.Values)
                {
                    all = all.Union(one);
                }
                return all;
            }
        }

    }
}
