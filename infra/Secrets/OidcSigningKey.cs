using Infra.Manifests;
using Pulumi;
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

        var pair = RotatedKey.Make(this, $"{name}-pair", new PrivateKeyArgs { Algorithm = "RSA", RsaBits = args.RsaBits }, args.Rotation);

        // Private block first, public block under it: the order of the file in Seqera's instructions.
        var text = Output.Tuple(Output.CreateSecret(pair.PrivateKeyPemPkcs8), pair.PublicKeyPem).Apply(pem => Pem.Concatenate(pem.Item1, pem.Item2));
        var secret = FixedSecret.Make(this, name, PhysicalName, args.Namespace, new() { [Key] = text }, args.Protected);

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

    /// <summary>Refuse to delete the Secret that holds the key; a rotation changes it in place. Default false.</summary>
    public bool Protected { get; init; }

    [Input("rotation")]
    internal Input<int> ShownRotation => Rotation;
}

/// <summary>The generator behind a key pair, made anew when its rotation number changes (docs/adr/0016).</summary>
/// <remarks>
/// A key has no keepers, so the number travels as replacement trigger, which plans do not show: the component that owns the key has it among its inputs.
/// Never protected: the engine refuses to replace what is, and a rotation replaces exactly this.
/// </remarks>
internal static class RotatedKey
{
    /// <summary>Makes the generator as a child of the component that owns the key.</summary>
    /// <param name="parent">The owner.</param>
    /// <param name="name">Logical name of the generator.</param>
    /// <param name="args">Algorithm and size.</param>
    /// <param name="rotation">Another number is another key.</param>
    public static PrivateKey Make(Resource parent, string name, PrivateKeyArgs args, int rotation) => new(
        name, args, new CustomResourceOptions { Parent = parent, ReplacementTrigger = Output.Create<object>(rotation) });
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
