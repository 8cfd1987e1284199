using Infra.Clusters;
using Infra.Connect;
using Infra.Namespaces;
using Infra.Secrets;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Studios: its secrets, its Redis, connect-server and connect-proxy.</summary>
internal static class StudiosWiring
{
    public static StudiosOutputs Define(StudiosSettings settings, ICluster cluster, StackContext stack)
    {
        var options = StackContext.On(cluster);
        var space = Namespace(settings.Platform, cluster, stack);
        var token = new OidcRegistrationToken(
            "registration-token",
            new OidcRegistrationTokenArgs { Namespace = space, Rotation = settings.RegistrationToken.Rotation, Protected = stack.Protected },
            options);
        var signingKey = new OidcSigningKey(
            "signing-key",
            new OidcSigningKeyArgs { Namespace = space, RsaBits = settings.SigningKey.Bits, Rotation = settings.SigningKey.Rotation, Protected = stack.Protected },
            options);
        var hostKey = settings.Ssh is { } ssh
            ? new SshHostKey("ssh-host-key", new SshHostKeyArgs { Namespace = space, Rotation = ssh.HostKeyRotation, Protected = stack.Protected }, options)
            : null;

        var redis = RedisWiring.Define(stack.Settings.Redis!, settings, space, cluster, stack);
        var workload = new ConnectWorkloadArgs
        {
            Namespace = space,
            Redis = new RedisConnection(redis, settings.Redis.Database, settings.Redis.Prefix),
            LogLevel = settings.LogLevel,
            Registry = settings.ImageRegistry,
            PullSecrets = [settings.ImagePullSecret],
        };
        var server = new ConnectServer(
            "connect-server",
            new ConnectServerArgs { Workload = workload, Image = ConnectImages.Server.At(settings.ConnectVersion.Text), Replicas = settings.Server.Replicas },
            options);
        var proxy = new ConnectProxy("connect-proxy", Proxy(settings, workload, token), options);

        return new StudiosOutputs(
            proxy.ConnectUrl, proxy.ServiceName, server.ServiceName, token.SecretName, signingKey.SecretName, hostKey?.SecretName, hostKey?.Fingerprint);
    }

    // Platform containers run as root in part, so the namespace that they share with Studios cannot refuse that.
    private static Input<string> Namespace(StudiosPlatformSettings settings, ICluster cluster, StackContext stack) => settings.CreateNamespace
        ? new PlatformNamespace(
            "studios-namespace",
            new PlatformNamespaceArgs { NamespaceName = settings.Namespace, Enforce = PodSecurityLevel.Baseline, Protected = stack.Protected },
            StackContext.On(cluster)).NamespaceName
        : settings.Namespace.Text;

    private static ConnectProxyArgs Proxy(StudiosSettings settings, ConnectWorkloadArgs workload, OidcRegistrationToken token) => new()
    {
        Workload = workload,
        ConnectUrl = settings.ConnectUrl,
        PlatformUrl = settings.Platform.Url,
        RegistrationToken = token.Reference,
        Image = ConnectImages.Proxy.At(settings.ConnectVersion.Text),
        Replicas = settings.Proxy.Replicas,
        Autoscaling = settings.Proxy.MaxReplicas is { } most ? new Autoscaling(settings.Proxy.Replicas, most) : null,
        LocalCacheLifetime = settings.Proxy.CacheTtl,
    };
}
