using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Connect;
using Infra.Namespaces;
using Infra.Routing;
using Infra.Secrets;
using Infra.Studios;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Studios: its secrets, its Redis, connect-server and connect-proxy, the routes to them, and what the Platform must know.</summary>
internal static class StudiosWiring
{
    public static StudiosOutputs Create(StudiosSettings settings, DomainIngress domain, StackContext stack)
    {
        foreach (var warning in StudiosWarnings.For(settings))
        {
            Log.Warn(warning);
        }

        var options = stack.OnCluster();
        var choices = StudiosChoices.For(settings);
        var studiosNamespace = Namespace(settings.Platform, stack);
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

        var changes = StudiosPlatformWiring.Create(
            settings,
            choices,
            new(studiosNamespace, token.Reference, signingKey.Reference, hostKey?.Fingerprint),
            options);
        var workload = Workload(settings, choices, studiosNamespace, stack);
        var server = new ConnectServer("connect-server", Server(settings, choices, workload), options);
        var routing = StudiosRoutingWiring.Plan(settings, choices, domain);
        var proxy = new ConnectProxy(
            "connect-proxy",
            StudiosProxyWiring.Args(settings, choices, workload, token.Reference, hostKey?.Reference, routing),
            options);
        var balancer = StudiosRoutingWiring.Create(settings, routing, domain, studiosNamespace, options);
        var sshBalancer = StudiosSshWiring.Create(settings, studiosNamespace, stack);

        return new StudiosOutputs(
            proxy.ConnectUrl, proxy.ServiceName, server.ServiceName, token.SecretName, signingKey.SecretName, hostKey?.SecretName, hostKey?.Fingerprint)
        {
            LoadBalancer = balancer,
            SshLoadBalancer = sshBalancer,
            PlatformChanges = changes,
            Expected = StudiosExpectations.For(settings, choices),
        };
    }

    // Platform containers run as root in part, so the namespace that they share with Studios cannot refuse that.
    private static Input<string> Namespace(StudiosPlatformSettings settings, StackContext stack) => settings.CreateNamespace
        ? new PlatformNamespace(
            "studios-namespace",
            new PlatformNamespaceArgs
            {
                NamespaceName = settings.Namespace,
                Enforce = PodSecurityLevel.Baseline,
                Protected = stack.Protects(ProtectedParts.Studios),
            },
            stack.OnCluster()).NamespaceName
        : settings.Namespace.Text;

    private static ConnectWorkloadArgs Workload(StudiosSettings settings, StudiosChoices choices, Input<string> studiosNamespace, StackContext stack)
    {
        // Settings with Studios have Redis.
        var redis = stack.Settings.Redis!.Match(new RedisWiring(settings, studiosNamespace, stack));
        return new()
        {
            Namespace = studiosNamespace,
            Redis = new RedisConnection(redis, settings.Redis.Database, settings.Redis.Prefix),
            Profile = choices.Profile,
            LogLevel = settings.LogLevel,
            Registry = settings.ImageRegistry,
            PullSecrets = [settings.ImagePullSecret],
            NodeSelector = ImmutableDictionary.CreateRange(settings.Pods.NodeSelector),
            ClusterChoosesUser = settings.Pods.ClusterChoosesUser,
            ReadOnlyRootFilesystem = settings.Pods.ReadOnlyRootFilesystem,
            NetworkPoliciesEnabled = settings.Pods.NetworkPolicies,
        };
    }

    private static ConnectServerArgs Server(StudiosSettings settings, StudiosChoices choices, ConnectWorkloadArgs workload) => new()
    {
        Workload = workload,
        Image = choices.ServerImage,
        Replicas = settings.Server.Replicas,
        ExtraEnvironment = ImmutableDictionary.CreateRange(settings.Server.ExtraEnvironment),
    };
}

/// <summary>connect-proxy as the settings want it.</summary>
internal static class StudiosProxyWiring
{
    public static ConnectProxyArgs Args(
        StudiosSettings settings, StudiosChoices choices, ConnectWorkloadArgs workload, SecretKeyRef token, SecretKeyRef? hostKey, RoutingPlan? routing)
    {
        return new ConnectProxyArgs
        {
            Workload = workload,
            ConnectUrl = choices.Address.Connect,
            PlatformUrl = choices.Address.Platform,
            RegistrationToken = token,
            Image = choices.ProxyImage,
            Replicas = settings.Proxy.Replicas,
            Autoscaling = settings.Proxy.MaxReplicas is { } most ? new Autoscaling(settings.Proxy.Replicas, most) : null,
            LocalCacheLifetime = settings.Proxy.CacheTtl,
            ExtraEnvironment = ImmutableDictionary.CreateRange(settings.Proxy.ExtraEnvironment),
            TrustedProxies = [.. settings.Proxy.TrustedProxies.Select(range => $"{range}")],
            Quotas = settings.Quotas?.ToPolicy(),
            Ssh = settings.Ssh is { } ssh && hostKey is not null
                ? new ConnectSshArgs { HostKey = hostKey, Limits = new ConnectSsh(ssh.MaxConnections, ssh.MaxChannels, ssh.HandshakeTimeout) }
                : null,
            ServiceType = routing?.ServiceType ?? "ClusterIP",
            ServiceAnnotations = routing is { ServiceAnnotations.IsEmpty: false }
                ? (InputMap<string>)ImmutableDictionary.CreateRange(routing.ServiceAnnotations)
                : null,
        };
    }
}

/// <summary>The Service through which users reach connect-proxy's SSH server.</summary>
internal static class StudiosSshWiring
{
    /// <summary>Makes the Service; what it returns is its load balancer, null where SSH is off or comes in on the connect host.</summary>
    public static Output<string>? Create(StudiosSettings settings, Input<string> studiosNamespace, StackContext stack)
    {
        if (settings.Ssh is not { } ssh)
        {
            return null;
        }

        var service = new SshService(
            "ssh",
            new SshServiceArgs
            {
                Namespace = studiosNamespace,
                Plan = Plan(ssh, stack.Cluster),
                ExternalDnsHost = ssh.OwnHost is { ExternalDns: true } own ? own.Host.Text : null,
            },
            stack.OnCluster());
        return ssh.OwnHost is null ? null : service.LoadBalancer;
    }

    private static SshServicePlan Plan(StudiosSshSettings ssh, ICluster cluster)
    {
        SshExposure exposure = ssh.OwnHost is { } own
            ? new SshExposure.OwnHost(own.Host)
            : new SshExposure.SameHost((ssh.SameHost ?? new SshSameHostSettings()).NodePort);
        return SshServicePlan.Plan(
            exposure,
            ssh.Port,
            ssh.OwnHost?.LoadBalancer ?? cluster.ServiceLoadBalancer,
            internetFacing: ssh.OwnHost?.Internal != true,
            [.. ssh.OwnHost?.SourceRanges.Select(range => $"{range}") ?? []]);
    }
}
