using System.Collections.Immutable;
using System.Net;
using Infra.Connect;
using Infra.Dns;
using Infra.Secrets;
using Infra.Studios;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>SSH into sessions.</summary>
public sealed record StudiosSshSettings : IChecked
{
    [Setting("Workspaces whose sessions take SSH: all, [] for none, or a list of numeric ids.", Example = "[12345]")]
    public required AllowList Workspaces { get; init; }

    [Setting("Port that users dial.")]
    [Range(1, 65535)]
    public int Port { get; init; } = ConnectPorts.Ssh;

    [Setting("SSH on the host of connectUrl: a port of every node, behind a layer 4 balancer.", Absent = "used, with its defaults, unless ownHost is given")]
    public SshSameHostSettings? SameHost { get; init; }

    [Setting("SSH on a host of its own, with a load balancer of its own.", Absent = "SSH is on the host of connectUrl")]
    public SshOwnHostSettings? OwnHost { get; init; }

    [Setting("Let users keep their public keys in the Platform.")]
    public bool UserKeys { get; init; } = true;

    [Setting("Types of user keys that the Platform takes.", Absent = "all it knows", Example = "[ssh-ed25519]")]
    [OneOf("ssh-rsa", "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")]
    public ImmutableArray<string> KeyTypes { get; init; } = [];

    [Setting("Connections that one connect-proxy has at a time.")]
    [Range(1, 100000)]
    public int MaxConnections { get; init; } = ConnectSsh.Default.MaxConnections;

    [Setting("Channels that one connection has at a time.")]
    [Range(1, 1000)]
    public int MaxChannels { get; init; } = ConnectSsh.Default.MaxChannels;

    [Setting("Time that a client has to sign in.")]
    public TimeSpan HandshakeTimeout { get; init; } = ConnectSsh.Default.HandshakeTimeout;

    [Setting("Raise it by one to have a new host key; users have to accept it anew.")]
    [Range(1, int.MaxValue)]
    public int HostKeyRotation { get; init; } = SshHostKeyArgs.DefaultRotation;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (SameHost is not null && OwnHost is not null)
        {
            yield return new(
                at[nameof(OwnHost)], "is given beside sameHost, but SSH has one address", "sameHost or ownHost", "remove one of sameHost and ownHost");
        }

        if (OwnHost is null && Port is 80 or 443)
        {
            yield return new(
                at[nameof(Port)], "is taken by the web on the host that SSH shares with it", "any port but 80 and 443, or ownHost", "port: 2222", $"{Port}");
        }
    }
}

/// <summary>SSH on the host of connect-proxy.</summary>
public sealed record SshSameHostSettings
{
    [Setting("Port of every node that the balancer sends SSH to.")]
    [Range(30000, 32767)]
    public int NodePort { get; init; } = SshExposure.SameHost.DefaultNodePort;
}

/// <summary>SSH on a host of its own.</summary>
public sealed record SshOwnHostSettings
{
    [Setting("Its name, bare.", Example = "connect-ssh.example.com")]
    public required DomainName Host { get; init; }

    [Setting("What makes the load balancer.", Absent = "what the cluster's cloud has", Example = "awsNetworkLoadBalancer")]
    public SshLoadBalancer? LoadBalancer { get; init; }

    [Setting("Reachable inside the network only.")]
    public bool Internal { get; init; }

    [Setting("Address ranges that may connect.", Absent = "all", Example = "[203.0.113.0/24]")]
    public ImmutableArray<IPNetwork> SourceRanges { get; init; } = [];

    [Setting("Let ExternalDNS announce the host.")]
    public bool ExternalDns { get; init; }
}
