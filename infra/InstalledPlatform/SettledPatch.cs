using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.InstalledPlatform;

/// <summary>A patch whose inputs hold a list, registered so that it is announced when it changes and at no other time.</summary>
/// <remarks>
/// The provider compares lists of a patch by position with the live object, which has entries of others, and would announce an update for ever
/// (pulumi-kubernetes #2682). So the content is left out of the comparison, and the name of the field manager holds a hash of it: another content is another
/// manager, and the patch is replaced, the new one before the old. Never updated in place: with ignored changes the provider would apply the whole live list
/// under our name. Since no plan shows the content's changes, an annotation says what the patch sets (docs/adr/0017).
/// </remarks>
public static class SettledPatch
{
    /// <summary>Annotation that says what the patch sets, for whoever reads a plan or the object.</summary>
    public const string SetsAnnotation = "studio-platform/sets";

    /// <summary>Metadata of the patch.</summary>
    /// <param name="objectName">Name of the object.</param>
    /// <param name="namespaceName">Its namespace.</param>
    /// <param name="spec">What the patch sets in the object's spec.</param>
    public static ObjectMetaPatchArgs Metadata(Input<string> objectName, Input<string> namespaceName, InputArgs spec) => new()
    {
        Name = objectName,
        Namespace = namespaceName,
        Annotations =
        {
            [FieldManager.Annotation] = Hash(objectName, namespaceName, spec).Apply(hash => $"{FieldManager.Name}-{hash}"),
            // The former manager holds the same fields until it is gone, after the new one.
            [FieldManager.Force] = "true",
            [SetsAnnotation] = InputText.Of(spec, hideSecrets: true).Apply(Words),
        },
    };

    /// <summary>Options of the patch.</summary>
    /// <param name="parent">The component that patches.</param>
    /// <param name="after">What has to be there first.</param>
    public static CustomResourceOptions Options(Resource parent, InputList<Resource> after) => new()
    {
        Parent = parent,
        DependsOn = after,
        IgnoreChanges = { "spec" },
        ReplaceOnChanges = { "metadata.annotations" },
        DeleteBeforeReplace = false,
    };

    // As secret as the content: a hash of a short secret could be guessed.
    private static Output<string> Hash(Input<string> objectName, Input<string> namespaceName, InputArgs spec) =>
        Output.Tuple(objectName.ToOutput(), namespaceName.ToOutput(), InputText.Of(spec, hideSecrets: false)).Apply(patch => ConfigHash.Compute([
            new("name", patch.Item1),
            new("namespace", patch.Item2),
            .. patch.Item3.Select(field => KeyValuePair.Create($"spec.{field.Path}", field.Value)),
        ]));

    // An entry's name stands in the path of its other fields already.
    private static string Words(InputText[] fields) => string.Join("; ", fields
        .Where(field => !(field.NamesItsEntry && fields.Any(other => other != field && other.Path.StartsWith(field.Owner, StringComparison.Ordinal))))
        .Select(field => $"{field.Path} = {field.Value}"));
}

/// <summary>Under which name this program holds fields of objects that others own.</summary>
public static class FieldManager
{
    public const string Name = "studio-platform";

    /// <summary>Annotation of a patch that names its field manager.</summary>
    public const string Annotation = "pulumi.com/patchFieldManager";

    /// <summary>Annotation of a patch that takes fields over which another manager holds with another value.</summary>
    public const string Force = "pulumi.com/patchForce";

    /// <summary>Whether a field manager of an object is this program, under this name or one with a hash behind it.</summary>
    public static bool IsOurs(string manager) => manager == Name || manager.StartsWith($"{Name}-", StringComparison.Ordinal);
}
