using System.Collections.Immutable;
using Infra.Connect;
using Infra.Routing;
using Infra.Secrets;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

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
            TrustedProxies = settings.Proxy.TrustedProxies,
            Quotas = settings.Quotas?.ToPolicy(),
            Ssh = settings.Ssh is { } ssh && hostKey is not null
                ? new ConnectSshArgs { HostKey = hostKey, Limits = new ConnectSsh(ssh.MaxConnections, ssh.MaxChannels, ssh.HandshakeTimeout) }
                : null,
            ServiceType = routing?.ServiceType ?? "ClusterIP",
            ServiceAnnotations = routing is { ServiceAnnotations.IsEmpty: false } ? (InputMap<string>)ImmutableDictionary.CreateRange(routing.ServiceAnnotations) : null,
        };
    }
}
