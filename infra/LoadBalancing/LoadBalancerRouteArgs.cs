using Infra.Routing;
using Pulumi;

namespace Infra.LoadBalancing;

/// <summary>Hosts that lead to the pods of one Service.</summary>
public sealed class LoadBalancerRouteArgs : ResourceArgs
{
    /// <summary>Hosts, Service and port of the Service.</summary>
    public required HostRoutes Routes { get; init; }

    /// <summary>Namespace of the Service.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Port that the pods listen on, behind the Service's.</summary>
    public required int PodPort { get; init; }

    /// <summary>Order among the rules of the listener, 1 to 49,900; lower ones come first. A wildcard comes after all exact hosts by itself.</summary>
    public required int Priority { get; init; }

    /// <summary>Path that the load balancer asks. Default the root.</summary>
    public string HealthCheckPath { get; init; } = IngressController.Alb.DefaultHealthCheckPath;

    /// <summary>Answers that count as healthy. Default any answer of a running server: Seqera publishes no health path of connect-proxy.</summary>
    public string HealthyCodes { get; init; } = IngressController.Alb.AnyAnswer;
}
