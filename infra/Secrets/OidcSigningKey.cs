using Pulumi;
using Pulumi.Tls;

namespace Infra.Secrets;

/// <summary>The RSA key with which the Platform signs OIDC tokens, as the one file <c>oidc.pem</c>.</summary>
public sealed class OidcSigningKey : ComponentResource
{
    /// <summary>Key inside the Secret: the file name that <c>TOWER_OIDC_PEM_PATH</c> ends in.</summary>
    public const string Key = "oidc.pem";

    private const string Token = "platform:secrets:OidcSigningKey";

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
        var secret = KeySecret.Make(this, name, args.SecretName, args.Namespace, Key, text);

        SecretName = secret.Metadata.Apply(metadata => metadata.Name);
        Fingerprint = pair.PublicKeyFingerprintSha256;
        Reference = new SecretKeyRef(SecretName, Key, Fingerprint);
        RegisterOutputs();
    }
}
