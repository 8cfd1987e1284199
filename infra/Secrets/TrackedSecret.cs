using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Random;

namespace Infra.Secrets;

/// <summary>A generated password or token that lives in the stack's state and in one Kubernetes Secret, and nowhere else.</summary>
public sealed class TrackedSecret : ComponentResource
{
    private const string Token = "platform:secrets:TrackedSecret";

    /// <summary>Physical name of the Secret; resolves when it exists.</summary>
    [Output("secretName")]
    public Output<string> SecretName { get; private set; }

    /// <summary>What consumers mount.</summary>
    public SecretKeyRef Reference { get; }

    public TrackedSecret(string name, TrackedSecretArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.Length < TrackedSecretArgs.MinimumLength)
        {
            throw new ResourceException(
                $"Secret '{name}' would have {args.Length} characters: it must have at least {TrackedSecretArgs.MinimumLength}.", this, hideStack: true);
        }

        var value = RotatedPassword.Make(this, $"{name}-value", args.Length, args.Rotation);

        // Secret by our own word, not only by the provider's: what is rendered from it is secret too.
        var result = Output.CreateSecret(value.Result);
        // Entry by entry: a map assigned whole is one secret value, of which a preview cannot even show the keys.
        InputMap<string> content = new() { [args.Key] = result };
        foreach (var (key, render) in args.Renderings)
        {
            content[key] = result.Apply(render);
        }

        var secret = args.SecretName is { } fixedName
            ? FixedSecret.Make(this, name, fixedName, args.Namespace, content, args.Protected)
            : Fresh(name, args.Namespace, content);

        SecretName = secret.Metadata.Apply(written => written.Name);
        // A name that Pulumi chose changes with the value; a fixed one does not, so what decides the value speaks for it.
        var version = args.SecretName is null ? SecretName : Output.Create($"{args.Length}.{args.Rotation}");
        Reference = new SecretKeyRef(SecretName, args.Key, version);
        RegisterOutputs();
    }

    // Another name with every value: pods that roll back find the one they started with.
    private Secret Fresh(string name, Input<string> namespaceName, InputMap<string> content) => new(
        name,
        new SecretArgs
        {
            Metadata = new ObjectMetaArgs { Namespace = namespaceName, Labels = SecretLabels.For(name) },
            StringData = { content },
            Immutable = true,
            Type = "Opaque",
        },
        new CustomResourceOptions { Parent = this });
}

/// <summary>What a generated password or token looks like and where it goes.</summary>
public sealed class TrackedSecretArgs : ResourceArgs
{
    /// <summary>Fewest characters of a generated value: 20 alphanumeric ones carry 119 bits.</summary>
    public const int MinimumLength = 20;

    /// <summary>The start of <see cref="Renderings"/>.</summary>
    public static readonly ImmutableDictionary<string, Func<string, string>> NoRenderings =
        ImmutableDictionary.Create<string, Func<string, string>>(StringComparer.Ordinal);

    /// <summary>Namespace of the pods that read it.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Key inside the Secret's data.</summary>
    public required string Key { get; init; }

    /// <summary>Physical name of the Secret. Default: Pulumi chooses a fresh one with every value.</summary>
    public KubernetesName? SecretName { get; init; }

    /// <summary>Characters, all of them letters or digits so that the value survives URLs, shells and configuration files. Default 32.</summary>
    public int Length { get; init; } = 32;

    /// <summary>Changing the number makes a new value. Default 1.</summary>
    public int Rotation { get; init; } = 1;

    /// <summary>
    /// Refuse to delete the Secret where its name is fixed; a rotation changes it in place. One whose name Pulumi chooses makes place for the next value and
    /// is never protected. Default false.
    /// </summary>
    public bool Protected { get; init; }

    /// <summary>Further keys of the Secret, made from the value: a configuration file that holds it, for instance.</summary>
    public ImmutableDictionary<string, Func<string, string>> Renderings { get; init; } = NoRenderings;
}

/// <summary>The generator behind a password of letters and digits, made anew when its rotation number changes (docs/adr/0016).</summary>
/// <remarks>Never protected: the engine refuses to replace what is, and a rotation replaces exactly this.</remarks>
internal static class RotatedPassword
{
    /// <summary>Makes the generator as a child of the component that owns the password.</summary>
    /// <param name="parent">The owner.</param>
    /// <param name="name">Logical name of the generator.</param>
    /// <param name="length">Characters; the limit is that of the server that takes the password.</param>
    /// <param name="rotation">Another number is another password.</param>
    public static RandomPassword Make(Resource parent, string name, int length, int rotation) => new(
        name,
        new RandomPasswordArgs { Length = length, Special = false, Keepers = { ["rotation"] = $"{rotation}" } },
        new CustomResourceOptions { Parent = parent });
}

/// <summary>A Secret under a name that others rely on: it stays, and a rotation changes what it holds.</summary>
internal static class FixedSecret
{
    /// <summary>Makes the Secret as a child of the component that owns the value.</summary>
    /// <param name="parent">The owner.</param>
    /// <param name="name">Logical name of the Secret.</param>
    /// <param name="secretName">Physical name.</param>
    /// <param name="namespaceName">Namespace of its readers.</param>
    /// <param name="content">Values by key, already secret.</param>
    /// <param name="isProtected">Whether the engine refuses to delete it.</param>
    public static Secret Make(
        Resource parent, string name, KubernetesName secretName, Input<string> namespaceName, InputMap<string> content, bool isProtected) => new(
        name,
        new SecretArgs
        {
            // Not immutable: what is would be deleted before its change, and its readers with it.
            Metadata = new ObjectMetaArgs { Name = secretName.Text, Namespace = namespaceName, Labels = SecretLabels.For(name) },
            StringData = { content },
            Type = "Opaque",
        },
        new CustomResourceOptions
        {
            Parent = parent,
            Protect = isProtected,
            // Earlier versions of this program made it immutable, and no API server takes that back: such a Secret makes place once.
            ReplaceOnChanges = { "immutable" },
            DeleteBeforeReplace = true,
        });
}

/// <summary>The labels of the Secrets that this program makes.</summary>
internal static class SecretLabels
{
    public static ImmutableDictionary<string, string> For(string name) =>
        new Labels("secret", KubernetesName.TryParse(name, out var component) ? component.Text : "secret").All;
}
