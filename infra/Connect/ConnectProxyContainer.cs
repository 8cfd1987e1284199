using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Connect;

/// <summary>The container of connect-proxy and the volumes it mounts, as far as they do not come from the environment.</summary>
internal static class ConnectProxyContainer
{
    public const string HttpPort = "http";

    // Seqera's chart suggests 30m and 64Mi to start with.
    private static readonly ResourceAmounts PodResources = new(Quantity.Parse("100m"), Quantity.Parse("256Mi"), Quantity.Parse("256Mi"));

    private const string SshPort = "ssh";
    private const string DataVolume = "data";
    private const string SshVolume = "ssh-key";
    private const string PolicyVolume = "policy";

    public static ContainerArgs Create(ConnectProxyArgs args)
    {
        var container = new ContainerArgs
        {
            Name = "proxy",
            Image = args.Image.From(args.Workload.Registry).ToString(),
            ImagePullPolicy = "IfNotPresent",
            Ports = { new ContainerPortArgs { Name = HttpPort, ContainerPortValue = args.Workload.Profile.HttpPort, Protocol = "TCP" } },
            // The vendor documents no health path: an open port is all that can be asked for.
            LivenessProbe = ConnectProbes.Liveness(HttpPort),
            ReadinessProbe = ConnectProbes.Readiness(HttpPort),
            Resources = PodResources.With(args.Pod.Size).ToRequirements(),
            // The binary may carry the file capability, and would then not start without it (Seqera's manifests add it too).
            SecurityContext = ConnectSecurity.Container(args.Workload),
        };
        foreach (var word in args.Workload.Profile.ProxyCommand)
        {
            container.Command.Add(word);
        }

        if (args.Ssh is not null)
        {
            container.Ports.Add(new ContainerPortArgs { Name = SshPort, ContainerPortValue = ConnectPorts.Ssh, Protocol = "TCP" });
        }

        foreach (var mount in Mounts(args))
        {
            container.VolumeMounts.Add(mount);
        }

        return container;
    }

    /// <summary>The volumes; <paramref name="quotaPolicy"/> is the ConfigMap with the policy, null without one.</summary>
    public static ImmutableArray<VolumeArgs> Volumes(ConnectProxyArgs args, Output<string>? quotaPolicy)
    {
        List<VolumeArgs> volumes = [];
        if (args.Workload.Profile.WritableStorage)
        {
            volumes.Add(new VolumeArgs { Name = DataVolume, EmptyDir = new EmptyDirVolumeSourceArgs { SizeLimit = "100Mi" } });
        }

        if (args.Ssh is { } ssh)
        {
            volumes.Add(new VolumeArgs
            {
                Name = SshVolume,
                Secret = new SecretVolumeSourceArgs
                {
                    SecretName = ssh.HostKey.SecretName,
                    DefaultMode = ConnectPod.SecretFileMode,
                    Items = { new KeyToPathArgs { Key = ssh.HostKey.Key, Path = "ssh-key" } },
                },
            });
        }

        if (quotaPolicy is not null)
        {
            volumes.Add(new VolumeArgs { Name = PolicyVolume, ConfigMap = new ConfigMapVolumeSourceArgs { Name = quotaPolicy } });
        }

        return [.. volumes];
    }

    private static IEnumerable<VolumeMountArgs> Mounts(ConnectProxyArgs args)
    {
        if (args.Workload.Profile.WritableStorage)
        {
            yield return new() { Name = DataVolume, MountPath = ConnectFiles.Data };
        }

        if (args.Ssh is not null)
        {
            yield return new() { Name = SshVolume, MountPath = ConnectFiles.Secrets, ReadOnly = true };
        }

        if (args.Quotas is not null)
        {
            yield return new() { Name = PolicyVolume, MountPath = ConnectFiles.Policy, ReadOnly = true };
        }
    }
}

/// <summary>SSH through connect-proxy.</summary>
public sealed class ConnectSshArgs : ResourceArgs
{
    /// <summary>The one key that all replicas show.</summary>
    public required SecretKeyRef HostKey { get; init; }

    /// <summary>Limits. Default Connect's own.</summary>
    public ConnectSsh Limits { get; init; } = ConnectSsh.Default;
}

/// <summary>Limits of connect-proxy's SSH server.</summary>
/// <param name="MaxConnections">Connections at a time; further ones are refused. Default 2000, as Connect's own (0.12).</param>
/// <param name="MaxChannels">Channels at a time in one connection. Default 30, as Connect's own.</param>
/// <param name="HandshakeTimeout">Time that a client has to sign in; whole seconds.</param>
public sealed record ConnectSsh(int MaxConnections, int MaxChannels, TimeSpan HandshakeTimeout)
{
    /// <summary>Connect's own limits: 2000 connections, 30 channels, one minute.</summary>
    public static readonly ConnectSsh Default = new(2000, 30, TimeSpan.FromMinutes(1));
}
