using Infra.Dns;

namespace Infra.Studios;

/// <summary>How SSH reaches connect-proxy: HTTP balancers cannot carry it.</summary>
public abstract record SshExposure
{
    private SshExposure()
    {
    }

    /// <summary>On the connect host itself: a port of every node, behind a layer 4 balancer that the connect host's name leads to.</summary>
    /// <param name="NodePort">30000 to 32767; the vendor's example is 30222.</param>
    public sealed record SameHost(int NodePort) : SshExposure
    {
        public const int DefaultNodePort = 30222;
    }

    /// <summary>On a host of its own: a Service of type LoadBalancer with a DNS record.</summary>
    public sealed record OwnHost(DomainName Host) : SshExposure;
}
