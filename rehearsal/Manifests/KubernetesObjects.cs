using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Manifests;

/// <summary>Finds the Kubernetes objects in a plan.</summary>
public static class KubernetesObjects
{
    private const string TypePrefix = "kubernetes:";
    private const string ProviderType = "pulumi:providers:kubernetes";
    private const string PatchSuffix = "Patch";

    /// <summary>Modules of the provider whose resources are not objects: releases, and files read by the provider.</summary>
    private static readonly string[] OtherModules = ["helm.sh/", "kustomize", "yaml"];

    // https://kubernetes.io/docs/reference/kubernetes-api/ (1.34): the kinds of the API groups a platform uses that have no namespace
    private static readonly ImmutableHashSet<string> ClusterWide =
    [
        "APIService", "ClusterRole", "ClusterRoleBinding", "CSIDriver", "CustomResourceDefinition", "GatewayClass", "IngressClass",
        "MutatingWebhookConfiguration", "Namespace", "Node",
        "PersistentVolume", "PriorityClass", "RuntimeClass", "StorageClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration", "VolumeAttachment",
    ];

    /// <summary>The objects in the order of the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="showSecrets">Whether secret values are left readable.</param>
    public static ImmutableArray<KubernetesObject> Find(Plan plan, bool showSecrets)
    {
        var namespaces = plan.Steps.Select(step => step.New).OfType<ResourceState>()
            .Where(state => state.Type == ProviderType)
            .DistinctBy(state => state.Urn)
            .ToDictionary(state => state.Urn.Value, state => (state.Inputs.Find("namespace") as StringProperty)?.Value ?? "", StringComparer.Ordinal);
        return [.. States(plan).Where(IsObject).Select(state => Object(state, Namespace(namespaces, state.Provider), showSecrets))];
    }

    /// <summary>Resources of the provider that stand for more than one object, or for none: they have no manifest.</summary>
    public static ImmutableArray<Urn> WithoutManifest(Plan plan)
        => [.. States(plan).Where(state => state.Custom && state.Type.StartsWith(TypePrefix, StringComparison.Ordinal) && !IsObject(state)).Select(
            state => state.Urn)];

    private static IEnumerable<ResourceState> States(Plan plan)
        => plan.Steps.Select(step => step.New).OfType<ResourceState>().Where(state => !state.External).DistinctBy(state => state.Urn);

    private static bool IsObject(ResourceState state) =>
        state.Custom && state.Type.StartsWith(TypePrefix, StringComparison.Ordinal)
        && !Array.Exists(OtherModules, module => state.Type.AsSpan(TypePrefix.Length).StartsWith(module, StringComparison.Ordinal));

    // A provider reference is <urn>::<id>
    private static string Namespace(Dictionary<string, string> namespaces, string provider) =>
        provider.LastIndexOf("::", StringComparison.Ordinal) is > 0 and var end ? namespaces.GetValueOrDefault(provider[..end], "") : "";

