using System.Collections.Immutable;

namespace Infra.Networks;

/// <summary>TCP ports that the services of the platform listen on.</summary>
public static class ServicePorts
{
    public static ImmutableArray<PortRange> Http { get; } = [PortRange.Single(80)];

    public static ImmutableArray<PortRange> Https { get; } = [PortRange.Single(443)];

    public static ImmutableArray<PortRange> Redis { get; } = [PortRange.Single(6379)];

    public static ImmutableArray<PortRange> Postgres { get; } = [PortRange.Single(5432)];

    /// <summary>NFS 4.1, the only port of EFS.</summary>
    public static ImmutableArray<PortRange> Nfs { get; } = [PortRange.Single(2049)];

    /// <summary>FSx for Lustre user guide, "Amazon VPC security groups": file system and clients talk in both directions.</summary>
    public static ImmutableArray<PortRange> Lustre { get; } = [PortRange.Single(988), new PortRange(1018, 1023)];
}
