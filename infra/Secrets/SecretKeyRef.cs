using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Secrets;

/// <summary>One key of a Kubernetes Secret: how a secret travels between components, without its value.</summary>
/// <param name="SecretName">Physical name of the Secret, in the namespace of whoever reads it.</param>
/// <param name="Key">Key inside the Secret's data.</param>
/// <param name="Version">Changes whenever the value changes and tells nothing about it; consumers put it into their pod template so that a rotation rolls them.</param>
public sealed record SecretKeyRef(Output<string> SecretName, string Key, Output<string> Version)
{
    /// <summary>The reference as the source of an environment variable.</summary>
    public EnvVarSourceArgs ToEnvironment() => new()
    {
        SecretKeyRef = new SecretKeySelectorArgs { Name = SecretName, Key = Key },
    };
}
