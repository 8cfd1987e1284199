using Infra.Cache;
using Infra.Namespaces;
using Infra.Secrets;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>What Studios and Platform share and neither of them has to run for: the namespace, the secrets that both read, and Redis.</summary>
/// <param name="Namespace">The namespace, as a resource where this stack makes it.</param>
/// <param name="Token">The token that connect-proxy registers itself with.</param>
/// <param name="SigningKey">The key that signs OIDC tokens.</param>
/// <param name="HostKey">The key of SSH; null without SSH.</param>
/// <param name="PullSecret">Name of the Secret with which images are pulled.</param>
/// <param name="Redis">The Redis server of Studios.</param>
internal sealed record StudiosFoundation(
    Input<string> Namespace, OidcRegistrationToken Token, OidcSigningKey SigningKey, SshHostKey? HostKey, Input<string> PullSecret, IRedis Redis)
{
    public static StudiosFoundation Create(StudiosSettings settings, StackContext stack)
    {
        var options = stack.OnCluster();
        var studiosNamespace = MakeNamespace(settings, stack);
        var token = new OidcRegistrationToken(
            "registration-token",
            new OidcRegistrationTokenArgs
            {
                Namespace = studiosNamespace,
                Rotation = settings.RegistrationToken.Rotation,
                Protected = stack.Protects(ProtectedParts.Studios),
            },
            options);
        var signingKey = new OidcSigningKey(
            "signing-key",
            new OidcSigningKeyArgs
            {
                Namespace = studiosNamespace,
                RsaBits = settings.SigningKey.Bits,
                Rotation = settings.SigningKey.Rotation,
                Protected = stack.Protects(ProtectedParts.Studios),
            },
            options);
        var hostKey = settings.Ssh is { } ssh
            ? new SshHostKey(
                "ssh-host-key",
                new SshHostKeyArgs { Namespace = studiosNamespace, Rotation = ssh.HostKeyRotation, Protected = stack.Protects(ProtectedParts.StudiosSsh) },
                options)
            : null;
        var pullSecret = new StudiosAccessWiring(settings, studiosNamespace, stack).PullSecret(StudiosChoices.For(settings).Images.Registry);
        // Settings with Studios have Redis.
        var redis = stack.Settings.Redis!.Match(new RedisWiring(settings, studiosNamespace, pullSecret, stack))!;
        return new(studiosNamespace, token, signingKey, hostKey, pullSecret, redis);
    }

    // Platform containers run as root in part, so the namespace that they share with Studios cannot refuse that.
    private static Input<string> MakeNamespace(StudiosSettings settings, StackContext stack) => settings.Platform.CreateNamespace
        ? new PlatformNamespace(
            "studios-namespace",
            new PlatformNamespaceArgs
            {
                Labels = EdgeWiring.NamespaceLabels(settings, stack),
                NamespaceName = settings.Platform.Namespace,
                Enforce = PodSecurityLevel.Baseline,
                Protected = stack.Protects(ProtectedParts.Studios),
            },
            stack.OnCluster()).NamespaceName
        : settings.Platform.Namespace.Text;
}
