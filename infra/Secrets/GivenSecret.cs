using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Secrets;

/// <summary>A value from outside, as a Kubernetes Secret; a new value makes a new Secret, so that its readers roll.</summary>
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
                Metadata = new ObjectMetaArgs { Namespace = args.Namespace, Labels = SecretLabels.For(name) },
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

/// <summary>A value from the settings and where it goes.</summary>
public sealed class GivenSecretArgs : ResourceArgs
{
    /// <summary>Namespace of the pods that read it.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Key inside the Secret's data.</summary>
    public required string Key { get; init; }

    /// <summary>The value; treated as secret even if it was not marked so.</summary>
    public required Input<string> Value { get; init; }
}

/// <summary>One key of a Kubernetes Secret: how a secret travels between components, without its value.</summary>
/// <param name="SecretName">Physical name of the Secret, in the namespace of its readers.</param>
/// <param name="Key">Key inside the Secret's data.</param>
/// <param name="Version">
/// Changes whenever the value changes and tells nothing about it; consumers put it into their pod template so that a rotation rolls them.
/// </param>
public sealed record SecretKeyRef(Output<string> SecretName, string Key, Output<string> Version)
{
    /// <summary>The reference as the source of an environment variable.</summary>
    public EnvVarSourceArgs ToEnvironment() => new()
    {
        SecretKeyRef = new SecretKeySelectorArgs { Name = SecretName, Key = Key },
    };
}
