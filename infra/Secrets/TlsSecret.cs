using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Secrets;

/// <summary>
/// A certificate from outside and its key, as ingress controllers read them; they watch the Secret, so that the next certificate takes its place.
/// </summary>
public sealed class TlsSecret : ComponentResource
{
    private const string Token = "platform:secrets:TlsSecret";

    public TlsSecret(string name, TlsSecretArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        new Secret(
            name,
            new SecretArgs
            {
                // Ingresses name it, and so it keeps its name.
                Metadata = new ObjectMetaArgs { Name = args.SecretName.Text, Namespace = args.Namespace, Labels = SecretLabels.For(name) },
                StringData =
                {
                    ["tls.crt"] = Output.CreateSecret(args.Certificate.ToOutput()),
                    ["tls.key"] = Output.CreateSecret(args.Key.ToOutput()),
                },
                Type = "kubernetes.io/tls",
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }
}

/// <summary>Which certificate, and where it goes.</summary>
public sealed class TlsSecretArgs : ResourceArgs
{
    /// <summary>Namespace of the Ingress.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Physical name.</summary>
    public required KubernetesName SecretName { get; init; }

    /// <summary>Certificate and chain in PEM; treated as secret even if it was not marked so.</summary>
    public required Input<string> Certificate { get; init; }

    /// <summary>Private key in PEM; treated as secret.</summary>
    public required Input<string> Key { get; init; }
}
