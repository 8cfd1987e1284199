using System.Collections.Immutable;
using Infra.Connect;
using Infra.Secrets;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Declaring;

namespace Stacks.Wiring;

/// <summary>Whom the pods of Studios trust, who pulls their images, and who asks them for metrics.</summary>
internal sealed class StudiosAccessWiring(StudiosSettings settings, Input<string> studiosNamespace, StackContext stack)
{
    // What the vendor's guides call it.
    private const string VendorsPullSecret = "cr.seqera.io";

    /// <summary>Name of the pull Secret, made where there is a credential for it.</summary>
    public Input<string> PullSecret(string vendorsRegistry) => settings.ImagePullCredential is { } credential
        ? new PullCredential(
            "studios-registry",
            new PullCredentialArgs
            {
                Namespace = studiosNamespace,
                SecretName = ImagePullCredentialSettings.SecretName,
                Registry = settings.ImageRegistry ?? vendorsRegistry,
                User = credential.User,
                Password = stack.Secret(credential.Password),
            },
            stack.OnCluster()).SecretName
        : settings.ImagePullSecret ?? VendorsPullSecret;

    /// <summary>The operator's own authority; null without one.</summary>
    public TrustedAuthority? Authority() => settings.CertificateAuthority is { } certificates
        ? new ConnectAuthority(
            "studios-authority", new ConnectAuthorityArgs { Namespace = studiosNamespace, Certificates = certificates }, stack.OnCluster()).Reference
        : null;

    /// <summary>The management port, with the way to it; null without one.</summary>
    public ManagementPort? Management()
    {
        if (settings.Metrics is not { } metrics)
        {
            return null;
        }

        new ConnectMetrics(
            "connect-metrics",
            new ConnectMetricsArgs
            {
                Namespace = studiosNamespace,
                Port = metrics.Port,
                Monitor = metrics.ServiceMonitor is { } monitor
                    ? new MetricsMonitor(monitor.Path, monitor.Interval, ImmutableDictionary.CreateRange(monitor.Labels))
                    : null,
            },
            stack.OnCluster());
        return new ManagementPort(metrics.Port, metrics.Namespace.Text);
    }

    /// <summary>The values of secret environment variables.</summary>
    public static ImmutableSortedDictionary<string, Input<string>> Values(ImmutableSortedDictionary<string, SecretSetting> variables, StackContext stack) =>
        variables.ToImmutableSortedDictionary(variable => variable.Key, variable => (Input<string>)stack.Secret(variable.Value), StringComparer.Ordinal);
}