    private static KubernetesObject Object(ResourceState state, string providerNamespace, bool showSecrets)
    {
        // kubernetes:apps/v1:Deployment, kubernetes:core/v1:ConfigMapPatch
        var token = state.Type.Split(':');
        var isPatch = token[^1].EndsWith(PatchSuffix, StringComparison.Ordinal) && Text(state.Inputs, "kind") != token[^1];
        var kind = Text(state.Inputs, "kind") ?? (isPatch ? token[^1][..^PatchSuffix.Length] : token[^1]);
        var version = Text(state.Inputs, "apiVersion") ?? (token[1].StartsWith("core/", StringComparison.Ordinal) ? token[1]["core/".Length..] : token[1]);
        var markers = new Markers(showSecrets, SchemaStore.Bundled.Find("kubernetes"));
        var body = markers.Replace(state.Inputs, state.Type).With("apiVersion", new StringProperty(version)).With("kind", new StringProperty(kind));
        if (kind == "Secret")
        {
            body = SecretData.Readable(body);
        }
        var metadata = (body.Find("metadata") as ObjectProperty)?.Properties ?? PropertyMap.Empty;
        var notes = markers.Notes();
        if (Text(metadata, "name") is not { } name || name == Markers.Unknown || name == Markers.Secret)
        {
            name = KubernetesName.From(state.Urn.Name);
            metadata = metadata.With("name", new StringProperty(name)).Without("generateName");
            notes = notes.Add("A deployment chooses the name; here it is the resource's logical name.");
        }
        if (providerNamespace.Length > 0 && !metadata.ContainsKey("namespace") && !ClusterWide.Contains(kind))
        {
            metadata = metadata.With("namespace", new StringProperty(providerNamespace));
        }
        var @namespace = Text(metadata, "namespace") is { } given && given != Markers.Unknown && given != Markers.Secret ? given : "";
        return new KubernetesObject(state.Urn, kind, @namespace, name, isPatch, body.With("metadata", new ObjectProperty(metadata)), notes)
        {
            IsWhole = markers.AreNone,
            FieldManager = Annotation(metadata, "pulumi.com/patchFieldManager") ?? "pulumi",
            TakesOver = Annotation(metadata, "pulumi.com/patchForce") == "true",
        };
    }

    private static string? Annotation(PropertyMap metadata, string key) =>
        metadata.Find("annotations") is ObjectProperty { Properties: var annotations } ? Text(annotations, key) : null;

    private static string? Text(PropertyMap properties, string key) => (properties.Find(key) as StringProperty)?.Value;
}

/// <summary>One Kubernetes object of a plan, ready to be written: only plain values are left in it.</summary>
/// <param name="Urn">The resource that it comes from.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace; empty for cluster-wide objects and for those that follow the context of kubectl.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPatch">Whether it changes some fields of an object that others own.</param>
/// <param name="Body">Everything from <c>apiVersion</c> on.</param>
/// <param name="Notes">What a reader has to know about it, one sentence each.</param>
public sealed record KubernetesObject(Urn Urn, string Kind, string Namespace, string Name, bool IsPatch, PropertyMap Body, ImmutableArray<string> Notes)
{
    /// <summary>Whether nothing of it is hidden, and nothing known only after a deployment.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Under which name its fields are held, where it is a patch.</summary>
    public required string FieldManager { get; init; }

    /// <summary>Whether a patch takes fields from others.</summary>
    public required bool TakesOver { get; init; }
}

/// <summary>Moves the markers of a Secret from <c>data</c>, where Kubernetes wants base64, to <c>stringData</c>, where it takes any text.</summary>
internal static class SecretData
{
    public static PropertyMap Readable(PropertyMap body)
    {
        if (body.Find("data") is not ObjectProperty { Properties: var data })
        {
            return body;
        }
        var marked = data.Where(entry => entry.Value is StringProperty { Value: Markers.Secret or Markers.Unknown }).ToArray();
        if (marked.Length == 0)
        {
            return body;
        }
        var texts = (body.Find("stringData") as ObjectProperty)?.Properties ?? PropertyMap.Empty;
        foreach (var (key, value) in marked)
        {
            data = data.Without(key);
            texts = texts.With(key, value);
        }
        body = body.With("stringData", new ObjectProperty(texts));
        return data.Count == 0 ? body.Without("data") : body.With("data", new ObjectProperty(data));
    }
}

/// <summary>Names that Kubernetes takes for any object: RFC 1123 labels.</summary>
internal static class KubernetesName
{
    private const int MaxLength = 63;

    public static string From(string text)
    {
        var name = string.Concat(text.ToLowerInvariant().Select(entry => char.IsAsciiLetterOrDigit(entry) ? entry : '-')).Trim('-');
        if (name.Length > MaxLength)
        {
            name = name[..MaxLength].TrimEnd('-');
        }
        return name.Length == 0 ? "unnamed" : name;
    }
}
