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
        Resource resource, KeyValuePair<string, object?>[] members, bool keepResources, bool keepOutputValues, bool skipReferenced) =>
        WriteArgsAsync(
            resource,
            Array.Exists(members, static member => member.Key is WireFields.Id or WireFields.Urn)
                ? Array.FindAll(members, static member => member.Key is not (WireFields.Id or WireFields.Urn))
                : members,
            keepResources,
            keepOutputValues,
            skipReferenced);

    /// <summary>Writes arguments as they travel, with what each of them depends on.</summary>
    /// <param name="owner">Whose arguments they are, for error messages: a resource, or a text.</param>
    /// <param name="members">The arguments.</param>
    /// <param name="keepResources">Whether a resource is written as a reference.</param>
    /// <param name="keepOutputValues">Whether an output keeps its dependencies inside the value.</param>
    /// <param name="skipReferenced">Whether a resource that is itself an argument does not count as a dependency.</param>
    private static async ValueTask<WrittenArgs> WriteArgsAsync(
        object owner, KeyValuePair<string, object?>[] members, bool keepResources, bool keepOutputValues, bool skipReferenced)
    {
        var (written, writer) = (new WrittenArgs(), new PropertyWriter(keepResources, keepOutputValues, skipReferenced));
        foreach (var (name, member) in members)
        {
            if (member is null)
            {
                continue;
            }
            Value value;
            try
            {
                value = await writer.WriteAsync(member);
            }
            catch (UnfitValueException e)
            {
                var whole = e.At($"{(owner is Resource resource ? $"resource:{resource.GetResourceName()}[{resource.GetResourceType()}]" : owner)}.{name}");
                throw new InvalidOperationException($"error serializing property \"{name}\": {whole.Message}", whole);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"error serializing property \"{name}\": {e.Message}", e);
            }
            var dependencies = writer.TakeDependencies();
            if (value.KindCase == Value.KindOneofCase.NullValue)
            {
                continue;
            }
            written.Values.Fields[name] = value;
            if (!dependencies.IsEmpty)
            {
                (written.Dependencies ??= [])[name] = dependencies;
            }
            else
            {
                written.Dependencies?.Remove(name);
            }
        }
        return written;
    }

    /// <summary>Arguments as they travel.</summary>
    private sealed class WrittenArgs
    {
        public Struct Values { get; } = new();

        /// <summary>What those of them depend on that depend on anything; null when none does.</summary>
        public Dictionary<string, ResourceSet>? Dependencies { get; set; }

        public ResourceSet AllDependencies
        {
            get
            {
                var all = ResourceSet.Empty;
                foreach (var name in Values.Fields.Keys)
                {
                    all = all.Union(DependenciesOf(name));
                }
                return all;
            }
        }

        public ResourceSet DependenciesOf(string name) => Dependencies?.GetValueOrDefault(name) ?? ResourceSet.Empty;
    }
}
