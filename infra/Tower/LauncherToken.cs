using System.Collections.Immutable;
using System.Text;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Tower;

/// <summary>A token of a service account that does not expire, for a Platform that reaches a plain Kubernetes API with it.</summary>
public sealed class LauncherToken : ComponentResource
{
    private const string Token = "platform:tower:LauncherToken";
    private const string TokenKey = "token";
    private const string AuthorityKey = "ca.crt";

    /// <summary>Where the token lies.</summary>
    public SecretKeyRef Reference { get; }

    /// <summary>The token itself, a secret; unknown until Kubernetes has filled it in.</summary>
    [Output("value")]
    public Output<string> Value { get; private set; }

    /// <summary>The certificate authority of the cluster's API server, as Kubernetes writes it beside the token; PEM.</summary>
    [Output("certificateAuthority")]
    public Output<string> CertificateAuthority { get; private set; }

    public LauncherToken(string name, LauncherTokenArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        // Kubernetes 1.24 and later make no token for an account unless such a Secret asks for one.
        var secret = new Secret(
            name,
            new SecretArgs
            {
                Metadata = new ObjectMetaArgs
                {
                    Name = args.SecretName,
                    Namespace = args.Namespace,
                    Labels = args.Labels,
                    Annotations = { ["kubernetes.io/service-account.name"] = args.ServiceAccountName },
                },
                Type = "kubernetes.io/service-account-token",
            },
            new CustomResourceOptions { Parent = this });
        var secretName = secret.Metadata.Apply(metadata => metadata.Name);
        Reference = new SecretKeyRef(secretName, TokenKey, secretName);

        // The provider waits until Kubernetes has filled the Secret, so its own outputs hold the token. A first preview knows of no data, and its id is unknown:
        // taking both makes what is not there yet unknown.
        var filled = Output.Tuple(secret.Id, secret.Data).Apply(written => written.Item2);
        Value = Output.CreateSecret(filled.Apply(data => Decoded(data, TokenKey, args.SecretName)));
        CertificateAuthority = Output.CreateSecret(filled.Apply(data => Decoded(data, AuthorityKey, args.SecretName)));
        RegisterOutputs();
    }

    private static string Decoded(ImmutableDictionary<string, string>? data, string key, string secretName) =>
        data is not null && data.TryGetValue(key, out var encoded)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded))
            : throw new RunException($"Kubernetes has not filled '{key}' into the Secret '{secretName}' yet: deploy once more, and look at the Secret's events if it stays empty.");
}
