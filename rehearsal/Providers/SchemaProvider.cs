using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>A package with a schema: inputs are held against it, outputs are the inputs and every other declared output unknown, also inside of objects.</summary>
internal class SchemaProvider(PackageSchema schema) : IProvider
{
    private readonly InputChecker _checker = new(schema);
    private readonly NestedOutputs _nested = new(schema);

    protected PackageSchema Schema => schema;

    public virtual bool Knows(string type) => Spec(type) is not null;

    public virtual (PropertyMap Inputs, ImmutableArray<CheckFailure> Failures) Check(Urn urn, string type, PropertyMap inputs) => Spec(type) switch
    {
        null => (inputs, []),
        var spec when ProviderReference.IsProviderType(type) => (inputs, ProviderConfig.Check(spec.Inputs, inputs)),
        var spec => (inputs, _checker.Check(spec.Inputs, inputs)),
    };

    public PropertyMap Preview(string type, PropertyMap inputs)
    {
        if (ProviderReference.IsProviderType(type) || Spec(type) is not { } spec) return inputs;
        var (keys, values) = (new List<string>(inputs.Count + spec.Outputs.Properties.Count), new List<PropertyValue>(inputs.Count + spec.Outputs.Properties.Count));
        foreach (var (key, value) in inputs)
        {
            if (value is NullProperty && spec.Outputs.Properties.ContainsKey(key)) continue;
            keys.Add(key);
            values.Add(spec.Outputs.Properties.TryGetValue(key, out var declared) ? Output(declared, value) : value);
        }
        foreach (var (key, property) in spec.Outputs.Properties)
        {
            if (inputs.Find(key) is not (null or NullProperty)) continue;
            keys.Add(key);
            values.Add(property.Constant is { } constant ? new StringProperty(constant) : property.Secret ? Hidden : UnknownProperty.Instance);
        }
        return PropertyMap.Own([.. keys], [.. values]);
    }

    /// <summary>What becomes of an input that is an output, too.</summary>
    protected virtual PropertyValue Output(PropertySpec declared, PropertyValue value)
    {
        var completed = _nested.Complete(declared.Type, value);
        return declared.Secret && completed is not SecretProperty ? new SecretProperty(completed) : completed;
    }

    private static readonly SecretProperty Hidden = new(UnknownProperty.Instance);

    private ResourceSpec? Spec(string type) => ProviderReference.IsProviderType(type) ? schema.Provider : schema.Resource(type);
}
