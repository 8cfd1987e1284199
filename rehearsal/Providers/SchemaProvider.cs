using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>A package with a schema: inputs are checked, outputs are the inputs and every other declared output unknown, also inside of objects.</summary>
internal class SchemaProvider(PackageSchema schema) : IProvider
{
    private readonly InputChecker _checker = new(schema);
    private readonly InputCoercion _coercion = new(schema);
    private readonly BridgedDiff _diff = new(schema);
    private readonly NestedOutputs _nested = new(schema);
    private readonly RehearsedOutputs _rehearsed = new(schema);

    protected PackageSchema Schema => schema;

    public virtual bool Knows(string type) => Spec(type) is not null;

    public virtual CheckResult Check(CheckRequest request)
    {
        var inputs = References.Resolve(request.News);
        if (Spec(request.Type) is not { } spec)
        {
            return new CheckResult(inputs, []);
        }
        inputs = PriorDefaults.Keep(request.Olds, IsBridged ? _coercion.Coerce(spec.Inputs, inputs) : inputs);
        return new CheckResult(inputs, _checker.Check(spec.Inputs, inputs));
    }

    public virtual DiffResult Diff(DiffRequest request) => _diff.Compare(request);

    public virtual (string? Id, PropertyMap Outputs) Create(Urn urn, string type, PropertyMap inputs, bool preview)
    {
        var planned = Preview(type, inputs);
        return preview ? (null, planned) : (RehearsedOutputs.Id(urn), Rehearsed(urn, type, planned));
    }

    public virtual PropertyMap Update(Urn urn, ResourceState old, PropertyMap inputs, bool preview)
    {
        var outputs = old.Outputs;
        foreach (var key in old.Inputs.Keys.Where(key => !inputs.ContainsKey(key)))
        {
            outputs = outputs.Without(key);
        }
        var spec = Spec(old.Type);
        var updated = inputs.Aggregate(outputs, (all, input)
            => all.With(input.Key, spec?.Outputs.Properties.GetValueOrDefault(input.Key) is { } declared
                ? Output(declared, input.Value, old.Outputs.Find(input.Key)) : input.Value));
        updated = RecomputedOutputs.Count(old, inputs, updated, preview);
        return preview || spec is null ? updated : _rehearsed.Complete(urn, spec.Outputs, updated);
    }

    public virtual void Delete(ResourceState old)
    {
    }

    public virtual ReadResult? Read(Urn urn, string type, string id, PropertyMap inputs, PropertyMap outputs, bool preview)
    {
        var planned = outputs.Count > 0 ? outputs : Preview(type, inputs);
        return new ReadResult(id, inputs, preview ? planned : Rehearsed(urn, type, planned));
    }

    /// <summary>The outputs of a resource that does not exist yet: what follows from its inputs, everything else unknown.</summary>
    public PropertyMap Preview(string type, PropertyMap inputs)
    {
        if (Spec(type) is not { } spec)
        {
            return inputs;
        }
        var count = inputs.Count + spec.Outputs.Properties.Count;
        var (keys, values) = (new List<string>(count), new List<PropertyValue>(count));
        foreach (var (key, value) in inputs)
        {
            if (value is NullProperty && spec.Outputs.Properties.ContainsKey(key))
            {
                continue;
            }
            keys.Add(key);
            values.Add(spec.Outputs.Properties.TryGetValue(key, out var declared) ? Output(declared, value) : value);
        }
        foreach (var (key, property) in spec.Outputs.Properties)
        {
            if (inputs.Find(key) is not (null or NullProperty))
            {
                continue;
            }
            keys.Add(key);
            values.Add(property.Constant is { } constant ? new StringProperty(constant) : property.Secret ? Hidden : UnknownProperty.Instance);
        }
        return PropertyMap.Own([.. keys], [.. values]);
    }

    /// <summary>What becomes of an input that is an output, too; <paramref name="before"/> is what it was, null for a new one.</summary>
    protected virtual PropertyValue Output(PropertySpec declared, PropertyValue value, PropertyValue? before = null)
    {
        var completed = _nested.Complete(declared.Type, value, before);
        return declared.Secret && completed is not SecretProperty ? new SecretProperty(completed) : completed;
    }

    private static readonly SecretProperty Hidden = new(UnknownProperty.Instance);

    protected ResourceSpec? Spec(string type) => schema.Resource(type);

