using System.Collections.Immutable;
using Infra.Dns;
using Infra.Studios;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

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
    [Cidr]
    public ImmutableArray<string> SourceRanges { get; init; } = [];

    [Setting("Let ExternalDNS announce the host.")]
    public bool ExternalDns { get; init; }
}
