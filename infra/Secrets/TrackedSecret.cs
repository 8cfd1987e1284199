using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

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

        var value = RotatedPassword.Make(this, $"{name}-value", args.Length, args.Rotation, args.Protected);

        var metadata = new ObjectMetaArgs { Namespace = args.Namespace, Labels = SecretLabels.Of(name) };
        if (args.SecretName is { } fixedName)
        {
            metadata.Name = fixedName.Text;
        }

        // Secret by our own word, not only by the provider's: what is rendered from it is secret too.
        var result = Output.CreateSecret(value.Result);
        // Entry by entry: a map assigned whole is one secret value, of which a preview cannot even show the keys.
        var content = new SecretArgs { Metadata = metadata, StringData = { [args.Key] = result }, Immutable = true, Type = "Opaque" };
        foreach (var (key, render) in args.Renderings)
        {
            content.StringData[key] = result.Apply(render);
        }

        var secret = new Secret(name, content, new CustomResourceOptions { Parent = this });

        SecretName = secret.Metadata.Apply(written => written.Name);
        // A name that Pulumi chose changes with the value; a fixed one does not, so what decides the value speaks for it.
        var version = args.SecretName is null ? SecretName : Output.Create($"{args.Length}.{args.Rotation}");
        Reference = new SecretKeyRef(SecretName, args.Key, version);
        RegisterOutputs();
    }
}
