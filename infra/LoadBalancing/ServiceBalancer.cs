using System.Collections.Immutable;
using Infra.Routing;
using Infra.Studios;

namespace Infra.LoadBalancing;

/// <summary>What a Service of type LoadBalancer says to whatever makes its balancer.</summary>
/// <param name="Class">Class of the load balancer; it cannot change during the Service's life. Null for the cluster's own.</param>
/// <param name="Annotations">Annotations of the Service.</param>
public sealed record ServiceBalancer(string? Class, ImmutableSortedDictionary<string, string> Annotations)
{
    private const string Aws = "service.beta.kubernetes.io/aws-load-balancer-";

    /// <summary>Plans a balancer of layer 4 that hands the client's address on.</summary>
    /// <param name="maker">What makes it.</param>
    /// <param name="ports">Ports that users dial.</param>
    /// <param name="internetFacing">Reachable from outside the network; balancers of the AWS controller are internal unless told otherwise.</param>
    public static ServiceBalancer For(SshLoadBalancer maker, IEnumerable<int> ports, bool internetFacing) => new(
        maker switch
        {
            SshLoadBalancer.AwsNetworkLoadBalancer => "service.k8s.aws/nlb",
            SshLoadBalancer.EksAutoMode => "eks.amazonaws.com/nlb",
            _ => null,
        },
        Annotate(maker, ports, internetFacing));

    private static ImmutableSortedDictionary<string, string> Annotate(SshLoadBalancer maker, IEnumerable<int> ports, bool internetFacing)
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (maker is SshLoadBalancer.AwsNetworkLoadBalancer or SshLoadBalancer.EksAutoMode)
        {
            annotations[$"{Aws}nlb-target-type"] = "ip";
            annotations[$"{Aws}scheme"] = internetFacing ? "internet-facing" : "internal";
            annotations[$"{Aws}healthcheck-protocol"] = "TCP";
            annotations[$"{Aws}attributes"] = "load_balancing.cross_zone.enabled=true";
            // With targets by address, the traffic policy of the Service has no say; this attribute has.
            annotations[$"{Aws}target-group-attributes"] = "preserve_client_ip.enabled=true";
        }

        if (maker == SshLoadBalancer.AwsNetworkLoadBalancer)
        {
            foreach (var port in ports)
            {
                // As long as HTTP may be silent; 350 seconds otherwise, and always in EKS Auto Mode, which sets no attributes of listeners.
                annotations[$"{Aws}listener-attributes.TCP-{port}"] = $"tcp.idle_timeout.seconds={RoutingPlan.IdleSeconds}";
            }
        }
        else if (maker == SshLoadBalancer.GooglePassthrough)
        {
            var (key, value) = internetFacing ? ("cloud.google.com/l4-rbs", "enabled") : ("networking.gke.io/load-balancer-type", "Internal");
            annotations[key] = value;
        }

        return annotations.ToImmutable();
    }
}