    /// <summary>Whether the package is one that Pulumi makes from a Terraform provider on its older plugin interface, which takes <c>"3"</c> for 3.</summary>
    protected virtual bool IsBridged => true;

    private PropertyMap Rehearsed(Urn urn, string type, PropertyMap planned)
        => Spec(type) is { } spec ? _rehearsed.Complete(urn, spec.Outputs, RehearsedProofs.Add(type, planned)) : planned;
}

/// <summary>Completes objects inside of a resource's outputs: a program gives one part of them, and only a deployment knows the others.</summary>
/// <remarks>
/// A GKE cluster's <c>masterAuth</c> is given to switch client certificates off, and read for the authority of the API server. What was computed before stays
/// when the object around it changes, as it does at the top: Terraform plans a computed attribute anew only where a provider says so
/// (terraform-plugin-sdk, helper/schema/schema.go, diffString). Elements of a list may be those of a set, which Terraform knows by their content alone: one
/// keeps what was computed for it where nothing that is given has changed.
/// </remarks>
internal sealed class NestedOutputs(PackageSchema schema)
{
    public PropertyValue Complete(TypeSpec type, PropertyValue value, PropertyValue? before = null) => (type.Kind, value) switch
    {
        (_, SecretProperty secret) => secret with { Value = Complete(type, secret.Value, before) },
        (TypeKind.Object, ObjectProperty map) when schema.Type(type.Token) is { Object: { } declared } found
            => new ObjectProperty(Complete(declared, found.Computed, map.Properties, (Differ.Opened(before) as ObjectProperty)?.Properties)),
        (TypeKind.List, ListProperty list) when type.Element is { Kind: TypeKind.Object } element
            => new ListProperty([.. list.Items.Select(item => Complete(element, item, Same(item, Differ.Opened(before) as ListProperty)))]),
        _ => value,
    };

    private PropertyMap Complete(ObjectSpec declared, ImmutableArray<string> computed, PropertyMap given, PropertyMap? before)
    {
        var completed = given;
        foreach (var (key, property) in declared.Properties)
        {
            if (given.Find(key) is not (null or NullProperty) and var value)
            {
                completed = completed.With(key, Complete(property.Type, value, before?.Find(key)));
            }
            else if (computed.Contains(key))
            {
                completed = completed.With(key, before?.Find(key) is not (null or NullProperty) and var known ? known
                    : property.Secret ? new SecretProperty(UnknownProperty.Instance) : UnknownProperty.Instance);
            }
        }
        return completed;
    }

    private static PropertyValue? Same(PropertyValue item, ListProperty? before)
        => Differ.Opened(item) is not ObjectProperty given ? null : before?.Items.FirstOrDefault(one
            => Differ.Opened(one) is ObjectProperty was && given.Properties.All(member => Contains(was.Properties.Find(member.Key), member.Value)));

    // Whatever is given is there as it is given; what was computed may stand beside it
    private static bool Contains(PropertyValue? was, PropertyValue given) => (Differ.Opened(was), Differ.Opened(given)) switch
    {
        (ObjectProperty one, ObjectProperty other) => other.Properties.All(member => Contains(one.Properties.Find(member.Key), member.Value)),
        (ListProperty one, ListProperty other) => one.Items.Length == other.Items.Length
            && one.Items.Zip(other.Items).All(pair => Contains(pair.First, pair.Second)),
        var (one, other) => one?.Equals(other) ?? other is null,
    };
}

/// <summary>Checks the inputs of a provider resource, which travel as text whatever their type: <c>"true"</c>, <c>"{\"tags\":{}}"</c>.</summary>
internal static class ProviderConfig
{
    // Not the provider's own: they say which plugin to start
    private static readonly ImmutableArray<string> Plugin = ["version", "pluginDownloadURL", "pluginChecksums"];

    public static ImmutableArray<CheckFailure> Check(ObjectSpec spec, PropertyMap inputs) =>
        [
            .. inputs
                .Keys.Where(key => !spec.Properties.ContainsKey(key) && !Plugin.Contains(key) && !key.StartsWith("__", StringComparison.Ordinal))
                .Select(key => new CheckFailure(
                    key,
                    Nearest.Find(key, spec.Properties.Keys) is { } nearest
                        ? $"is not a known property; did you mean '{nearest}'?"
                        : "is not a known property")),
        ];
}
