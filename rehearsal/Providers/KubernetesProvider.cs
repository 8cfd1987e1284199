using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Kubernetes: objects without a name get one, as the real provider gives it before anything is deployed.</summary>
/// <remarks>The real suffix is random; here it follows from the URN, so that two rehearsals and their manifests agree.</remarks>
internal sealed class KubernetesProvider(PackageSchema schema) : SchemaProvider(schema)
{
    private const int SuffixDigits = 8;

    // RFC 1123 label, which most kinds of names must be
    private const int LongestName = 63;

    public override bool Knows(string type) => base.Knows(type) || IsCustomResource(type);

    public override (PropertyMap Inputs, ImmutableArray<CheckFailure> Failures) Check(Urn urn, string type, PropertyMap inputs)
    {
        var (checkedInputs, failures) = base.Check(urn, type, inputs);
        return (IsNamed(type) ? Named(urn, checkedInputs) : checkedInputs, failures);
    }

    // The schema calls every field of an object required in outputs, though the API server leaves most of them out
    protected override PropertyValue Output(PropertySpec declared, PropertyValue value)
        => declared.Secret && value is not SecretProperty ? new SecretProperty(value) : value;

    // A group of its own (cert-manager.io/v1) is a custom resource definition's: no schema declares it
    private bool IsCustomResource(string type)
    {
        var parts = type.Split(':');
        if (parts.Length != 3 || parts[1].Split('/')[0] is var group && !group.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }
        return !Schema.Resources.Any(r => r.StartsWith($"kubernetes:{parts[1].Split('/')[0]}/", StringComparison.Ordinal));
    }

    // Patches name an existing object, lists hold several, Helm has names of its own
    private static bool IsNamed(string type)
        => !ProviderReference.IsProviderType(type) && !type.EndsWith("Patch", StringComparison.Ordinal) && !type.EndsWith("List", StringComparison.Ordinal)
        && !type.StartsWith("kubernetes:helm.sh/", StringComparison.Ordinal) && !type.StartsWith("kubernetes:yaml", StringComparison.Ordinal)
        && !type.StartsWith("kubernetes:kustomize", StringComparison.Ordinal);

    private static PropertyMap Named(Urn urn, PropertyMap inputs)
    {
        var metadata = inputs.Find("metadata") switch
        {
            null or NullProperty => PropertyMap.Empty,
            ObjectProperty given => given.Properties,
            _ => null,
        };
        if (metadata is null || metadata.Find("name") is not (null or NullProperty) || metadata.Find("generateName") is not (null or NullProperty))
        {
            return inputs;
        }
        var stem = urn.Name.Length <= LongestName - SuffixDigits - 1 ? urn.Name : urn.Name[..(LongestName - SuffixDigits - 1)];
        var named = metadata.With("name", new StringProperty($"{stem}-{Digits.Hex(urn.Value, SuffixDigits)}"));
        // The provider's own mark, which it reads back to keep a generated name
        if (metadata.Find("annotations") is null or NullProperty)
        {
            named = named.With("annotations", new ObjectProperty(PropertyMap.Create(("pulumi.com/autonamed", new StringProperty("true")))));
        }
        else if (metadata["annotations"] is ObjectProperty annotations)
        {
            named = named.With("annotations", new ObjectProperty(annotations.Properties.With("pulumi.com/autonamed", new StringProperty("true"))));
        }
        return inputs.With("metadata", new ObjectProperty(named));
    }
}
