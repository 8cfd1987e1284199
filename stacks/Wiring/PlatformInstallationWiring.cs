using System.Collections.Immutable;
using Infra.Versions;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>
/// The first of two updates: what Studios needs and the Platform's installation asks for, while there is no Platform to patch or to register with.
/// </summary>
internal static class PlatformInstallationWiring
{
    public static PlatformInstallationOutputs Create(StudiosSettings settings, DomainEdge edge, StackContext stack)
    {
        var choices = StudiosChoices.For(settings);
        var foundation = StudiosFoundation.Create(settings, stack);
        var redis = foundation.Redis;
        return new PlatformInstallationOutputs(
            foundation.Namespace.ToOutput(),
            choices.Address.Platform.Text,
            foundation.Token.SecretName,
            foundation.SigningKey.SecretName,
            StudiosPlatformWiring.Studios(settings, choices).Variables(VersionMatrix.Current).ToImmutableDictionary())
        {
            LoadBalancer = edge.LoadBalancer,
            Certificate = edge.Certificate,
            SshHostKeySecret = foundation.HostKey?.SecretName,
            SshFingerprint = foundation.HostKey?.Fingerprint,
            Redis = new RedisOutputs(redis.Host, redis.Port, redis.Tls is not null) { User = redis.User, PasswordSecret = redis.Password?.SecretName },
        };
    }
}

/// <summary>What answers at the hosts of the platform before anything runs behind it.</summary>
/// <param name="LoadBalancer">Host name or address; null where a controller on the cluster makes the balancer with the first route.</param>
/// <param name="Certificate">The certificate: an ARN, or the name of a certificate map; null where the balancer is told none.</param>
internal sealed record DomainEdge(Output<string>? LoadBalancer, Output<string>? Certificate)
{
    /// <summary>Hosts whose names and balancers are kept elsewhere.</summary>
    public static DomainEdge None { get; } = new(null, null);
}
