using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Tls;

namespace Infra.Secrets;

/// <summary>The RSA key with which the Platform signs OIDC tokens, as the one file <c>oidc.pem</c>.</summary>
public sealed class OidcSigningKey : ComponentResource
{
    /// <summary>Key inside the Secret: the file name that <c>TOWER_OIDC_PEM_PATH</c> ends in.</summary>
    public const string Key = "oidc.pem";

    private const string Token = "platform:secrets:OidcSigningKey";

    // The name in Seqera's manifests.
    private static readonly KubernetesName PhysicalName = KubernetesName.Parse("platform-oidc-certs");

    /// <summary>Physical name of the Secret; resolves when it exists.</summary>
    [Output("secretName")]
    public Output<string> SecretName { get; private set; }

    /// <summary>Fingerprint of the public half; resolves when the key exists.</summary>
    [Output("fingerprint")]
    public Output<string> Fingerprint { get; private set; }

    /// <summary>What the Platform backend and cron mount.</summary>
    public SecretKeyRef Reference { get; }

    public OidcSigningKey(string name, OidcSigningKeyArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        if (args.RsaBits < OidcSigningKeyArgs.MinimumRsaBits)
        {
            throw new ResourceException(
                $"OIDC signing key '{name}' would have {args.RsaBits} bits: it must have at least {OidcSigningKeyArgs.MinimumRsaBits}.", this, hideStack: true);
        }

        var pair = new PrivateKey(
            $"{name}-pair",
            new PrivateKeyArgs { Algorithm = "RSA", RsaBits = args.RsaBits },
            new CustomResourceOptions { Parent = this, Protect = args.Protected, ReplacementTrigger = Output.Create<object>(args.Rotation) });

        // Private block first, public block under it: the order of the file in Seqera's instructions.
        var text = Output.Tuple(Output.CreateSecret(pair.PrivateKeyPemPkcs8), pair.PublicKeyPem).Apply(pem => Pem.Concatenate(pem.Item1, pem.Item2));
        var secret = KeySecret.Make(this, name, PhysicalName, args.Namespace, Key, text);

        SecretName = secret.Metadata.Apply(metadata => metadata.Name);
        Fingerprint = pair.PublicKeyFingerprintSha256;
        Reference = new SecretKeyRef(SecretName, Key, Fingerprint);
        RegisterOutputs();
    }
}

/// <summary>How strong the Platform's OIDC signing key is and where it goes.</summary>
public sealed class OidcSigningKeyArgs : ResourceArgs
{
    public const int DefaultRsaBits = 4096;
    public const int DefaultRotation = 1;

    /// <summary>Fewest bits of the RSA modulus that the Platform accepts (Seqera Enterprise 26.1, install-studios).</summary>
    public const int MinimumRsaBits = 2048;

    /// <summary>The Platform's own namespace: a Secret volume cannot cross namespaces.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Bits of the RSA modulus. Default 4096; at least <see cref="MinimumRsaBits"/>.</summary>
    public int RsaBits { get; init; } = DefaultRsaBits;

    /// <summary>Changing the number makes a new key: every token issued before becomes invalid. Default 1.</summary>
    public int Rotation { get; init; } = DefaultRotation;

    /// <summary>Refuse to delete or replace the key. Default false.</summary>
    public bool Protected { get; init; }
}

/// <summary>The immutable Secret of one key file, under the name that the vendor's workloads look for.</summary>
internal static class KeySecret
{
    /// <summary>Makes the Secret as a child of the component that owns the key pair.</summary>
    /// <param name="parent">The owner.</param>
    /// <param name="name">Logical name of the Secret.</param>
    /// <param name="secretName">Physical name.</param>
    /// <param name="namespaceName">Namespace of the pods that mount it.</param>
    /// <param name="file">File name: the key inside the Secret.</param>
    /// <param name="text">Content of the file, already secret.</param>
    public static Secret Make(Resource parent, string name, KubernetesName secretName, Input<string> namespaceName, string file, Output<string> text) => new(
        name,
        new SecretArgs
        {
            Metadata = new ObjectMetaArgs { Name = secretName.Text, Namespace = namespaceName, Labels = SecretLabels.For(name) },
            StringData = { [file] = text },
            Immutable = true,
            Type = "Opaque",
        },
        new CustomResourceOptions { Parent = parent });
}

/// <summary>PEM texts (RFC 7468) put together into one file.</summary>
public static class Pem
{
    /// <summary>One file with the blocks in the given order, each starting on its own line, ending in a newline.</summary>
    public static string Concatenate(params ReadOnlySpan<string> blocks)
    {
        var text = new System.Text.StringBuilder();
        foreach (var block in blocks)
        {
            text.Append(block.Trim().ReplaceLineEndings("\n")).Append('\n');
        }

        return text.ToString();
    }
}
