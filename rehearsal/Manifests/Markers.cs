using System.Collections.Immutable;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Manifests;

/// <summary>Puts readable markers where a manifest must not or cannot have a value, and remembers where.</summary>
/// <remarks>
/// Objects and lists keep their shape, so a hidden <c>data</c> still shows which keys a Secret has. A value that may be no text is left out.
/// </remarks>
/// <param name="showSecrets">Whether secret values are left readable.</param>
/// <param name="schema">Says where a text may stand; what it does not know may hold one.</param>
internal sealed class Markers(bool showSecrets, PackageSchema? schema)
{
    public const string Secret = "<secret>";
    public const string Unknown = "<known after up>";

    /// <summary>Fields that hold a map in kinds of which there is no schema.</summary>
    private static readonly string[] Maps = ["annotations", "binaryData", "data", "labels", "matchLabels", "metadata", "nodeSelector", "selector", "spec",
        "stringData"];

    private readonly List<string> _secrets = [];
    private readonly List<string> _unknown = [];

    public PropertyMap Replace(PropertyMap properties, string token) => Replace(properties, "", schema?.Resource(token)?.Inputs, hidden: false);

    /// <summary>Whether no marker was needed.</summary>
    public bool AreNone => _secrets.Count == 0 && _unknown.Count == 0;

    public ImmutableArray<string> Notes()
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        if (_secrets.Count > 0)
        {
            notes.Add($"Secret, hidden here: {string.Join(", ", _secrets)}");
        }
        if (_unknown.Count > 0)
        {
            notes.Add($"Known only after a deployment: {string.Join(", ", _unknown)}");
        }
        return notes.ToImmutable();
    }

    private PropertyMap Replace(PropertyMap properties, string path, ObjectSpec? spec, bool hidden) => PropertyMap.From(
        from property in properties
        where property.Value is not NullProperty
        let type = spec?.Properties.GetValueOrDefault(property.Key)?.Type
        let value = Replace(property.Value, path.Length == 0 ? property.Key : $"{path}.{property.Key}", type, hidden)
        where value is not null && (spec is not null || value is not StringProperty { Value: Unknown } || !Maps.Contains(property.Key, StringComparer.Ordinal))
        select KeyValuePair.Create(property.Key, value));

    private PropertyValue? Replace(PropertyValue value, string path, TypeSpec? type, bool hidden)
    {
        switch (value)
        {
            case SecretProperty secret:
                return Replace(secret.Value, path, type, hidden: !showSecrets);
            case OutputProperty output:
                return Replace(output.WithoutDependencies, path, type, hidden);
            case UnknownProperty:
                _unknown.Add(path);
                return Marker(Unknown, type);
            case ObjectProperty map when type?.Kind == TypeKind.Map:
                return new ObjectProperty(PropertyMap.From(
                    from entry in map.Properties
                    where entry.Value is not NullProperty
                    let item = Replace(entry.Value, $"{path}.{entry.Key}", type.Element, hidden)
                    where item is not null
                    select KeyValuePair.Create(entry.Key, item)));
            case ObjectProperty map:
                return new ObjectProperty(Replace(map.Properties, path, type is null ? null : schema?.Type(type.Token)?.Object, hidden));
            case ListProperty list:
                return new ListProperty(
                    [.. list.Items.Select((item, index) => Replace(item, $"{path}[{index}]", type?.Element, hidden)).OfType<PropertyValue>()]);
            case NullProperty:
                return value;
            default:
                if (!hidden)
                {
                    return value is ReferenceProperty reference ? Referred(reference, path) : value;
                }
                _secrets.Add(path);
                return Marker(Secret, type);
        }
    }

    private StringProperty Referred(ReferenceProperty reference, string path)
    {
        if (reference.Id is { Length: > 0 } id)
        {
            return new StringProperty(id);
        }
        _unknown.Add(path);
        return new StringProperty(Unknown);
    }

    // Kubectl refuses text where a number, a boolean, a list or a map belongs
    private StringProperty? Marker(string text, TypeSpec? type) => TakesText(type) ? new StringProperty(text) : null;

    private bool TakesText(TypeSpec? type) => type is null || type.Kind switch
    {
        TypeKind.Boolean or TypeKind.Integer or TypeKind.Number or TypeKind.List or TypeKind.Map => false,
        TypeKind.Object => schema?.Type(type.Token)?.Object is null,
        TypeKind.OneOf => type.Choices.Any(TakesText),
        _ => true,
    };
}
