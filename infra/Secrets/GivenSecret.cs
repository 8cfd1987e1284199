using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Secrets;

/// <summary>A value that somebody else chose, as a Kubernetes Secret; a new value makes a new Secret, so that its readers roll.</summary>
public sealed class GivenSecret : ComponentResource
{
    private const string Token = "platform:secrets:GivenSecret";

    /// <summary>Physical name of the Secret; resolves when it exists.</summary>
    [Output("secretName")]
    public Output<string> SecretName { get; private set; }

    /// <summary>What consumers mount.</summary>
    public SecretKeyRef Reference { get; }

    public GivenSecret(string name, GivenSecretArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var secret = new Secret(
            name,
            new SecretArgs
            {
                Metadata = new ObjectMetaArgs { Namespace = args.Namespace, Labels = SecretLabels.Of(name) },
                StringData = { [args.Key] = Output.CreateSecret(args.Value.ToOutput()) },
                Immutable = true,
                Type = "Opaque",
            },
            new CustomResourceOptions { Parent = this });

        SecretName = secret.Metadata.Apply(metadata => metadata.Name);
        Reference = new SecretKeyRef(SecretName, args.Key, SecretName);
        RegisterOutputs();
    }
}
