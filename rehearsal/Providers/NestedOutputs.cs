using System.Collections.Immutable;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Completes objects inside of a resource's outputs: a program gives one part of them, and only a deployment knows the others.</summary>
/// <remarks>A GKE cluster's <c>masterAuth</c> is given to switch client certificates off, and read for the authority of the API server.</remarks>
internal sealed class NestedOutputs(PackageSchema schema)
{
    public PropertyValue Complete(TypeSpec type, PropertyValue value) => (type.Kind, value) switch
    {
        (_, SecretProperty secret) => secret with { Value = Complete(type, secret.Value) },
        (TypeKind.Object, ObjectProperty map) when schema.Type(type.Token) is { Object: { } declared } found => new ObjectProperty(Complete(declared, found.Computed, map.Properties)),
        (TypeKind.List, ListProperty list) when type.Element is { Kind: TypeKind.Object } element => new ListProperty([.. list.Items.Select(item => Complete(element, item))]),
        _ => value,
    };

    private PropertyMap Complete(ObjectSpec declared, ImmutableArray<string> computed, PropertyMap given)
    {
        var completed = given;
        foreach (var (key, property) in declared.Properties)
        {
            if (given.Find(key) is not (null or NullProperty) and var value) completed = completed.With(key, Complete(property.Type, value));
            else if (computed.Contains(key)) completed = completed.With(key, property.Secret ? new SecretProperty(UnknownProperty.Instance) : UnknownProperty.Instance);
        }
        return completed;
    }
}
