using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Connect;
using Infra.LoadBalancing;
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
        var options = stack.OnCluster();
        var choices = StudiosChoices.For(settings);
        var foundation = StudiosFoundation.Create(settings, stack);
        var (studiosNamespace, token, signingKey, hostKey) = (foundation.Namespace, foundation.Token, foundation.SigningKey, foundation.HostKey);
        var changes = StudiosPlatformWiring.Create(
            settings,
            choices,
            new(studiosNamespace, token.Reference, signingKey.Reference, hostKey?.Fingerprint),
            options);
        var workload = Workload(settings, choices, foundation, stack);
        var server = new ConnectServer("connect-server", Server(settings, choices, workload, stack), options);
        var routing = StudiosRoutingWiring.Plan(settings, choices, domain);
        var proxy = new ConnectProxy(
            "connect-proxy",
            StudiosProxyWiring.Args(settings, choices, workload, (token.Reference, hostKey?.Reference), routing, stack),
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

    private static ConnectWorkloadArgs Workload(StudiosSettings settings, StudiosChoices choices, StudiosFoundation foundation, StackContext stack)
    {
        var access = new StudiosAccessWiring(settings, foundation.Namespace, stack);
        return new()
        {
            Namespace = foundation.Namespace,
            Redis = new RedisConnection(foundation.Redis, settings.Redis.Database, settings.Redis.Prefix),
            Profile = choices.Profile,
            LogLevel = settings.LogLevel,
            Registry = settings.ImageRegistry,
            PullSecrets = [foundation.PullSecret],
            Authority = access.Authority(),
            Management = access.Management(),
            NodeSelector = ImmutableDictionary.CreateRange(settings.Pods.NodeSelector),
            ClusterChoosesUser = settings.Pods.ClusterChoosesUser,
            ReadOnlyRootFilesystem = settings.Pods.ReadOnlyRootFilesystem,
            NetworkPoliciesEnabled = settings.Pods.NetworkPolicies,
            FurtherEgress = [.. settings.Pods.Egress.Select(rule => rule.Egress)],
        };
    }

    private static ConnectServerArgs Server(StudiosSettings settings, StudiosChoices choices, ConnectWorkloadArgs workload, StackContext stack) => new()
    {
        SecretEnvironment = StudiosAccessWiring.Values(settings.Server.SecretEnvironment, stack),
        Workload = workload,
        Image = choices.ServerImage,
        Pod = settings.Server.Pod.Options,
        Replicas = settings.Server.Replicas,
        ExtraEnvironment = ImmutableDictionary.CreateRange(settings.Server.ExtraEnvironment),
    };
}

/// <summary>connect-proxy as the settings want it.</summary>
internal static class StudiosProxyWiring
{
    public static ConnectProxyArgs Args(
        StudiosSettings settings,
        StudiosChoices choices,
        ConnectWorkloadArgs workload,
        (SecretKeyRef Token, SecretKeyRef? HostKey) secrets,
        RoutingPlan? routing,
        StackContext stack)
    {
        var (token, hostKey) = secrets;
        return new ConnectProxyArgs
        {
            SecretEnvironment = StudiosAccessWiring.Values(settings.Proxy.SecretEnvironment, stack),
            Workload = workload,
            ConnectUrl = choices.Address.Connect,
            PlatformUrl = choices.Address.Platform,
            RegistrationToken = token,
            Image = choices.ProxyImage,
            Pod = settings.Proxy.Pod.Options,
            Replicas = settings.Proxy.Replicas,
            Autoscaling = settings.Proxy.MaxReplicas is { } most ? new Autoscaling(settings.Proxy.Replicas, most) : null,
            LocalCacheLifetime = settings.Proxy.CacheTtl,
            ExtraEnvironment = ImmutableDictionary.CreateRange(settings.Proxy.ExtraEnvironment),
            TrustedProxies = [.. settings.Proxy.TrustedProxies.Select(range => $"{range}")],
            Quotas = settings.Quotas?.ToPolicy(),
            Ssh = settings.Ssh is { } ssh && hostKey is not null
                ? new ConnectSshArgs { HostKey = hostKey, Limits = new ConnectSsh(ssh.MaxConnections, ssh.MaxChannels, ssh.HandshakeTimeout) }
                : null,
            DrainSeconds = settings.Proxy.DrainSeconds ?? Drain(routing, stack),
            ServiceType = routing?.ServiceType ?? "ClusterIP",
            ServiceAnnotations = routing is { ServiceAnnotations.IsEmpty: false }
                ? (InputMap<string>)ImmutableDictionary.CreateRange(routing.ServiceAnnotations)
                : null,
        };
    }

    // Without a plan of routes the balancer is the stack's own, or one that somebody keeps elsewhere.
    private static int Drain(RoutingPlan? routing, StackContext stack) =>
        routing?.DrainSeconds ?? (stack.Settings.Dns is Route53Settings ? LoadBalancerRoute.DrainSeconds : RoutingPlan.ReactionSeconds);
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
