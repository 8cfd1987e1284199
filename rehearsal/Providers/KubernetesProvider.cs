using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Kubernetes: objects without a name get one, as the real provider gives it before anything is deployed; changes are compared field by
/// field.</summary>
/// <remarks>The real suffix of a name is random; here it follows from the URN, so that two rehearsals and their manifests agree.</remarks>
internal sealed class KubernetesProvider(PackageSchema schema) : SchemaProvider(schema)
{
    private const int SuffixDigits = 8;

    // RFC 1123 label, which most kinds of names must be
    private const int LongestName = 63;

    private const string Autonamed = "pulumi.com/autonamed";

    private static readonly FrozenSet<string> ClusterScoped = FrozenSet.Create(
        StringComparer.Ordinal,
        "APIService", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "ComponentStatus", "CSIDriver", "CSINode", "CustomResourceDefinition",
            "FlowSchema", "IngressClass",
        "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PodSecurityPolicy", "PriorityClass", "PriorityLevelConfiguration",
            "RuntimeClass", "StorageClass",
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment", "ClusterIssuer");

    protected override bool IsBridged => false;

    public override bool Knows(string type) => base.Knows(type) || IsCustomResource(type);

    public override CheckResult Check(CheckRequest request)
    {
        var (inputs, failures) = base.Check(request);
        inputs = Normalized(request.Type, inputs);
        return new CheckResult(IsNamed(request.Type) ? Named(request, inputs) : inputs, failures);
    }

    public override DiffResult Diff(DiffRequest request)
    {
        var detailed = KubernetesDiff.Compare(request.Type, request.OldInputs, request.NewInputs, request.Provider);
        if (detailed.IsEmpty)
        {
            return DiffResult.Same;
        }
        ImmutableArray<string> replacing = [.. detailed.Where(data => data.Value.Kind.Replaces()).Select(data => data.Key)];
        var (old, @new) = (Metadata(request.OldInputs), Metadata(request.NewInputs));
        // Two objects of one name cannot be there at once
        var first = replacing.Length > 0 && !IsAutonamed(@new) && Differ.Same(old?.Find("name"), @new?.Find("name"))
            && Differ.Same(old?.Find("namespace"), @new?.Find("namespace"));
        return new DiffResult { Changes = true, ReplaceKeys = replacing, Detailed = detailed, DeleteBeforeReplace = first };
    }

    public override (string? Id, PropertyMap Outputs) Create(Urn urn, string type, PropertyMap inputs, bool preview)
    {
        var planned = Preview(type, inputs);
        return preview ? (null, planned) : (Id(type, inputs), Completed(urn, type, planned));
    }

    public override PropertyMap Update(Urn urn, ResourceState old, PropertyMap inputs, bool preview)
        => Merged(old.Outputs, old.Inputs, inputs).Hide(Secrets(old.Type));

    public override ReadResult? Read(Urn urn, string type, string id, PropertyMap inputs, PropertyMap outputs, bool preview)
        => new(id, inputs, outputs.Count > 0 ? outputs.ContainsKey("metadata") ? outputs : outputs.With("metadata", Found(id)) : preview ? Preview(type, inputs)
            : Completed(urn, type, Preview(type, inputs).With("metadata", Found(id))));

    // The schema calls every field of an object required in outputs, though the API server leaves most of them out
    protected override PropertyValue Output(PropertySpec declared, PropertyValue value, PropertyValue? before = null)
        => declared.Secret && value is not SecretProperty ? new SecretProperty(value) : value;

    private IEnumerable<string> Secrets(string type) =>
        Spec(type)?.Outputs.Properties.Where(property => property.Value.Secret).Select(property => property.Key) ?? [];

    // A group of its own (cert-manager.io/v1) is a custom resource definition's: no schema declares it
    private bool IsCustomResource(string type)
    {
        var parts = type.Split(':');
        if (parts.Length != 3 || parts[1].Split('/')[0] is var group && !group.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }
        return !Schema.Resources.Any(resource => resource.StartsWith($"kubernetes:{parts[1].Split('/')[0]}/", StringComparison.Ordinal));
    }

    // Patches name an existing object, lists hold several, Helm has names of its own
    private static bool IsNamed(string type) => !type.EndsWith("Patch", StringComparison.Ordinal) && !type.EndsWith("List", StringComparison.Ordinal)
        && !type.StartsWith("kubernetes:helm.sh/", StringComparison.Ordinal) && !type.StartsWith("kubernetes:yaml", StringComparison.Ordinal)
            && !type.StartsWith("kubernetes:kustomize", StringComparison.Ordinal);

    // The API server keeps a Secret's data only: what is given as text is written as base64
    private static PropertyMap Normalized(string type, PropertyMap inputs)
    {
        if (type is not ("kubernetes:core/v1:Secret" or "kubernetes:core/v1:SecretPatch"))
        {
            return inputs;
        }
        if (inputs.Find("stringData") is { } given && Differ.Opened(given) is ObjectProperty texts)
        {
            var data = Differ.Opened(inputs.Find("data")) is ObjectProperty own ? own.Properties : PropertyMap.Empty;
            inputs = inputs.Without("stringData")
                .With("data", new ObjectProperty(texts.Properties.Aggregate(data, (all, text) => all.With(text.Key, Base64(text.Value)))));
        }
        return inputs.Hide(["data", "stringData"]);
    }

    private static PropertyValue Base64(PropertyValue value) => value switch
    {
        StringProperty text => new StringProperty(Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Value))),
        // The whole of it is secret already
        SecretProperty secret => Base64(secret.Value),
        _ => value,
    };

    private static PropertyMap? Metadata(PropertyMap inputs) => Differ.Opened(inputs.Find("metadata")) is ObjectProperty metadata ? metadata.Properties : null;

    private static bool IsAutonamed(PropertyMap? metadata)
        => Differ.Opened(metadata?.Find("annotations")) is ObjectProperty annotations && annotations.Properties.OpenText(Autonamed) == "true";

    private static PropertyMap Named(CheckRequest request, PropertyMap inputs)
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
        var urn = request.Urn;
        var stem = urn.Name.Length <= LongestName - SuffixDigits - 1 ? urn.Name : urn.Name[..(LongestName - SuffixDigits - 1)];
        // A generated name stays with its object
        var name = request.Olds is { } olds && Metadata(olds) is { } old && IsAutonamed(old) && old.OpenText("name") is { } kept ? kept
            : $"{stem}-{Digits.Hex(urn.Value + request.Seed, SuffixDigits)}";
        var named = metadata.With("name", new StringProperty(name));
        // The provider's own mark, which it reads back to keep a generated name
        if (metadata.Find("annotations") is null or NullProperty)
        {
            named = named.With("annotations", new ObjectProperty(PropertyMap.Create((Autonamed, new StringProperty("true")))));
        }
        else if (metadata["annotations"] is ObjectProperty annotations)
        {
            named = named.With("annotations", new ObjectProperty(annotations.Properties.With(Autonamed, new StringProperty("true"))));
        }
        return inputs.With("metadata", new ObjectProperty(named));
    }

    // namespace/name, or the name alone of what belongs to the cluster
    private static string Id(string type, PropertyMap inputs)
    {
        var metadata = Metadata(inputs);
        var kind = type[(type.LastIndexOf(':') + 1)..];
        kind = kind.EndsWith("Patch", StringComparison.Ordinal) ? kind[..^"Patch".Length] : kind;
        var name = metadata?.OpenText("name") ?? Differ.Opened(inputs.Find("name")) switch { StringProperty text => text.Value, _ => "unnamed" };
        return ClusterScoped.Contains(kind) ? name : $"{metadata?.OpenText("namespace") ?? "default"}/{name}";
    }

    // What an id says of the object: namespace/name
    private static ObjectProperty Found(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        var metadata = PropertyMap.Create(("name", new StringProperty(id[(slash + 1)..])));
        return new ObjectProperty(slash < 0 ? metadata : metadata.With("namespace", new StringProperty(id[..slash])));
    }

    // What is unknown before a deployment is known to be absent after it, where nothing sets it: in a preview SDKs take what is left out for unknown
    private static PropertyMap Completed(Urn urn, string type, PropertyMap planned)
    {
        var outputs = planned.Select(value => Differ.Opened(value) is UnknownProperty ? NullProperty.Instance : value);
        if (type == "kubernetes:core/v1:Secret" && outputs.OpenText("type") == "kubernetes.io/service-account-token")
        {
            // The controller fills it in before the provider goes on
            var data = Differ.Opened(outputs.Find("data")) is ObjectProperty own ? own.Properties : PropertyMap.Empty;
            outputs = outputs.With("data",
                new SecretProperty(new ObjectProperty(new[] { "ca.crt", "namespace", "token" }
                .Aggregate(data, (all, key) => all.With(key, Base64(new StringProperty(RehearsedOutputs.Text(urn, key))))))));
        }
        if (Metadata(outputs) is { } metadata && type.StartsWith("kubernetes:", StringComparison.Ordinal))
        {
            outputs = outputs.With("metadata", new ObjectProperty(metadata.With("uid", new StringProperty(Digits.Uuid(urn.Value)))));
        }
        return outputs;
    }

    // The live object with the fields that the program sets, and without those that it sets no more
    private static PropertyMap Merged(PropertyMap live, PropertyMap old, PropertyMap @new)
    {
        foreach (var key in old.Keys.Where(key => !@new.ContainsKey(key)))
        {
            live = live.Without(key);
        }
        foreach (var (key, value) in @new)
        {
            live = live.With(key, Differ.Opened(value) is ObjectProperty map && Differ.Opened(live.Find(key)) is ObjectProperty now
                && value is not SecretProperty
                ? new ObjectProperty(Merged(now.Properties, Differ.Opened(old.Find(key)) is ObjectProperty was ? was.Properties : PropertyMap.Empty,
                    map.Properties))
                : value);
        }
        return live;
    }
}
