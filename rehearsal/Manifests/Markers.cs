using System.Collections.Immutable;
using Rehearsal.Wire;

namespace Rehearsal.Manifests;

/// <summary>Puts readable markers where a manifest must not or cannot have a value, and remembers where.</summary>
/// <remarks>Objects and lists keep their shape, so a hidden <c>data</c> still shows which keys a Secret has.</remarks>
/// <param name="showSecrets">Whether secret values are left readable.</param>
internal sealed class Markers(bool showSecrets)
{
    public const string Secret = "<secret>";
    public const string Unknown = "<known after up>";

    /// <summary>Fields that hold a map: no text can stand for them, so an unknown one is left out and noted.</summary>
    private static readonly string[] Maps = ["annotations", "binaryData", "data", "labels", "matchLabels", "metadata", "nodeSelector", "selector", "spec", "stringData"];

    private readonly List<string> _secrets = [];
    private readonly List<string> _unknown = [];

    public PropertyMap Replace(PropertyMap properties) => Replace(properties, "", hidden: false);

    public ImmutableArray<string> Notes(bool isPatch)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        if (isPatch) notes.Add("PATCH: these are fields of an object that others own. Apply it with: kubectl apply --server-side --force-conflicts --filename FILE");
        if (_secrets.Count > 0) notes.Add($"Secret, hidden here: {string.Join(", ", _secrets)}");
        if (_unknown.Count > 0) notes.Add($"Known only after a deployment: {string.Join(", ", _unknown)}");
        return notes.ToImmutable();
    }

    private PropertyMap Replace(PropertyMap properties, string path, bool hidden) => PropertyMap.From(properties
        .Where(property => property.Value is not NullProperty)
        .Select(property => KeyValuePair.Create(property.Key, Replace(property.Value, path.Length == 0 ? property.Key : $"{path}.{property.Key}", hidden)))
        .Where(property => property.Value is not StringProperty { Value: Unknown } || !Maps.Contains(property.Key, StringComparer.Ordinal)));

    private PropertyValue Replace(PropertyValue value, string path, bool hidden)
    {
        switch (value)
        {
            case SecretProperty secret:
                return Replace(secret.Value, path, hidden: !showSecrets);
            case OutputProperty output:
                return Replace(output.WithoutDependencies, path, hidden);
            case UnknownProperty:
                _unknown.Add(path);
                return new StringProperty(Unknown);
            case ObjectProperty map:
                return new ObjectProperty(Replace(map.Properties, path, hidden));
            case ListProperty list:
                return new ListProperty([.. list.Items.Select((item, index) => Replace(item, $"{path}[{index}]", hidden))]);
            case NullProperty:
                return value;
            default:
                if (!hidden) return value is ReferenceProperty reference ? new StringProperty(reference.Id is { Length: > 0 } id ? id : Unknown) : value;
                _secrets.Add(path);
                return new StringProperty(Secret);
        }
    }
}
